// Characters that are no words: emojis, status marks, quotation marks, the ends of sentences.
#pragma once

#include "core/base/core_only.hpp"

#include <cstdint>
#include <string_view>

namespace aria_focus::core::contract {

// What a sequence of characters is that starts with a symbol.
enum class Symbol : std::uint8_t { none, emoji, status_mark };

struct SymbolRun {
    Symbol symbol;
    std::uint32_t size;  // bytes of the whole sequence: skin tone, joined emojis, tags of a flag
};

// The symbol that a text beyond ASCII starts with, as one sequence.
SymbolRun symbol_at(std::string_view text) noexcept;

// True for marks that end a sentence: . ! ? and their like in other scripts.
bool ends_sentence(char32_t c) noexcept;
// True for those that need no space behind them.
bool is_wide_end(char32_t c) noexcept;
// True for marks of a question, of an exclamation.
bool is_question_mark(char32_t c) noexcept;
bool is_exclamation_mark(char32_t c) noexcept;
// True for quotation marks and brackets, and for marks of emphasis.
bool is_quote_or_bracket(char32_t c) noexcept;

// True where a character has no place in a text that people read: nobody sees it.
bool is_invisible(char32_t c) noexcept;
// True for bidirectional marks, which are fine in a text with letters written from right to left.
bool is_direction_mark(char32_t c) noexcept;
// True for letters written from right to left.
bool is_right_to_left(char32_t c) noexcept;
// True for letters of scripts whose letters join: Arabic and its like, and those of India.
bool is_joining_script(char32_t c) noexcept;

inline constexpr char32_t zero_width_non_joiner = 0x200C;
inline constexpr char32_t zero_width_joiner = 0x200D;

// True for what an emoji can be.
bool is_pictograph(char32_t c) noexcept;

}  // namespace aria_focus::core::contract
