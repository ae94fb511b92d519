// Blank texts, white space at the end, words.
#include "core/text/text.hpp"

#include "support/catch.hpp"

#include "support/case_builder.hpp"

#include <stdexcept>
#include <string>

using namespace aria_focus::core;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

TEST_CASE("text: white space of any script is blank", "[text]") {
    Ticker ticker;
    for (const auto* const text :
         {"", " ", "\t\n\v\f\r ", "\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80",
          "\xE2\x80\x8A", "\xE2\x80\xA8\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F",
          "\xE3\x80\x80", " \xC2\xA0\t\xE3\x80\x80"}) {
        INFO(text);
        CHECK(is_blank(text, ticker));
    }
}

TEST_CASE("text: whatever else is not blank", "[text]") {
    // Zero-width space, word joiner, Mongolian separator and byte order mark are no White_Space.
    Ticker ticker;
    for (const auto* const text :
         {"a", " a", "a ", "_", "\xE2\x80\x8B", "\xE2\x81\xA0", "\xE1\xA0\x8E", "\xEF\xBB\xBF",
          "\xF0\x9F\x8E\xAF", "\xFF", "\xC2", " \xE3\x80", "\x01"}) {
        INFO(text);
        CHECK_FALSE(is_blank(text, ticker));
    }
}

TEST_CASE("text: white space of any script is cut at the end, and there only", "[text]") {
    struct Case {
        const char* text;
        const char* kept;
    };
    const Case cases[] = {
        {"", ""},
        {"a", "a"},
        {" a b ", " a b"},
        {"a\t\r\n \v\f", "a"},
        {"a\xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\xA8\xE3\x80\x80", "a"},
        {" \xE3\x80\x80\n", ""},
        {"\xC3\xA9\xC2\xA0", "\xC3\xA9"},
        // No White_Space: the zero-width space. Broken bytes are kept.
        {"a \xE2\x80\x8B", "a \xE2\x80\x8B"},
        {"a \xC2", "a \xC2"},
        {"a\xA0", "a\xA0"},
    };
    Ticker ticker;
    for (const Case& one : cases) {
        INFO(one.text);
        CHECK(trim_end(one.text, ticker) == one.kept);
    }
}

TEST_CASE("text: what is cut is all white space and what is kept ends in none", "[text][random]") {
    Random random(70);
    Ticker ticker;
    for (int round = 0; round < 10'000; ++round) {
        const std::u32string text = random_text(random, random_alphabet(random), 12);
        std::u32string kept = text;
        while (!kept.empty() && unicode::is_white_space(kept.back())) kept.pop_back();
        INFO(shown(to_utf8(text)));
        REQUIRE(trim_end(to_utf8(text), ticker) == to_utf8(kept));
    }
}

TEST_CASE("text: words are runs of letters, digits and marks", "[text]") {
    struct Case {
        const char* text;
        std::size_t words;
    };
    const Case cases[] = {
        {"", 0},
        {" ... - _ ", 0},
        {"one", 1},
        {"one two", 2},
        {"one-two_three", 3},
        {"it's", 2},
        {"3.14", 2},
        {" a\tb\nc ", 3},
        {"in\xC2\xAD"
         "ci\xC2\xAD"
         "dent",
         1},  // soft hyphens
        {"na\xC3\xAFve", 1},
        {"e\xCC\x81t\xC3\xA9", 1},              // a combining mark is part of the word
        {"\xE6\xBC\xA2\xE5\xAD\x97 kanji", 2},  // a run of Han is one
        {"\xF0\x9F\x8E\xAF a \xF0\x9F\x8E\xAF", 1},
    };
    Ticker ticker;
    for (const Case& one : cases) {
        INFO(one.text);
        CHECK(count_words(one.text, ticker) == one.words);
    }
}

TEST_CASE("text: words are counted as the characters have it", "[text][random]") {
    Random random(71);
    Ticker ticker;
    for (int round = 0; round < 10'000; ++round) {
        const std::u32string given = random_text(random, random_alphabet(random), 30);
        std::u32string text;
        for (const char32_t c : given) {
            if (!unicode::is_absent(c)) text += unicode::respelled(c);
        }
        std::size_t words = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool starts = i == 0 || !unicode::is_word(text[i - 1]);
            if (starts && unicode::is_word(text[i])) ++words;
        }
        INFO(shown(to_utf8(given)));
        REQUIRE(count_words(to_utf8(given), ticker) == words);
    }
}

TEST_CASE("text: a long blank can be stopped", "[text]") {
    const std::string blank(Ticker::period + 1, ' ');
    const auto stop = [] { throw std::runtime_error("stopped"); };
    Ticker first(stop);
    CHECK_THROWS_WITH(is_blank(blank, first), "stopped");
    Ticker second(stop);
    CHECK_THROWS_WITH(trim_end(blank, second), "stopped");
}
