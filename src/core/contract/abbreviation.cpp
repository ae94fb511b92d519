#include "core/contract/abbreviation.hpp"

#include "core/contract/word_table.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace aria_focus::core::contract {

namespace {

// What must follow for the period to be the abbreviation's own.
constexpr std::uint32_t anything = 1;    // a name, always
constexpr std::uint32_t a_number = 2;    // a digit
constexpr std::uint32_t no_capital = 4;  // anything but a capital letter

constexpr std::array<WordsOfClass, 3> rows = {{
    {anything,
     "dr mr mrs ms mx prof rev hon capt col lt sgt gen sen rep gov pres messrs mme st mt vs cf e.g "
     "i.e viz "
     "al ph.d u.s u.k u.n e.u d.c approx resp incl excl"},
    {a_number,
     "no nos fig figs vol vols pp p sec ch art eq eqs tab ver v c ca jan feb mar apr jun jul aug "
     "sep sept oct nov dec"},
    {no_capital,
     "etc inc ltd co corp dept est min max avg tel ext a.m p.m jr sr ed eds bros assn ca misc "
     "temp"},
}};
constexpr WordTable<256> abbreviations{rows};

// True for ASCII letters.
constexpr bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// True for ASCII capitals.
constexpr bool is_capital(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}
// True for ASCII digits.
constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// The first byte behind white space and opening marks; 0 at the end.
char next_letter(std::string_view rest) noexcept {
    const std::size_t at = rest.find_first_not_of(" \t\n\"'([*_");
    return at == rest.npos ? '\0' : rest[at];
}

// True for the period of an initial: one capital that is no word of its own, between capitalised names.
bool is_initial(std::string_view before, char letter, char next) noexcept {
    if (!is_capital(letter) || letter == 'I' || !is_capital(next)) return false;
    const std::size_t last = before.find_last_not_of(" \n\t");
    if (last == before.npos) return true;
    // "Option A. Next" ends a sentence, "George W. Bush" and "J. R. R. Tolkien" do not.
    if (before[last] == '.') return true;
    std::size_t start = last + 1;
    while (start > 0 && is_letter(before[start - 1])) --start;
    return start <= last && is_capital(before[start]);
}

}  // namespace

bool period_ends(std::string_view text, std::uint32_t begin, std::uint32_t period,
                 std::uint32_t end) noexcept {
    constexpr std::uint32_t longest = 8;
    std::uint32_t start = period;
    while (start > begin && period - start <= longest &&
           (is_letter(text[start - 1]) || text[start - 1] == '.')) {
        --start;
    }
    const std::uint32_t size = period - start;
    if (size == 0 || size > longest) return true;
    if (start > begin &&
        (is_digit(text[start - 1]) || static_cast<unsigned char>(text[start - 1]) >= 0x80)) {
        return true;
    }
    const char next = next_letter(text.substr(period + 1, end - period - 1));
    if (next == '\0') return true;
    if (size == 1 && is_initial(text.substr(begin, start - begin), text[start], next)) return false;
    std::array<char, longest> lower{};
    std::transform(text.begin() + start, text.begin() + period, lower.begin(),
                   [](char c) { return is_capital(c) ? static_cast<char>(c | 0x20) : c; });
    const std::uint32_t kinds = abbreviations.find({lower.data(), size});
    if ((kinds & anything) != 0) return false;
    if ((kinds & a_number) != 0) return !is_digit(next);
    if ((kinds & no_capital) != 0) return is_capital(next);
    return true;
}

}  // namespace aria_focus::core::contract
