// Case classes and properties of characters. Totals and ranges were taken from the database's own
// files (Scripts.txt, PropList.txt, extracted/DerivedGeneralCategory.txt), not from the generator.
#include "core/text/unicode.hpp"

#include "support/case_classes.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace unicode = aria_focus::core::text::unicode;
using aria_focus::test::case_class;

namespace {

constexpr char32_t code_points = 0x110000;

struct Range {
    char32_t first;
    char32_t last;
};

// How many code points satisfy a condition.
template <typename Condition>
unsigned count_where(Condition condition) {
    unsigned found = 0;
    for (char32_t c = 0; c < code_points; ++c) found += condition(c) ? 1 : 0;
    return found;
}

// True if the condition holds in each range and at none of its two neighbours.
template <typename Condition>
bool holds_exactly_in(Condition condition, std::initializer_list<Range> ranges) {
    return std::all_of(ranges.begin(), ranges.end(), [&](const Range& range) {
        if (condition(range.first - 1) || condition(range.last + 1)) return false;
        for (char32_t c = range.first; c <= range.last; ++c) {
            if (!condition(c)) return false;
        }
        return true;
    });
}

// True if the members are one whole class and the first one given is canonical.
bool is_class(std::initializer_list<char32_t> members) {
    std::vector<char32_t> sorted(members);
    std::sort(sorted.begin(), sorted.end());
    return std::all_of(members.begin(), members.end(), [&](char32_t member) {
        return unicode::fold(member) == *members.begin() && case_class(member) == sorted;
    });
}

}  // namespace

TEST_CASE("unicode: ASCII folds to lower case and nothing else moves", "[unicode]") {
    for (char32_t c = 0; c < 0x80; ++c) {
        const bool upper = c >= U'A' && c <= U'Z';
        CHECK(unicode::fold(c) == (upper ? c + 32 : c));
    }
}

TEST_CASE("unicode: the inlined ASCII tables say what the big ones say", "[unicode]") {
    for (char32_t c = 0; c < 0x100; ++c) {
        CHECK(unicode::fold(c) == unicode::detail::fold_by_table(c));
        CHECK(unicode::properties(c) == unicode::detail::properties_by_table(c));
    }
}

TEST_CASE("unicode: only four characters fold into ASCII", "[unicode]") {
    std::vector<char32_t> found;
    for (char32_t c = 0x80; c < code_points; ++c) {
        if (unicode::fold(c) < 0x80) found.push_back(c);
    }
    CHECK(found == std::vector<char32_t>{0x130, 0x131, 0x17F, 0x212A});
}

TEST_CASE("unicode: classes with an ASCII letter", "[unicode]") {
    CHECK(is_class({U'a', U'A'}));
    CHECK(is_class({U'k', U'K', 0x212A}));
    CHECK(is_class({U'i', U'I', 0x130, 0x131}));
    CHECK(is_class({U's', U'S', 0x17F}));
    CHECK(is_class({U'z', U'Z'}));
}

TEST_CASE("unicode: classes with members in several blocks", "[unicode]") {
    CHECK(is_class({0xE5, 0xC5, 0x212B}));            // a with ring, Angstrom sign
    CHECK(is_class({0xDF, 0x1E9E}));                  // sharp s: never ss
    CHECK(is_class({0xFF, 0x178}));                   // y with diaeresis
    CHECK(is_class({0x3BC, 0x39C, 0xB5}));            // mu, micro sign
    CHECK(is_class({0x3C3, 0x3A3, 0x3C2}));           // both small sigmas
    CHECK(is_class({0x3C9, 0x3A9, 0x2126}));          // omega, ohm sign
    CHECK(is_class({0x3B8, 0x398, 0x3D1, 0x3F4}));    // theta and its symbols
    CHECK(is_class({0x3B9, 0x399, 0x345, 0x1FBE}));   // iota, the mark below included
    CHECK(is_class({0x442, 0x422, 0x1C84, 0x1C85}));  // Cyrillic te
    CHECK(is_class({0x1E61, 0x1E60, 0x1E9B}));        // s with dot above
    CHECK(is_class({0x390, 0x1FD3}));                 // same full upper case, nothing else
    CHECK(is_class({0x3B0, 0x1FE3}));                 // the same with upsilon
    CHECK(is_class({0xFB05, 0xFB06}));                // ligatures st
    CHECK(is_class({0x1C6, 0x1C4, 0x1C5}));           // dz, title case too
    CHECK(is_class({0xAB70, 0x13A0}));                // Cherokee
    CHECK(is_class({0x10D0, 0x1C90}));                // Georgian
    CHECK(is_class({0x24D0, 0x24B6}));                // circled a, no letter
    CHECK(is_class({0x2170, 0x2160}));                // Roman numeral one
    CHECK(is_class({0xFF41, 0xFF21}));                // full width
    CHECK(is_class({0x10428, 0x10400}));              // Deseret
    CHECK(is_class({0x1E922, 0x1E900}));              // Adlam
}

TEST_CASE("unicode: what is not the same letter stays apart", "[unicode]") {
    CHECK(case_class(U'1') == std::vector<char32_t>{U'1'});
    CHECK(case_class(0x4E2D) == std::vector<char32_t>{0x4E2D});
    CHECK(case_class(0xAA) == std::vector<char32_t>{0xAA});      // ordinal a
    CHECK(case_class(0x149) == std::vector<char32_t>{0x149});    // upper case of two characters
    CHECK(case_class(0xFB00) == std::vector<char32_t>{0xFB00});  // ligature ff
    CHECK(unicode::fold(0xE9) != U'e');                          // no decomposition
    CHECK(unicode::fold(0xFF41) != U'a');                        // full width is no ASCII
}

TEST_CASE("unicode: fold is idempotent everywhere", "[unicode]") {
    CHECK(count_where(
              [](char32_t c) { return unicode::fold(unicode::fold(c)) != unicode::fold(c); }) == 0);
}

TEST_CASE("unicode: one class, one set of properties, spelling aside", "[unicode]") {
    constexpr auto spelling = static_cast<unicode::Properties>(
        unicode::property::mark | unicode::property::extends | unicode::property::special);
    const auto kind = [](char32_t c) {
        return static_cast<unicode::Properties>(unicode::properties(c) & ~spelling);
    };
    CHECK(count_where([&](char32_t c) { return kind(c) != kind(unicode::fold(c)); }) == 0);
    // Of all classes one has marks and letters.
    CHECK(count_where([](char32_t c) {
              return unicode::is_mark(c) != unicode::is_mark(unicode::fold(c));
          }) == 1);
    CHECK(unicode::is_mark(0x345));
    CHECK(unicode::fold(0x345) == 0x3B9);
}

TEST_CASE("unicode: what is absent, and what is spelled in several ways", "[unicode]") {
    CHECK(count_where(unicode::is_absent) == 3 + 5 + 4 + 5 + 10 + 16 + 1 + 240);
    CHECK(count_where([](char32_t c) { return unicode::is_absent(c) && !unicode::extends(c); }) ==
          0);
    CHECK(count_where(unicode::is_hyphen) == 11);
    CHECK(count_where(unicode::is_apostrophe) == 5);
    CHECK(count_where(unicode::is_dash) == 2);
    CHECK(count_where(unicode::is_regional_indicator) == 26);
    CHECK(unicode::respelled(0x2019) == U'\'');
    CHECK(unicode::respelled(0x2BB) == 0x2BB);  // a letter of Hawaiian
    CHECK(unicode::respelled(0x2212) == U'-');
    CHECK(unicode::respelled(U'a') == U'a');
    CHECK(count_where([](char32_t c) {
              const bool is_special = (unicode::properties(c) & unicode::property::special) != 0;
              const bool is_other =
                  c >= 0x80 && (unicode::respelled(c) != c || unicode::is_regional_indicator(c) ||
                                c == unicode::zero_width_space);
              return is_other && !is_special;
          }) == 0);
}

TEST_CASE("unicode: words are letters, digits and marks", "[unicode]") {
    for (char32_t c : {U'a', U'Z', U'0', U'9'}) CHECK(unicode::is_word(c));
    for (char32_t c : {U'_', U'-', U' ', U'@', U'[', U'`', U'{', U'/', U':'}) {
        CHECK_FALSE(unicode::is_word(c));
    }
    CHECK(unicode::is_word(0xE9));           // Ll
    CHECK(unicode::is_word(0x301));          // Mn
    CHECK(unicode::is_word(0x903));          // Mc
    CHECK(unicode::is_word(0x20DD));         // Me
    CHECK(unicode::is_word(0xB2));           // No
    CHECK(unicode::is_word(0x2160));         // Nl
    CHECK(unicode::is_word(0x2B0));          // Lm
    CHECK_FALSE(unicode::is_word(0x24B6));   // So with a case
    CHECK_FALSE(unicode::is_word(0x1F512));  // an emoji
    CHECK_FALSE(unicode::is_word(0x200D));   // zero width joiner
    CHECK(unicode::is_word(0xFE0F));         // a variation selector is a mark
    CHECK(unicode::is_word(0x1E4D0));        // Nag Mundari, new in 15.0
    CHECK_FALSE(unicode::is_word(0x1C89));   // came with 16.0
}

TEST_CASE("unicode: totals as the database states them", "[unicode]") {
    // Lu + Ll + Lt + Lm + Lo, Mn + Me + Mc, Nd + Nl + No
    CHECK(count_where(unicode::is_word) ==
          (1831 + 2233 + 31 + 397 + 131612) + (1985 + 13 + 452) + (680 + 236 + 915));
    // Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar; Bopomofo, Yi, Tai Le, New Tai Lue, Tai Tham, Tai Viet;
    // four sound marks, U+3006, U+3031 to U+3035, U+303C
    CHECK(count_where(unicode::is_spaceless) ==
          98408 + 381 + 321 + 86 + 83 + 146 + 223 + 77 + 1220 + 35 + 83 + 127 + 72 + 4 + 1 + 5 + 1);
    CHECK(count_where(unicode::is_mark) == 1985 + 13 + 452);
    CHECK(count_where(unicode::is_white_space) == 25);
    CHECK(count_where(unicode::is_control) == 65);
    CHECK(count_where(unicode::is_hangul) == 11739);
}

TEST_CASE("unicode: scripts without spaces", "[unicode]") {
    const auto exactly = [](std::initializer_list<Range> ranges) {
        return holds_exactly_in(unicode::is_spaceless, ranges);
    };
    // Han
    CHECK(exactly({{0x2E80, 0x2E99}, {0x2F00, 0x2FD5}, {0x3005, 0x3007}, {0x3021, 0x3029}}));
    CHECK(exactly({{0x3400, 0x4DBF}, {0xF900, 0xFA6D}, {0xFA70, 0xFAD9}}));
    CHECK(exactly({{0x20000, 0x2A6DF}, {0x2A700, 0x2B739}, {0x2B740, 0x2B81D}}));
    CHECK(exactly({{0x2F800, 0x2FA1D}, {0x30000, 0x3134A}, {0x31350, 0x323AF}}));
    // Hiragana
    CHECK(exactly({{0x3041, 0x3096}, {0x309D, 0x309F}}));
    // Katakana, with the sound marks inside two of the ranges
    CHECK(exactly({{0x30A1, 0x30FA}, {0x30FC, 0x30FF}, {0x31F0, 0x31FF}}));
    CHECK(exactly({{0x32D0, 0x32FE}, {0x3300, 0x3357}, {0xFF66, 0xFF9F}}));
    CHECK(exactly({{0x3031, 0x3035}, {0x3038, 0x303C}}));
    // Thai, Lao, Khmer, Myanmar
    CHECK(exactly({{0xE01, 0xE3A}, {0xE40, 0xE5B}, {0xE81, 0xE82}, {0xEDC, 0xEDF}}));
    CHECK(exactly({{0x1780, 0x17DD}, {0x17E0, 0x17E9}, {0x17F0, 0x17F9}}));
    CHECK(exactly({{0x1000, 0x109F}, {0xA9E0, 0xA9FE}}));
    // Bopomofo, Yi right behind Han, Tai Le, New Tai Lue before Khmer symbols, Tai Tham, Tai Viet behind Myanmar
    CHECK(exactly({{0x2EA, 0x2EB}, {0x3105, 0x312F}, {0x31A0, 0x31BF}}));
    CHECK(exactly({{0x4E00, 0xA48C}, {0xA490, 0xA4C6}}));
    CHECK(exactly({{0x1950, 0x196D}, {0x1970, 0x1974}, {0x1980, 0x19AB}, {0x19DE, 0x19FF}}));
    CHECK(exactly({{0x1A20, 0x1A5E}, {0xAA60, 0xAAC2}, {0xAADB, 0xAADF}}));
}

TEST_CASE("unicode: Common characters between the spaceless scripts are not of them", "[unicode]") {
    CHECK(unicode::is_spaceless(0x30FC));  // prolonged sound marks: Common, but named by the rule
    CHECK(unicode::is_spaceless(0xFF70));
    CHECK_FALSE(unicode::is_spaceless(0x30FB));  // katakana middle dot
    CHECK_FALSE(unicode::is_spaceless(0x3001));  // ideographic comma
    CHECK(unicode::is_spaceless(0x3006));        // closing mark: named by the rule
    CHECK(unicode::is_spaceless(0x303C));        // masu mark
    CHECK_FALSE(unicode::is_spaceless(0x3030));  // wavy dash
    CHECK_FALSE(unicode::is_spaceless(0xE3F));   // baht
    CHECK_FALSE(unicode::is_spaceless(0xAC00));  // Hangul has spaces
    CHECK_FALSE(unicode::is_spaceless(U'a'));
}

TEST_CASE("unicode: the whole list of white space", "[unicode]") {
    std::vector<char32_t> found;
    for (char32_t c = 0; c < code_points; ++c) {
        if (unicode::is_white_space(c)) found.push_back(c);
    }
    CHECK(found == std::vector<char32_t>{0x9,    0xA,    0xB,    0xC,    0xD,    0x20,   0x85,
                                         0xA0,   0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
                                         0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028,
                                         0x2029, 0x202F, 0x205F, 0x3000});
}

TEST_CASE("unicode: control characters", "[unicode]") {
    for (char32_t c = 0; c < 0x20; ++c) CHECK(unicode::is_control(c));
    CHECK_FALSE(unicode::is_control(0x20));
    CHECK(holds_exactly_in(unicode::is_control, {{0x7F, 0x9F}}));
    CHECK_FALSE(unicode::is_control(0x200E));  // a format character
}

TEST_CASE("unicode: Hangul", "[unicode]") {
    const auto exactly = [](std::initializer_list<Range> ranges) {
        return holds_exactly_in(unicode::is_hangul, ranges);
    };
    CHECK(exactly({{0x1100, 0x11FF}, {0x302E, 0x302F}, {0x3131, 0x318E}, {0xA960, 0xA97C}}));
    CHECK(exactly({{0xAC00, 0xD7A3}, {0xD7B0, 0xD7C6}, {0xD7CB, 0xD7FB}}));
    CHECK(exactly({{0x3200, 0x321E}, {0x3260, 0x327E}, {0xFFA0, 0xFFBE}, {0xFFDA, 0xFFDC}}));
    CHECK_FALSE(unicode::is_hangul(0x4E00));
    CHECK_FALSE(unicode::is_hangul(U'a'));
}

TEST_CASE("unicode: surrogates, the last planes and what is no code point", "[unicode]") {
    for (char32_t c : {0xD800u, 0xDBFFu, 0xDC00u, 0xDFFFu, 0xE000u, 0xE01EFu + 1, 0xE0200u,
                       0xF0000u, 0x10FFFFu, 0x110000u, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
        CHECK(unicode::properties(c) == 0);
        CHECK(unicode::fold(c) == c);
        CHECK(case_class(c) == std::vector<char32_t>{c});
    }
    CHECK(unicode::is_word(0xE01EF));  // the last code point with a property
}
