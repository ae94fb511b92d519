// The folded text, window by window, against the whole message folded at once.
#include "core/folded_text.hpp"

#include "core/unicode.hpp"

#include "case_builder.hpp"
#include "catch.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::test;

namespace {

// What a walk reads behind a position at most: the longest keyword.
constexpr std::size_t longest_keyword = 400;

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
std::vector<Piece> pieces_of(std::string_view message, bool collapse) {
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
Whole fold_whole(std::string_view message, bool collapse) {
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
std::string difference(const FoldedText& text, const Whole& whole, std::size_t position,
                       std::size_t at) {
    const auto joining = [&](std::size_t i) {
        return i < whole.joining.size() && whole.joining[i];
    };
    const bool is_inside = at < whole.text.size();
    if (*text.at(position) != (is_inside ? whole.text[at] : '\0')) return "text";
    if (text.distance(position) != at) return "distance";
    if (bit_at(text.bits().joining, position) != joining(at)) return "joining";
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
std::string window_difference(const FoldedText& text, const Whole& whole, std::size_t done) {
    constexpr std::size_t first = FoldedText::first;
    const std::size_t behind =
        std::min(whole.text.size() - done, text.limit() - first + longest_keyword);
    for (std::size_t i = 0; i <= behind; ++i) {
        std::string found = difference(text, whole, first + i, done + i);
        const bool is_looked_at = first + i < text.limit();
        if (found.empty() && is_looked_at &&
            bit_at(text.bits().starts, first + i) != whole.starts[done + i]) {
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

// Compares all windows of a message; returns how many there were.
std::size_t check_windows(FoldedText& text, std::string_view message, bool collapse,
                          const Kernel& kernel) {
    const Whole whole = fold_whole(message, collapse);
    // In a buffer of its own size, so that the address sanitizer sees a step beyond it.
    const std::vector<char> exact(message.begin(), message.end());
    Ticker ticker;
    std::size_t windows = 0;
    std::size_t done = 0;
    std::string found;
    text.start({exact.data(), exact.size()}, collapse, kernel);
    while (found.empty() && text.next(ticker)) {
        ++windows;
        const std::size_t size = text.limit() - FoldedText::first;
        if (size == 0 || size > FoldedText::positions || size > whole.text.size() - done) {
            found = std::to_string(size) + " positions from folded byte " + std::to_string(done);
            break;
        }
        found = window_difference(text, whole, done);
        done += size;
    }
    if (found.empty() && done != whole.text.size()) found = "it ends too soon";
    if (found.empty()) return windows;
    FAIL("seed " << seed() << ' ' << kernel.name << (collapse ? " collapse" : "") << " <"
                 << shown(message.substr(0, 2000)) << "> of " << message.size()
                 << " bytes: " << found);
    return 0;
}

// The same with every kernel, collapsing and not.
std::size_t check_windows(FoldedText& text, std::string_view message) {
    std::size_t windows = 0;
    for (const Kernel* const kernel : kernels()) {
        windows += check_windows(text, message, false, *kernel);
        windows += check_windows(text, message, true, *kernel);
    }
    return windows;
}

// Up to about `most` bytes: words, white space in runs, characters of the alphabet, stray bytes.
std::string random_message(Random& random, const Characters& alphabet, std::size_t most,
                           std::size_t trouble) {
    constexpr std::array<std::u32string_view, 6> spaces = {U"  ",      U"\t\n",   U" \u00A0",
                                                           U"\u3000 ", U"\u2028", U"\r\n\r\n"};
    std::string out;
    const std::size_t size = random.below(most + 1);
    while (out.size() < size) {
        out.append(random.below(12), random.pick(std::string_view("abKXyz09-. ")));
        if (!random.once_in(trouble)) continue;
        switch (random.below(4)) {
            case 0: out += to_utf8(random_text(random, alphabet, 6)); break;
            case 1: out += to_utf8(random.pick(spaces)); break;
            case 2: out += static_cast<char>(0x80 + random.below(0x80)); break;
            default: utf8::append(out, random.pick(nasty_characters));
        }
    }
    return out;
}

}  // namespace

TEST_CASE("folded text: what a message becomes", "[folded_text]") {
    struct Case {
        std::string_view message;
        bool collapse;
        std::string_view text;
        std::string_view joining;
        std::string_view starts;
    };
    const std::vector<Case> cases = {
        {"", true, "", "", ""},
        {"Deploy  the ÉT", true, "deploy the ét", "111111.111.111", "1......1...1.."},
        {" \t\u3000\n", true, " ", ".", "."},
        {" \tA\u00A0", false, " \ta\u00A0", "..1..", "..1.."},
        {"a \u00A0\t\u2028b", true, "a b", "1.1", "1.1"},
        {"K8\u212A", true, "k8k", "111", "1.."},
        {"C++/x_y", true, "c++/x_y", "1...1.1", "1...1.1"},
        {"a漢字b", true, "a漢字b", "1......1", "11..1..1"},
        {"\u023Aa", true, "\u2C65a", "1111", "1..."},
        {"e\u0301-", true, "e\u0301-", "111.", "1..."},
        {"a\xFFz", true, "a\uFFFDz", "1...1", "1...1"},
        {"\xE9", true, "\uFFFD", "...", "..."},
    };
    FoldedText text;
    Ticker ticker;
    for (const Case& one : cases) {
        INFO(shown(one.message));
        check_windows(text, one.message, one.collapse, best_kernel());
        text.start(one.message, one.collapse, best_kernel());
        CHECK(text.next(ticker) == !one.text.empty());
        std::string joining;
        std::string starts;
        for (std::size_t at = text.first; at < text.limit(); ++at) {
            joining += bit_at(text.bits().joining, at) ? '1' : '.';
            starts += bit_at(text.bits().starts, at) ? '1' : '.';
        }
        CHECK(std::string_view(text.at(text.first), text.limit() - text.first) == one.text);
        CHECK(joining == one.joining);
        CHECK(starts == one.starts);
        if (!one.text.empty()) CHECK(!text.next(ticker));
    }
}

TEST_CASE("folded text: short messages", "[folded_text][random]") {
    Random random(90);
    FoldedText text;
    for (int round = 0; round < 5'000; ++round) {
        const Characters alphabet = random_alphabet(random);
        check_windows(text, random_message(random, alphabet, 80, 1 + random.below(4)));
    }
}

TEST_CASE("folded text: messages of several windows", "[folded_text][random]") {
    Random random(91);
    FoldedText text;
    std::size_t windows = 0;
    for (int round = 0; round < 120; ++round) {
        const Characters alphabet = random_alphabet(random);
        const std::size_t trouble = random.once_in(3) ? 1 : 1 + random.below(200);
        windows += check_windows(text, random_message(random, alphabet, 20'000, trouble));
    }
    CHECK(windows > 120 * 6);
}

TEST_CASE("folded text: messages of characters beyond ASCII only", "[folded_text][random]") {
    Random random(92);
    FoldedText text;
    for (int round = 0; round < 30; ++round) {
        const Characters alphabet = random_alphabet(random);
        check_windows(text, to_utf8(random_text(random, alphabet, 6'000)));
    }
}

TEST_CASE("folded text: anything may lie over the border of a window", "[folded_text]") {
    const std::vector<std::string> troubles = {to_utf8(U"\u00A0\u00A0 \u3000x"),
                                               to_utf8(U"\u212A\u0130\u023A"),
                                               "\xFF\xC3\xE2\x82",
                                               to_utf8(U"𐐀𐐨🎯"),
                                               to_utf8(U"漢字かな"),
                                               "  \t\t  ",
                                               to_utf8(U"é\u0301éé")};
    FoldedText text;
    for (const std::string& trouble : troubles) {
        for (std::size_t before = FoldedText::positions - 12; before < FoldedText::positions + 4;
             ++before) {
            std::string message(before, 'x');
            message += trouble;
            check_windows(text, message);
            check_windows(text, message + "yZ");
            check_windows(text, message + std::string(700, 'Y'));
        }
        // The border between what is looked at in one window and in the next.
        constexpr std::size_t limit = FoldedText::positions - FoldedText::lookahead;
        for (std::size_t before = limit - 12; before < limit + 4; ++before) {
            check_windows(text, std::string(before, 'x') + trouble + std::string(800, 'Y'));
        }
    }
}

TEST_CASE("folded text: long white space is one space over any border", "[folded_text]") {
    FoldedText text;
    const std::vector<std::string> spaces = {" ", to_utf8(U"\u00A0"), "\t", to_utf8(U" \u3000\n")};
    for (const std::string& space : spaces) {
        for (const std::size_t before : {0, 1, 4'090, 4'103, 4'607, 4'608, 4'609}) {
            for (const std::size_t times : {1, 2, 3, 500, 5'000}) {
                std::string message(before, 'A');
                for (std::size_t i = 0; i < times; ++i) message += space;
                check_windows(text, message);
                check_windows(text, message + "b c");
            }
        }
    }
}

TEST_CASE("folded text: a message given up leaves nothing behind", "[folded_text][random]") {
    Random random(93);
    FoldedText text;
    FoldedText fresh;
    Ticker ticker;
    for (int round = 0; round < 60; ++round) {
        const Characters alphabet = random_alphabet(random);
        const std::string given_up = random_message(random, alphabet, 12'000, 2);
        text.start(given_up, random.once_in(2), best_kernel());
        for (std::size_t windows = random.below(3); windows > 0 && text.next(ticker);) --windows;
        const std::string message = random_message(random, alphabet, 200, 2);
        check_windows(text, message, true, best_kernel());
        check_windows(fresh, message, true, best_kernel());
    }
}

TEST_CASE("folded text: the ticker is told of white space, too", "[folded_text]") {
    struct Stop {};
    Ticker ticker([] { throw Stop(); });
    const std::string spaces = to_utf8(std::u32string(3 * Ticker::period, U'\u00A0'));
    FoldedText text;
    text.start(spaces, true, best_kernel());
    CHECK_THROWS_AS(text.next(ticker), Stop);
}
