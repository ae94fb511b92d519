// When an entry of a keyword list never counts, straight from the rules.
#pragma once

#include "core/text/unicode.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace aria_focus::test {

// The rule: `by` stands earlier, is a prefix, starts at least as freely, and ends anywhere or at a
// boundary inside the entry, or is the same and ends as freely. It ends where what follows in the entry is no
// mark, nor what has marks in its case class.
inline bool shadows(const OracleEntry& by_entry, const OracleEntry& other) {
    const OracleKeyword by = oracle_keyword(by_entry, true);
    const OracleKeyword entry = oracle_keyword(other, true);
    const std::size_t size = by.letters.size();
    if (size > entry.letters.size()) return false;
    if (!same_text(by.letters, std::u32string_view(entry.letters).substr(0, size))) return false;
    if (by.start && !entry.start) return false;
    if (size == entry.letters.size()) return !by.end || entry.end;
    const auto is_indicator = [](char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; };
    const char32_t next = entry.letters[size];
    const bool goes_on = core::text::unicode::extends(next) || same_letter(next, 0x345) ||
                         (is_indicator(next) && is_indicator(entry.letters[size - 1]));
    // Of marks without a base nothing is known: they say nothing of a boundary behind them.
    const auto front = entry.letters.begin();
    const bool is_bare = std::all_of(front, front + static_cast<std::ptrdiff_t>(size),
                                     [](char32_t c) { return core::text::unicode::is_mark(c); });
    const bool is_apart =
        !core::text::unicode::is_mark(next) &&
        (!core::text::unicode::is_word(next) || core::text::unicode::is_spaceless(next));
    const bool has_boundary = is_bare ? is_apart : oracle_boundary(letters_of(entry.letters), size);
    return (!by.end || has_boundary) && !goes_on;
}

}  // namespace aria_focus::test
