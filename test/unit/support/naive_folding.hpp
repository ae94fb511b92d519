// A message folded at once, naively, and where the windows of FoldedText differ from it.
#pragma once

#include "core/match/folded_text.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"
#include "support/naive_letters.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::test {

using core::match::FoldedText;
namespace unicode = core::text::unicode;
namespace utf8 = core::text::utf8;

// How many positions a window has, with a long cluster at its end.
inline constexpr std::size_t most_positions = FoldedText::positions + 2048;

// What a walk reads behind a position at most: the longest keyword.
inline constexpr std::size_t longest_keyword = 1200;

// A folded message as a whole, by byte.
struct Whole {
    std::string text;
    std::vector<bool> joining;
    std::vector<bool> starts;
    std::vector<bool> inside;
    std::vector<std::ptrdiff_t> original;  // of bytes that start a character, and the end; else -1
    std::vector<std::ptrdiff_t> behind;    // where what ends in front of such a byte ends
    std::vector<bool> is_place;            // of bytes that start a character, and the end
};

// Bytes of a message by its characters, stray ones counted each as a character; the characters, too.
inline std::vector<std::size_t> places_of(std::string_view message, std::u32string& characters) {
    std::vector<std::size_t> out = {0};
    const char* const end = message.data() + message.size();
    for (const char* at = message.data(); at != end;) {
        const utf8::Decoded decoded = utf8::decode(at, end);
        characters += decoded.code_point;
        at += decoded.length;
        out.push_back(static_cast<std::size_t>(at - message.data()));
    }
    return out;
}

// The letters of a message as they are folded: of a cluster that no keyword can have the first, and what is
// no letter at all for the rest.
inline Letters letters_kept(std::u32string_view characters, bool collapse) {
    constexpr char32_t cut = 0xFF'FFFF;
    const Letters all = collapse ? letters_of(characters) : plain_letters_of(characters);
    Letters out;
    for (std::size_t first = 0, last = 0; first < all.size(); first = last) {
        std::size_t decomposed = 0;
        for (; last < all.size() && (last == first || all[last].begin == all[first].begin);
             ++last) {
            decomposed += naive::decomposed(all[last].character).size();
        }
        // Marks that stand on nothing of theirs have no first character of their own.
        const bool has_base = !unicode::extends(all[first].character);
        if (has_base || decomposed <= core::text::Cluster::most) out.push_back(all[first]);
        if (decomposed > core::text::Cluster::most) {
            if (has_base) out.back().character = naive::decomposed(out.back().character)[0];
            out.push_back(all[last - 1]);
            out.back().character = cut;
            if (!has_base) out.back().is_edge = all[first].is_edge;
        } else {
            out.insert(out.end(), all.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                       all.begin() + static_cast<std::ptrdiff_t>(last));
        }
    }
    return out;
}

// What a letter is in the folded text.
inline std::string folded_bytes(const Letter& letter, bool collapse) {
    if (letter.character > 0x10FFFF) return "\xFF";
    if (collapse && (letter.is_white_space || letter.character == U'-')) return " ";
    std::string out;
    utf8::append(out, unicode::fold(letter.character));
    return out;
}

// Folds a message at once.
inline Whole fold_whole(std::string_view message, bool collapse) {
    Whole out;
    std::u32string characters;
    const std::vector<std::size_t> places = places_of(message, characters);
    bool joined = false;
    bool after_space = false;
    std::size_t behind = 0;  // where the last letter ends
    for (const Letter& letter : letters_kept(characters, collapse)) {
        const bool is_run = collapse && letter.is_white_space && after_space;
        after_space = letter.is_white_space;
        if (!is_run) {
            const std::string bytes = folded_bytes(letter, collapse);
            out.text += bytes;
            out.joining.insert(out.joining.end(), bytes.size(), letter.joins);
            out.starts.push_back(letter.is_word && !(letter.joins && joined));
            out.inside.push_back(!letter.is_edge);
            out.original.push_back(static_cast<std::ptrdiff_t>(places[letter.begin]));
            out.behind.push_back(static_cast<std::ptrdiff_t>(behind));
            out.is_place.push_back(true);
            out.starts.insert(out.starts.end(), bytes.size() - 1, false);
            out.inside.insert(out.inside.end(), bytes.size() - 1, false);
            out.original.insert(out.original.end(), bytes.size() - 1, -1);
            out.behind.insert(out.behind.end(), bytes.size() - 1, -1);
            out.is_place.insert(out.is_place.end(), bytes.size() - 1, false);
            joined = letter.joins;
        }
        behind = places[letter.end];
    }
    out.original.push_back(static_cast<std::ptrdiff_t>(message.size()));
    out.behind.push_back(static_cast<std::ptrdiff_t>(behind));
    out.inside.push_back(false);
    out.is_place.push_back(true);
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
    if (!whole.is_place[at]) return "";
    if (text.joins(position) != (at > 0 && joining(at - 1) && joining(at))) return "joins";
    if (text.is_inside(position) != whole.inside[at]) return "inside";
    if (!whole.inside[at]) {
        const auto original = static_cast<std::ptrdiff_t>(text.original(position));
        if (original != whole.original[at] && is_inside) {
            return "original is " + std::to_string(original) + " for " +
                   std::to_string(whole.original[at]);
        }
        const auto behind = static_cast<std::ptrdiff_t>(text.original_end(position));
        if (behind != whole.behind[at] && position != text.first) {
            return "end is " + std::to_string(behind) + " for " + std::to_string(whole.behind[at]);
        }
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
    for (std::size_t i = text.limit() - first; i < text.limit() - first + FoldedText::lookahead - 1;
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
        if (size == 0 || size > most_positions || size > whole.text.size() - done) {
            return std::to_string(size) + " positions from folded byte " + std::to_string(done);
        }
        const std::string found = window_difference(text, whole, done);
        if (!found.empty()) return found;
        done += size;
    }
    return done == whole.text.size() ? "" : "it ends too soon";
}

}  // namespace aria_focus::test
