// Decoding and encoding, valid text by valid text, and any bytes without leaving the buffer.
#include "core/text/utf8.hpp"

#include "support/catch.hpp"
#include "support/random.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace utf8 = aria_focus::core::text::utf8;
using aria_focus::test::Random;

namespace {

using namespace std::string_view_literals;

// One character as bytes.
std::string encoded(char32_t c) {
    std::string out;
    utf8::append(out, c);
    return out;
}

// A copy that ends where its buffer ends, so that the address sanitizer sees every step beyond it.
std::vector<char> exact(std::string_view text) {
    std::vector<char> out(text.begin(), text.end());
    out.shrink_to_fit();
    return out;
}

// Random bytes, mostly leads and continuations.
std::string random_bytes(Random& random, std::size_t size) {
    constexpr std::string_view nasty =
        "a \x00\x7F\x80\x9F\xA0\xBF\xC0\xC1\xC2\xC3\xDF\xE0\xE2\xED\xEF\xF0\xF4\xF5\xFE\xFF"sv;
    std::string out;
    while (out.size() < size) {
        out += random.once_in(8) ? static_cast<char>(random.below(256)) : random.pick(nasty);
    }
    return out;
}

}  // namespace

TEST_CASE("utf8: every code point survives a round trip, forwards and backwards", "[utf8]") {
    std::size_t wrong = 0;
    for (char32_t c = 0; c < 0x110000; ++c) {
        if (c >= 0xD800 && c < 0xE000) continue;
        const std::string text = "a" + encoded(c);
        const char* const end = text.data() + text.size();
        const utf8::Decoded next = utf8::decode(text.data() + 1, end);
        const utf8::Decoded before = utf8::decode_before(text.data(), end);
        const bool right = next.code_point == c && next.length == text.size() - 1 &&
                           before.code_point == c && before.length == next.length;
        wrong += right ? 0 : 1;
    }
    CHECK(wrong == 0);
}

TEST_CASE("utf8: lengths change where the encoding says", "[utf8]") {
    CHECK(encoded(0x7F) == "\x7F");
    CHECK(encoded(0x80) == "\xC2\x80");
    CHECK(encoded(0x7FF) == "\xDF\xBF");
    CHECK(encoded(0x800) == "\xE0\xA0\x80");
    CHECK(encoded(0xFFFF) == "\xEF\xBF\xBF");
    CHECK(encoded(0x10000) == "\xF0\x90\x80\x80");
    CHECK(encoded(0x10FFFF) == "\xF4\x8F\xBF\xBF");
}

TEST_CASE("utf8: characters are counted, not bytes", "[utf8]") {
    CHECK(utf8::count("") == 0);
    CHECK(utf8::count("abc") == 3);
    CHECK(utf8::count("d\xC3\xA9j\xC3\xA0") == 4);
    CHECK(utf8::count("\xF0\x9F\x8E\xAF") == 1);
    CHECK(utf8::count("e\xCC\x81") == 2);
}

TEST_CASE("utf8: code points of a text", "[utf8]") {
    CHECK(utf8::to_code_points("").empty());
    CHECK(utf8::to_code_points("a\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x8E\xAF") ==
          U"a\u00E9\u6F22\U0001F3AF");
    CHECK(utf8::to_code_points("a\0b"sv) == std::u32string({U'a', 0, U'b'}));
}

TEST_CASE("utf8: a cut never divides a character", "[utf8]") {
    CHECK(utf8::clip("abc", 5) == "abc");
    CHECK(utf8::clip("abc", 3) == "abc");
    CHECK(utf8::clip("abc", 2) == "ab");
    CHECK(utf8::clip("abc", 0).empty());
    CHECK(utf8::clip("a\xC3\xA9z", 3) == "a\xC3\xA9");
    CHECK(utf8::clip("a\xC3\xA9z", 2) == "a");
    CHECK(utf8::clip("\xF0\x9F\x8E\xAF!", 4) == "\xF0\x9F\x8E\xAF");
    CHECK(utf8::clip("\xF0\x9F\x8E\xAF!", 3).empty());
}

TEST_CASE("utf8: a broken byte is one replacement character", "[utf8]") {
    const auto broken = GENERATE("\x80", "\xBF", "\xC0", "\xC1", "\xC3", "\xE2\x82", "\xF0\x9F\x8E",
                                 "\xF5", "\xFE", "\xFF", "\xC3(", "\xE2(\xA1", "\xF0(\x8C\xBC");
    const std::vector<char> text = exact(broken);
    const utf8::Decoded found = utf8::decode(text.data(), text.data() + text.size());
    CHECK(found.code_point == utf8::replacement);
    CHECK(found.length == 1);
}

TEST_CASE("utf8: backwards, bytes that make up no character are one each", "[utf8]") {
    const auto broken = GENERATE("\x80", "a\x80", "\xC3", "a\xFF", "\xC3\xA9\x80",
                                 "\x80\x80\x80\x80", "\xE2\x82", "\xF0\x9F\x8E");
    const std::vector<char> text = exact(broken);
    const utf8::Decoded found = utf8::decode_before(text.data(), text.data() + text.size());
    CHECK(found.code_point == utf8::replacement);
    CHECK(found.length == 1);
}

TEST_CASE("utf8: any bytes are read to their end and not beyond", "[utf8]") {
    Random random(1);
    for (int round = 0; round < 50'000; ++round) {
        const std::vector<char> text = exact(random_bytes(random, random.between(1, 12)));
        const char* const begin = text.data();
        const char* const end = begin + text.size();
        std::size_t steps = 0;
        for (const char* at = begin; at < end; ++steps) {
            const utf8::Decoded next = utf8::decode(at, end);
            if (next.length < 1 || next.length > end - at) FAIL("a step beyond the end");
            at += next.length;
        }
        for (const char* at = end; at > begin;) {
            const utf8::Decoded before = utf8::decode_before(begin, at);
            if (before.length < 1 || before.length > at - begin) FAIL("a step before the start");
            at -= before.length;
        }
        const std::string_view view(begin, text.size());
        const std::size_t limit = random.below(16);
        if (utf8::to_code_points(view).size() != steps) FAIL("readers disagree");
        if (utf8::clip(view, limit).size() > limit) FAIL("a cut is too long");
    }
    SUCCEED();
}
