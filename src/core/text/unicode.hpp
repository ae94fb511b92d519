// What the matcher knows about characters: case classes and a few properties, from Unicode 15.0.
// Canonical equivalence is in cluster.hpp.
//
// The tables are committed (unicode_tables.inc, made by script/unicode_tables.py), so no answer
// depends on a locale or on a library. "The same letter" is what Python's re.IGNORECASE takes as
// equal, one code point to one: the members of a case class all fold to one canonical member. They
// also agree in every property, so whether a boundary lies somewhere does not depend on case.
//
// Nothing here throws or allocates, and every argument is answered: surrogates and values beyond
// U+10FFFF have no property and fold to themselves.
#pragma once

#include "core/base/core_only.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace aria_focus::core::text::unicode {

// A set of bits, see `property`.
using Properties = std::uint8_t;

namespace property {
inline constexpr Properties word = 1;         // general category L, N or M
inline constexpr Properties spaceless = 2;    // of a script written without spaces
inline constexpr Properties white_space = 4;  // White_Space
inline constexpr Properties control = 8;      // general category Cc
inline constexpr Properties hangul = 16;      // script Hangul
inline constexpr Properties mark = 32;        // general category M
inline constexpr Properties extends =
    64;  // belongs to the cluster in front (cluster.hpp), or is absent
inline constexpr Properties special = 128;  // not in NFC, or spelled otherwise than meant
}  // namespace property

namespace detail {

// ASCII is answered without a call; unicode.cpp proves that the tables agree.
struct Ascii {
    static constexpr char32_t limit = 0x80;
    std::array<std::uint8_t, limit> fold{};
    std::array<Properties, limit> properties{};
};

// True from `first` to `last`, both included.
constexpr bool in_range(char32_t c, char32_t first, char32_t last) noexcept {
    return first <= c && c <= last;
}

// The properties of an ASCII character, by rule.
constexpr Properties ascii_properties(char32_t c) noexcept {
    const bool digit = in_range(c, U'0', U'9');
    const bool letter = in_range(c, U'a', U'z') || in_range(c, U'A', U'Z');
    const bool white_space = in_range(c, 0x09, 0x0D) || c == U' ';
    const bool control = c < 0x20 || c == 0x7F;
    return static_cast<Properties>((digit || letter ? property::word : 0) |
                                   (white_space ? property::white_space : 0) |
                                   (control ? property::control : 0));
}

// Both ASCII tables.
constexpr Ascii make_ascii() noexcept {
    Ascii table;
    for (char32_t c = 0; c < Ascii::limit; ++c) {
        const bool upper = in_range(c, U'A', U'Z');
        table.fold[c] = static_cast<std::uint8_t>(upper ? c + (U'a' - U'A') : c);
        table.properties[c] = ascii_properties(c);
    }
    return table;
}

inline constexpr Ascii ascii = make_ascii();

// fold() by the big tables, for any argument.
char32_t fold_by_table(char32_t c) noexcept;

// properties() by the big tables, for any argument.
Properties properties_by_table(char32_t c) noexcept;

}  // namespace detail

// The canonical member of the character's case class: the ASCII lower-case letter if it has one.
inline char32_t fold(char32_t c) noexcept {
    return c < detail::Ascii::limit ? detail::ascii.fold[c] : detail::fold_by_table(c);
}

// All property bits of a character at once.
inline Properties properties(char32_t c) noexcept {
    return c < detail::Ascii::limit ? detail::ascii.properties[c] : detail::properties_by_table(c);
}

// A letter, digit or mark: general category L, N or M.
inline bool is_word(char32_t c) noexcept {
    return (properties(c) & property::word) != 0;
}

// Of a script written without spaces: Han, Hiragana, Katakana, Bopomofo, Yi, Thai, Lao, Khmer, Myanmar,
// Tai Le, New Tai Lue, Tai Tham, Tai Viet, and the sound and iteration marks of Japanese. A word boundary
// lies on both sides of such a character. A mark has the script of the character that it stands on.
inline bool is_spaceless(char32_t c) noexcept {
    return (properties(c) & property::spaceless) != 0;
}

// White space as everywhere in this project: the property White_Space.
inline bool is_white_space(char32_t c) noexcept {
    return (properties(c) & property::white_space) != 0;
}

// A control character: general category Cc.
inline bool is_control(char32_t c) noexcept {
    return (properties(c) & property::control) != 0;
}

// Of the script Hangul, where particles follow a word without a space.
inline bool is_hangul(char32_t c) noexcept {
    return (properties(c) & property::hangul) != 0;
}

// A mark: general category M.
inline bool is_mark(char32_t c) noexcept {
    return (properties(c) & property::mark) != 0;
}

// Belongs to the cluster in front of it, or is absent.
inline bool extends(char32_t c) noexcept {
    return (properties(c) & property::extends) != 0;
}

// Not there for the reader: the soft hyphen, joiners, controls of direction, variation selectors.
constexpr bool is_absent(char32_t c) noexcept {
    using detail::in_range;
    return c == 0xAD || c == 0x34F || c == 0x61C || in_range(c, 0x180B, 0x180F) ||
           in_range(c, 0x200C, 0x200F) || in_range(c, 0x202A, 0x202E) ||
           in_range(c, 0x2060, 0x2069) || in_range(c, 0xFE00, 0xFE0F) || c == 0xFEFF ||
           in_range(c, 0xE0100, 0xE01EF);
}

// White space in a message, a space in a keyword: so are words divided that are written without spaces.
inline constexpr char32_t zero_width_space = 0x200B;

// A dash that is no hyphen between two words, but a hyphen where a keyword has one.
constexpr bool is_dash(char32_t c) noexcept {
    return c == 0x2014 || c == 0x2015;
}

// A hyphen, a dash or a minus.
constexpr bool is_hyphen(char32_t c) noexcept {
    return c == U'-' || detail::in_range(c, 0x2010, 0x2015) || c == 0x2212 || c == 0xFE58 ||
           c == 0xFE63 || c == 0xFF0D;
}

// An apostrophe, as whoever types it sees it; U+02BB is a letter.
constexpr bool is_apostrophe(char32_t c) noexcept {
    return c == U'\'' || c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0xFF07;
}

// Half of a flag.
constexpr bool is_regional_indicator(char32_t c) noexcept {
    return detail::in_range(c, 0x1F1E6, 0x1F1FF);
}

// The ASCII character that stands for its kin.
constexpr char32_t respelled(char32_t c) noexcept {
    return is_hyphen(c) ? U'-' : is_apostrophe(c) ? U'\'' : c;
}

}  // namespace aria_focus::core::text::unicode
