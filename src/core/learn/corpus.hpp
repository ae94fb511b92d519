// Labelled messages as the learner reads them: folded, cut into words, sorted by label and text, equal
// ones once, so that the order in which they came does not matter.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/match/words.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aria_focus::core::learn {

// The number of a profile among those that are learned; `nobody` where a message belongs to none.
using Label = std::uint32_t;
inline constexpr Label nobody = 0xFFFFFFFF;

// One word of a message: its number among the words of the corpus, and its Joint.
struct Token {
    std::uint32_t word : 28;
    std::uint32_t joint : 4;
};

class Corpus {
  public:
    // Takes a message.
    void add(Label label, std::string_view message, Ticker& ticker);
    // Sorts, drops equal rows and reads the words. Nothing is added afterwards.
    void finish(Ticker& ticker);

    // How many rows there are.
    std::size_t size() const noexcept { return rows_.size(); }
    // Whose message a row is; ascending.
    Label label(std::size_t row) const noexcept { return rows_[row].label; }
    // The rows of a label: the first, and the one behind the last.
    std::pair<std::size_t, std::size_t> rows_of(Label label) const noexcept;
    // Its folded text.
    std::string_view text(std::size_t row) const noexcept {
        return std::string_view(arena_).substr(rows_[row].at, rows_[row].size);
    }
    // The message as it came; of equal ones the first by bytes.
    std::string_view message(std::size_t row) const noexcept {
        return std::string_view(messages_).substr(rows_[row].message_at, rows_[row].message_size);
    }
    // Its words.
    std::span<const Token> tokens(std::size_t row) const noexcept {
        return std::span(tokens_).subspan(rows_[row].tokens, rows_[row].token_count);
    }

    // The distinct words of all rows, in the order of their bytes.
    std::span<const std::string_view> words() const noexcept { return words_; }

    // Bytes of memory that it takes.
    std::size_t memory() const noexcept;

  private:
    struct Row {
        std::uint64_t at;  // of its text in the arena
        std::uint32_t size;
        Label label;
        std::uint64_t message_at = 0;  // of the message as it came
        std::uint32_t message_size = 0;
        std::uint64_t tokens = 0;  // its first in tokens_
        std::uint32_t token_count = 0;
    };

    // Reads the words of all rows; their numbers are in the order of first appearance.
    void read_words(Ticker& ticker);
    // Gives the words numbers in the order of their bytes.
    void sort_words();

    match::WordReader reader_;
    std::string arena_;     // folded texts
    std::string messages_;  // as they came
    std::vector<Row> rows_;
    std::vector<Token> tokens_;
    std::vector<std::string_view> words_;  // in the arena
};

}  // namespace aria_focus::core::learn
