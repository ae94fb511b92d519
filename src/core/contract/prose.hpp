// The words, sentences and marks of a text's prose, found in one walk over its masked units.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/hits.hpp"
#include "core/contract/layout.hpp"

#include <cstdint>
#include <vector>

namespace aria_focus::core::contract {

// A maximal run of letters, digits and marks, with apostrophes inside.
struct Word {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t classes;  // bits of word_class, of the word in lower case
};

// How a sentence ends.
enum class Ending : std::uint8_t { open, statement, question };

struct Sentence {
    std::uint32_t begin;
    std::uint32_t end;  // behind the mark that ends it
    std::uint32_t first_word;
    std::uint32_t word_count;
    std::uint32_t unit;
    Ending ending;
};

struct Prose {
    std::vector<Word> words;
    std::vector<Sentence> sentences;  // without those of headings
    // What the language is known by.
    std::uint64_t plain_words = 0;     // that begin with a letter and are no inline code
    std::uint64_t english_words = 0;   // of these the frequent words of English
    std::uint64_t accented_words = 0;  // of these the ones with a letter beyond ASCII
    bool other_script = false;         // a letter outside Latin
};

// Reads all units; counts marks.
Prose read_prose(const Layout& layout, Hits& hits, Ticker& ticker);

// True where the words are English as far as can be seen: at least 0.12 of fifteen words and more are
// frequent ones; shorter texts have no letter outside Latin, and no two words with accents.
bool is_english(const Prose& prose) noexcept;

}  // namespace aria_focus::core::contract
