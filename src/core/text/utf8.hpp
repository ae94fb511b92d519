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

// Appends one code point.
void append(std::string& out, char32_t code_point);

// The code points of a text.
std::u32string to_code_points(std::string_view text);

// The longest prefix of at most `limit` bytes that cuts no character.
std::string_view clip(std::string_view text, std::size_t limit) noexcept;

}  // namespace aria_focus::core::text::utf8
