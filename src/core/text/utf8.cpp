#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace aria_focus::core::text::utf8 {

namespace {

// The lead byte's promise: how many bytes.
constexpr unsigned promised_length(unsigned char lead) noexcept {
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 1;
}

// True for a character that is written with this many bytes; surrogates are none.
constexpr bool is_shortest_form(char32_t c, unsigned length) noexcept {
    if (length == 3) return c >= 0x800 && (c < 0xD800 || c > 0xDFFF);
    return length == 2 || (c >= 0x10000 && c <= 0x10FFFF);
}

}  // namespace

Decoded decode_multibyte(const char* at, const char* end) noexcept {
    const auto lead = static_cast<unsigned char>(*at);
    const unsigned length = promised_length(lead);
    if (length == 1 || end - at < static_cast<std::ptrdiff_t>(length)) return {replacement, 1};
    char32_t code_point = lead & (0x7Fu >> length);
    for (unsigned i = 1; i < length; ++i) {
        if (!is_continuation(at[i])) return {replacement, 1};
        code_point = (code_point << 6) | (static_cast<unsigned char>(at[i]) & 0x3Fu);
    }
    if (!is_shortest_form(code_point, length)) return {replacement, 1};
    return {code_point, length};
}

Decoded decode_before(const char* begin, const char* at) noexcept {
    const char* start = at - 1;
    while (start > begin && at - start < 4 && is_continuation(*start)) --start;
    const Decoded decoded = decode(start, at);
    if (start + decoded.length == at) return decoded;
    return {replacement, 1};
}

std::size_t count(std::string_view text) noexcept {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

void append(std::string& out, char32_t c) {
    std::array<char, longest_character> bytes{};
    out.append(bytes.data(), put(bytes.data(), c));
}

std::u32string to_code_points(std::string_view text) {
    std::u32string out;
    const char* end = text.data() + text.size();
    for (const char* at = text.data(); at < end;) {
        const Decoded decoded = decode(at, end);
        out += decoded.code_point;
        at += decoded.length;
    }
    return out;
}

std::string_view clip(std::string_view text, std::size_t limit) noexcept {
    if (text.size() <= limit) return text;
    while (limit > 0 && is_continuation(text[limit])) --limit;
    return text.substr(0, limit);
}

}  // namespace aria_focus::core::text::utf8
