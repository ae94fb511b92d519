// A text as the matcher reads it, folded and cut at its word boundaries.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/match/folded_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::match {

// What stands between a word and the word before it. Only neighbours that something joins can make a
// phrase. A hyphen is a space here, since a keyword with a space hits both.
enum class Joint : std::uint8_t { apart, space, apostrophe, slash, ampersand, adjacent };

// What a joint is in the text of a phrase.
std::string_view text_of(Joint joint) noexcept;

// A word of a folded text: a maximal run of letters, digits and marks, or a single character of a
// script that is written without spaces with the marks that belong to its cluster.
struct Word {
    std::string_view text;
    Joint joint;
};

// Reads texts one after the other; its memory stays.
class WordReader {
  public:
    // Appends the text to `out` as the matcher folds it, dashes as U+2014.
    void fold(std::string_view text, std::string& out, Ticker& ticker);

    // The words of a folded text, in order; good until the next call.
    const std::vector<Word>& words(std::string_view folded, Ticker& ticker);

  private:
    // Appends the window where some of its spaces may stand for dashes.
    void append_with_dashes(std::string& out) const;
    // Where the word that starts at `at` ends; `at` where none does.
    static const char* end_of_word(const char* at, const char* end) noexcept;

    FoldedText window_;
    std::vector<Word> words_;
};

}  // namespace aria_focus::core::match
