// Where words start and end.
#include "support/boundary.hpp"

#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace aria_focus::core;
using namespace aria_focus::core::text;
using aria_focus::test::is_boundary;
using aria_focus::test::joins;

namespace {

// The boundaries of a text made visible: a bar at each of them. Between two characters that are both
// no letter nobody asks, so none is drawn there.
std::string barred(std::u32string_view characters) {
    std::string text;
    for (const char32_t c : characters) utf8::append(text, c);
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    std::string out;
    for (const char* at = begin;; at += utf8::decode(at, end).length) {
        const bool left = at > begin && unicode::is_word(utf8::decode_before(begin, at).code_point);
        const bool right = at < end && unicode::is_word(utf8::decode(at, end).code_point);
        if ((left || right) && is_boundary(begin, at, end)) out += '|';
        if (at == end) return out;
        out.append(at, utf8::decode(at, end).length);
    }
}

}  // namespace

TEST_CASE("boundary: letters and digits against the rest", "[boundary]") {
    CHECK(barred(U"").empty());
    CHECK(barred(U"a") == "|a|");
    CHECK(barred(U"-") == "-");
    CHECK(barred(U"ci_cd") == "|ci|_|cd|");
    CHECK(barred(U"c++11") == "|c|++|11|");
    CHECK(barred(U"a.b c") == "|a|.|b| |c|");
    CHECK(barred(U"v2beta") == "|v2beta|");
    CHECK(barred(U"  x  ") == "  |x|  ");
}

TEST_CASE("boundary: marks belong to their letter", "[boundary]") {
    CHECK(barred(U"e\u0301a") ==
          "|e\xCC\x81"
          "a|");
    CHECK(barred(U"-\u0301") == "-|\xCC\x81|");
}

TEST_CASE("boundary: letters beyond ASCII", "[boundary]") {
    CHECK(barred(U"d\u00E9j\u00E0 vu") == "|d\xC3\xA9j\xC3\xA0| |vu|");
    CHECK(barred(U"a\U0001F3AFb") == "|a|\xF0\x9F\x8E\xAF|b|");
    CHECK(barred(U"\U00010400a") ==
          "|\xF0\x90\x90\x80"
          "a|");
    CHECK(barred(U"a\u00A0b") == "|a|\xC2\xA0|b|");
}

TEST_CASE("boundary: scripts without spaces have one everywhere", "[boundary]") {
    CHECK(barred(U"\u6F22\u5B57") == "|\xE6\xBC\xA2|\xE5\xAD\x97|");  // Han
    CHECK(barred(U"a\u6F22"
                 U"1") == "|a|\xE6\xBC\xA2|1|");                      // Latin beside it
    CHECK(barred(U"\u3042\u30A2") == "|\xE3\x81\x82|\xE3\x82\xA2|");  // both kana
    CHECK(barred(U"\u30A2\u30FC\uFF70") == "|\xE3\x82\xA2|\xE3\x83\xBC|\xEF\xBD\xB0|");  // long
    CHECK(barred(U"\u0E01\u0E48") == "|\xE0\xB8\x81|\xE0\xB9\x88|");  // Thai, a mark
    CHECK(barred(U"\u0E81\u1780\u1000") == "|\xE0\xBA\x81|\xE1\x9E\x80|\xE1\x80\x80|");
}

TEST_CASE("boundary: Hangul is written with spaces", "[boundary]") {
    CHECK(barred(U"\uBC30\uD3EC\uB97C") == "|\xEB\xB0\xB0\xED\x8F\xAC\xEB\xA5\xBC|");
    CHECK(barred(U"a\uBC30") == "|a\xEB\xB0\xB0|");
}

TEST_CASE("boundary: two characters join or they do not", "[boundary]") {
    CHECK(joins(U'a', U'1'));
    CHECK(joins(U'a', 0x301));
    CHECK_FALSE(joins(U'a', U'_'));
    CHECK_FALSE(joins(U'-', U'-'));
    CHECK_FALSE(joins(U'a', 0x6F22));
    CHECK_FALSE(joins(0x6F22, U'a'));
    CHECK_FALSE(joins(U'a', 0x30FC));
}
