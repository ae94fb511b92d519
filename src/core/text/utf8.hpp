// UTF-8 as the core reads it. The text was checked by the server; should it be broken all the same,
// every function stays inside [begin, end) and takes a stray byte as one U+FFFD.
#pragma once

#include "core/base/core_only.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace aria_focus::core::text::utf8 {

struct Decoded {
    char32_t code_point;
    unsigned length;  // bytes, at least 1
};

inline constexpr char32_t replacement = 0xFFFD;

// True for a byte that continues a character.
constexpr bool is_continuation(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// The character that starts at `at`, which lies before `end`; non-ASCII part.
Decoded decode_multibyte(const char* at, const char* end) noexcept;

// The character that starts at `at`, which lies before `end`.
inline Decoded decode(const char* at, const char* end) noexcept {
    const auto byte = static_cast<unsigned char>(*at);
    if (byte < 0x80) return {byte, 1};
    return decode_multibyte(at, end);
}

// The character that ends at `at`, which lies after `begin`.
Decoded decode_before(const char* begin, const char* at) noexcept;

// How many characters lie in the text.
std::size_t count(std::string_view text) noexcept;

// Bytes that a character takes at most.
inline constexpr std::size_t longest_character = 4;

// Writes a code point where there is room for the longest; returns its bytes.
inline unsigned put(char* out, char32_t c) noexcept {
    const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
    const auto tail = [&](char32_t bits) { return byte(0x80 | (bits & 0x3F)); };
    if (c < 0x80) {
        out[0] = byte(c);
        return 1;
    }
    if (c < 0x800) {
        out[0] = byte(0xC0 | c >> 6);
        out[1] = tail(c);
        return 2;
    }
    if (c < 0x10000) {
        out[0] = byte(0xE0 | c >> 12);
        out[1] = tail(c >> 6);
        out[2] = tail(c);
        return 3;
    }
    out[0] = byte(0xF0 | c >> 18);
    out[1] = tail(c >> 12);
    out[2] = tail(c >> 6);
    out[3] = tail(c);
    return 4;
}

// Appends one code point.
void append(std::string& out, char32_t code_point);

// The code points of a text.
std::u32string to_code_points(std::string_view text);

// The longest prefix of at most `limit` bytes that cuts no character.
std::string_view clip(std::string_view text, std::size_t limit) noexcept;

}  // namespace aria_focus::core::text::utf8
