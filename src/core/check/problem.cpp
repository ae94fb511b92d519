#include "core/check/problem.hpp"

#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <array>

namespace aria_focus::core::check {

namespace {

// By the order of ProblemCode.
constexpr std::array<std::string_view, 20> code_names = {
    "unknown_key",     "missing",       "bad_type",       "not_in_vocabulary", "out_of_range",
    "blank",           "duplicate",     "too_long",       "bad_format",        "risky_keyword",
    "possible_secret", "large_budget",  "shared_keyword", "shadowed_keyword",  "unreachable",
    "legacy_id",       "idle_fallback", "no_fallback",    "hidden_veto",       "inside_word",
};

// Longer values are cut in messages: the row itself is at hand.
constexpr std::size_t shown_bytes = 120;

// The characters that JSON escapes by a letter, and the letters.
constexpr std::string_view by_letter = "\b\t\n\f\r\"\\";
constexpr std::string_view letters = "btnfr\"\\";

// True for what JSON escapes by its number here: control characters, line and paragraph separators.
bool is_by_number(char32_t c) noexcept {
    return text::unicode::is_control(c) || c == 0x2028 || c == 0x2029;
}

// Appends a backslash, u and four digits.
void append_number(std::string& out, char32_t c) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[(c >> shift) & 0xF];
}

}  // namespace

std::string_view name_of(ProblemCode code) noexcept {
    return code_names[static_cast<std::size_t>(code)];
}

bool is_error(ProblemCode code) noexcept {
    return code < ProblemCode::risky_keyword;
}

std::string_view severity_of(ProblemCode code) noexcept {
    return is_error(code) ? "error" : "warning";
}

std::string escaped(std::string_view text) {
    std::string out;
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const text::utf8::Decoded next = text::utf8::decode(at, end);
        if (const auto letter = by_letter.find(*at); letter != by_letter.npos) {
            out += '\\';
            out += letters[letter];
        } else if (is_by_number(next.code_point)) {
            append_number(out, next.code_point);
        } else {
            out.append(at, next.length);
        }
        at += next.length;
    }
    return out;
}

std::string quoted(std::string_view value) {
    const std::string_view shown = text::utf8::clip(value, shown_bytes);
    std::string out = "\"" + escaped(shown);
    if (shown.size() < value.size()) out += "...";
    out += '"';
    return out;
}

std::string shown_number(std::string_view digits) {
    constexpr std::size_t longest = 24;
    if (digits.size() <= longest) return std::string(digits);
    return std::string(digits.substr(0, longest)) + "...";
}

}  // namespace aria_focus::core::check
