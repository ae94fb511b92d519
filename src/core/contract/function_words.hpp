// The words that a language cannot do without: by their share a text is known to be English, and by that of
// other large languages' a tokenizer's habits are guessed.
#pragma once

#include "core/base/core_only.hpp"
#include "core/contract/word_table.hpp"

#include <array>
#include <cstdint>

namespace aria_focus::core::contract {

namespace function_word {
inline constexpr std::uint32_t english = 1;  // 88 of the most frequent words of English
inline constexpr std::uint32_t other = 2;    // of Spanish, French, Portuguese, German, Dutch
}  // namespace function_word

inline constexpr std::array<WordsOfClass, 2> function_word_rows = {{
    {function_word::english,
     "the of and to a in is it that for on with as are was be this by at from or an not but have "
     "has "
     "had you we they he she i will can if which their its there would all so do does been were "
     "what "
     "when who more no than into your our his her my me them these those some any could should "
     "because "
     "about only then also just how after such where most many must may now very between through "
     "while "
     "during before"},
    {function_word::other,
     "de la que el en los del las un una por con para les des est le et du une dans pour der die "
     "das "
     "und den ist von zu mit do da os dos em uma um na no het een van te "
     "dat"},
}};
inline constexpr WordTable<512> function_words{function_word_rows};

}  // namespace aria_focus::core::contract
