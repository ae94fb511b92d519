// A message folded at once, naively, and where the windows of FoldedText differ from it.
#pragma once

#include "core/match/folded_text.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::test {

using core::match::FoldedText;
namespace unicode = core::text::unicode;
namespace utf8 = core::text::utf8;

// What a walk reads behind a position at most: the longest keyword.
inline constexpr std::size_t longest_keyword = 400;

// A character of the message, or a run of white space that counts as one.
struct Piece {
    char32_t character;
    std::size_t begin;  // bytes of the message
};

// A folded message as a whole, by byte.
struct Whole {
    std::string text;
    std::vector<bool> joining;
    std::vector<bool> starts;
    std::vector<std::ptrdiff_t> original;  // of bytes that start a character, and the end; else -1
};

// The characters of a message.
inline std::vector<Piece> pieces_of(std::string_view message, bool collapse) {
    std::vector<Piece> out;
    bool after_space = false;
    const char* const end = message.data() + message.size();
    for (const char* at = message.data(); at != end;) {
        const utf8::Decoded decoded = utf8::decode(at, end);
        const bool is_space = collapse && unicode::is_white_space(decoded.code_point);
        if (!is_space || !after_space) {
            out.push_back({is_space ? U' ' : decoded.code_point,
                           static_cast<std::size_t>(at - message.data())});
        }
        after_space = is_space;
        at += decoded.length;
    }
    return out;
}

// Folds a message at once.
inline Whole fold_whole(std::string_view message, bool collapse) {
    Whole out;
    bool joined = false;
    for (const Piece& piece : pieces_of(message, collapse)) {
        const std::size_t before = out.text.size();
        utf8::append(out.text, unicode::fold(piece.character));
        const std::size_t bytes = out.text.size() - before;
        const bool is_word = unicode::is_word(piece.character);
        const bool joins = is_word && !unicode::is_spaceless(piece.character);
        out.joining.insert(out.joining.end(), bytes, joins);
        out.starts.push_back(is_word && !(joins && joined));
        out.starts.insert(out.starts.end(), bytes - 1, false);
        out.original.push_back(static_cast<std::ptrdiff_t>(piece.begin));
        out.original.insert(out.original.end(), bytes - 1, -1);
        joined = joins;
    }
    out.original.push_back(static_cast<std::ptrdiff_t>(message.size()));
    return out;
}

// What one window says about one position, and what it should say; empty if it is right.
inline std::string difference(const FoldedText& text, const Whole& whole, std::size_t position,
                              std::size_t at) {
    const auto joining = [&](std::size_t i) {
        return i < whole.joining.size() && whole.joining[i];
    };
    const bool is_inside = at < whole.text.size();
    if (*text.at(position) != (is_inside ? whole.text[at] : '\0')) return "text";
    if (text.distance(position) != at) return "distance";
    if (core::bit_at(text.bits().joining, position) != joining(at)) return "joining";
    // A byte that continues a character is never asked for.
    if (is_inside && utf8::is_continuation(whole.text[at])) return "";
    if (text.joins(position) != (at > 0 && joining(at - 1) && joining(at))) return "joins";
    const auto original = static_cast<std::ptrdiff_t>(text.original(position));
    if (original != whole.original[at]) {
        return "original is " + std::to_string(original) + " for " +
               std::to_string(whole.original[at]);
    }
    unsigned run = 0;
    while (run < 4 && joining(at + run)) ++run;
    return text.run(position) == run ? "" : "run";
}

// Where a window, whose first position is the byte `done`, differs; empty if it does not.
inline std::string window_difference(const FoldedText& text, const Whole& whole, std::size_t done) {
    constexpr std::size_t first = FoldedText::first;
    const std::size_t behind =
        std::min(whole.text.size() - done, text.limit() - first + longest_keyword);
    for (std::size_t i = 0; i <= behind; ++i) {
        std::string found = difference(text, whole, first + i, done + i);
        const bool is_looked_at = first + i < text.limit();
        if (found.empty() && is_looked_at &&
            core::bit_at(text.bits().starts, first + i) != whole.starts[done + i]) {
            found = "starts";
        }
        if (!found.empty()) return found + " at folded byte " + std::to_string(done + i);
    }
    // The last position to be looked at has the most behind it.
    for (std::size_t i = text.limit() - first; i < text.limit() - first + FoldedText::lookahead;
         ++i) {
        const bool is_inside = done + i < whole.text.size();
        if (!is_inside && done + i >= whole.text.size() + 64) break;
        if (*text.at(first + i) != (is_inside ? whole.text[done + i] : '\0')) {
            return "text behind the limit at folded byte " + std::to_string(done + i);
        }
    }
    return "";
}

// Where the windows of a message differ, with one kernel; empty if they do not. Adds up how many there were.
inline std::string folding_difference(FoldedText& text, std::string_view message, bool collapse,
                                      const core::match::Kernel& kernel, std::size_t& windows) {
    const Whole whole = fold_whole(message, collapse);
    // In a buffer of its own size, so that the address sanitizer sees a step beyond it.
    const std::vector<char> exact(message.begin(), message.end());
    core::Ticker ticker;
    std::size_t done = 0;
    text.start({exact.data(), exact.size()}, collapse, kernel);
    while (text.next(ticker)) {
        ++windows;
        const std::size_t size = text.limit() - FoldedText::first;
        if (size == 0 || size > FoldedText::positions || size > whole.text.size() - done) {
            return std::to_string(size) + " positions from folded byte " + std::to_string(done);
        }
        const std::string found = window_difference(text, whole, done);
        if (!found.empty()) return found;
        done += size;
    }
    return done == whole.text.size() ? "" : "it ends too soon";
}

}  // namespace aria_focus::test
