#include "core/profile/keyword_patterns.hpp"

#include "core/text/unicode.hpp"

#include <algorithm>
#include <cstddef>

namespace aria_focus::core::profile {

namespace {

using text::unicode::is_word;

// An ASCII digit.
constexpr bool is_digit(char32_t c) noexcept {
    return c >= U'0' && c <= U'9';
}

// A letter or mark.
bool is_letter(char32_t c) noexcept {
    return is_word(c) && !is_digit(c);
}

// Digits alone, with points and commas between them: "2024", "3.14", "1,000".
bool is_number(std::u32string_view text) noexcept {
    return is_digit(text.front()) && is_digit(text.back()) &&
           std::all_of(text.begin(), text.end(),
                       [](char32_t c) { return is_digit(c) || c == U'.' || c == U','; });
}

// A class of regular expressions that no letter follows: "\b", "\d+". LaTeX's "\begin" is none.
bool has_class(std::u32string_view text) noexcept {
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        const bool is_class =
            text[at] == U'\\' && std::u32string_view(U"bdsw").find(text[at + 1]) != text.npos;
        if (is_class && (at + 2 == text.size() || !is_word(text[at + 2]))) return true;
    }
    return false;
}

// "/x/i": one pair of slashes and a flag or two behind it; "/etc/" and "/usr/bin" are paths.
bool is_slashed(std::u32string_view text) noexcept {
    if (text.front() != U'/') return false;
    const std::size_t end = text.find(U'/', 1);
    if (end == text.npos || end == 1) return false;
    const std::u32string_view flags = text.substr(end + 1);
    return (flags.size() == 1 || (flags.size() == 2 && flags[0] != flags[1])) &&
           flags.find_first_not_of(U"gimsuxy") == flags.npos;
}

// "a|b": a word on both sides of a bar.
bool has_alternatives(std::u32string_view text) noexcept {
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        if (text[at] == U'|' && is_word(text[at - 1]) && is_word(text[at + 1])) return true;
    }
    return false;
}

// What only a regular expression would have.
bool is_expression(std::u32string_view text) noexcept {
    const bool is_anchored = text.size() > 1 && text[0] == U'^' && is_word(text[1]);
    return is_anchored || text.find(U".*") != text.npos || text.find(U".+") != text.npos ||
           has_alternatives(text) || has_class(text) || is_slashed(text);
}

// "%x%" and "*x*"; and "pay*", but not the algorithm "a*".
bool is_wildcard(std::u32string_view text) noexcept {
    const std::size_t size = text.size();
    if (size < 3) return false;
    const char32_t last = text.back();
    const bool is_framed = text.front() == last && is_word(text[1]) && is_word(text[size - 2]);
    if (is_framed && (last == U'%' || last == U'*')) return true;
    return last == U'*' && is_letter(text[size - 2]) && is_letter(text[size - 3]);
}

// Stems up to this size are in too many words to be keywords without an end.
constexpr std::ptrdiff_t short_stem = 3;

// How many letters, digits and marks there are.
std::ptrdiff_t letters_in(std::u32string_view text) noexcept {
    return std::count_if(text.begin(), text.end(), [](char32_t c) { return is_word(c); });
}

// Words with a comma, or a semicolon and a space, between them: "a, b", "a,b", "a; b".
bool is_list(std::u32string_view text) noexcept {
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        if ((text[at] != U',' && text[at] != U';') || !is_word(text[at - 1])) continue;
        if (text[at + 1] == U' ') return true;
        if (text[at] == U',' && is_letter(text[at - 1]) && is_letter(text[at + 1])) return true;
    }
    return false;
}

}  // namespace

Risk pattern_risk(std::u32string_view folded) noexcept {
    if (is_number(folded)) {
        return {"is a bare number and hits whatever it counts", "Use a phrase that says of what."};
    }
    if (is_expression(folded)) {
        return {"looks like a regular expression, but a keyword is literal text",
                "Write the words themselves, an entry each; match \"prefix\" lets a word go on."};
    }
    if (is_wildcard(folded)) {
        return {
            "looks like a wildcard, but a keyword is literal text",
            letters_in(folded) > short_stem
                ? "Leave the signs out and say match \"prefix\" or \"fragment\"."
                : "Write the words themselves, an entry each: so few letters are in many words."};
    }
    if (is_list(folded)) {
        return {"looks like several in one string, and hits only where a message has all of it",
                "Write an entry each."};
    }
    return {};
}

}  // namespace aria_focus::core::profile
