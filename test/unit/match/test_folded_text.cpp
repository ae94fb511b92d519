// The folded text, window by window, against the whole message folded at once.
#include "core/match/folded_text.hpp"

#include "core/text/unicode.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/naive_folding.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

// Compares all windows of a message; returns how many there were.
std::size_t check_windows(FoldedText& text, std::string_view message, bool collapse,
                          const Kernel& kernel) {
    std::size_t windows = 0;
    const std::string found = folding_difference(text, message, collapse, kernel, windows);
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
        {"e\u0301-", false, "e\u0301-", "111.", "1..."},
        {"e\u0301-", true, "\u00E9 ", "11.", "1.."},
        {"ci-CD x\u2014y", true, "ci cd x y", "11.11.1.1", "1..1..1.1"},
        {"it\u2019s \u02BCx", true, "it's 'x", "11.1..1", "1..1..1"},
        {"in\u00ADci\u200Ddent\uFEFF", true, "incident", "11111111", "1......."},
        {"a\u200B b\uFE0F", true, "a b", "1.1", "1.1"},
        {"\u304B\u3099x", true, "\u304Cx", "...1", "1..1"},
        {"\u304B\u309Ax", true, "\u304B\u309Ax", "......1", "1..1..1"},
        {"\u1100\u1161\u11A8", true, "\uAC01", "111", "1.."},
        {"\u00AD\u200B", true, " ", ".", "."},
        {"\u00AD\uFEFF", true, "", "", ""},
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

TEST_CASE("folded text: a cluster of any length", "[folded_text]") {
    FoldedText text;
    for (const std::size_t marks : {1, 30, 511, 512, 513, 700}) {
        for (const std::u32string_view base :
             {U"e", U"-", U" ", U"", U"\u6F22", U"\u1EB9", U"\u1100\u1161"}) {
            std::u32string cluster(base);
            // Of four classes, most of them out of order.
            for (std::size_t i = 0; i < marks; ++i) cluster += U"\u0345\u0301\u0323\u0334"[i % 4];
            for (const std::size_t before : {0, 4'090, 5'439, 5'440}) {
                const std::string message = std::string(before, 'x') + to_utf8(cluster);
                check_windows(text, message);
                check_windows(text, message + "xY" + std::string(800, 'z'));
            }
        }
    }
}

TEST_CASE("folded text: a long cluster takes time in proportion", "[folded_text]") {
    // Two million marks in the worst order: sorted one into the other they would take hours.
    std::u32string cluster = U"e";
    for (int i = 0; i < 1'000'000; ++i) cluster += U"\u0345\u0334";
    const std::string message = to_utf8(cluster) + " deploy";
    FoldedText text;
    Ticker ticker;
    text.start(message, true, best_kernel());
    REQUIRE(text.next(ticker));
    CHECK(text.limit() - FoldedText::first == std::string_view("e? deploy").size());
    CHECK(!text.next(ticker));
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

TEST_CASE("folded text: a message begins at a boundary, whatever came before", "[folded_text]") {
    FoldedText text;
    Ticker ticker;
    for (const std::string_view message : {"abc", "abc  d", "\u00C9tude"}) {
        INFO(message);
        const std::string letters(3 * FoldedText::positions, 'x');
        text.start(letters, true, best_kernel());
        while (text.next(ticker)) {
        }
        text.start(message, true, best_kernel());
        REQUIRE(text.next(ticker));
        CHECK(!text.joins(FoldedText::first));
        CHECK(text.run(FoldedText::first) >= 3);
    }
}

TEST_CASE("folded text: zeros lie behind a message, whatever lay there", "[folded_text]") {
    FoldedText text;
    Ticker ticker;
    for (const Kernel* const kernel : kernels()) {
        for (std::size_t size = 1; size <= 200; ++size) {
            for (const std::string_view end : {"a", "\xC3\xA9", "-"}) {
                INFO(kernel->name << ' ' << size << ' ' << end);
                const std::string before(500, 'x');
                text.start(before, true, *kernel);
                REQUIRE(text.next(ticker));
                const std::string message = std::string(size - 1, 'a').append(end);
                text.start(message, true, *kernel);
                REQUIRE(text.next(ticker));
                const char* const behind = text.at(text.limit());
                CHECK(std::string_view(behind, 64) == std::string(64, '\0'));
            }
        }
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
