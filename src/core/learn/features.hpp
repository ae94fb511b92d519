// What a message can be told by: words, prefixes of words, phrases of two words. Each is the text of a
// keyword that could stand in a list, so that whatever is learned can be written down as one.
//
//   "pay the bill"   words     bill  pay  the
//                    prefixes  bil (3 to 6 characters, shorter than the word)
//                    phrases   "pay the"  "the bill"
//
// Features have numbers: words first, then prefixes, then phrases.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/corpus.hpp"
#include "core/learn/sparse_rows.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aria_focus::core::learn {

enum class FeatureKind : std::uint8_t { word, prefix, phrase };

struct Feature {
    FeatureKind kind;
    match::Joint joint;   // of a phrase
    std::uint32_t word;   // the word; one that begins with the prefix; the first one of the phrase
    std::uint32_t other;  // bytes of the prefix; second word of the phrase
    std::uint32_t rows;   // that have it: document frequency
};

class FeatureSpace {
  public:
    // Says of a row whether it counts.
    using IsCounted = std::function<bool(std::size_t)>;

    // The features that at least `least` of the counted rows have. The corpus outlives this.
    FeatureSpace(const Corpus& corpus, std::uint32_t least, const IsCounted& is_counted,
                 Ticker& ticker);

    // How many there are; which are prefixes, which phrases.
    std::size_t size() const noexcept { return features_.size(); }
    std::uint32_t first_prefix() const noexcept { return first_prefix_; }
    std::uint32_t first_phrase() const noexcept { return first_phrase_; }
    const Feature& operator[](std::size_t feature) const noexcept { return features_[feature]; }

    // A word of the corpus.
    std::string_view word(std::uint32_t index) const noexcept { return corpus_->words()[index]; }
    // The text of a feature, as a keyword has it.
    std::string text(std::size_t feature) const;
    // True if the text of a goes before that of b, by bytes.
    bool text_before(std::size_t a, std::size_t b) const;

    // What a word has: its prefixes from the shortest on, then itself.
    std::span<const std::uint32_t> of_word(std::uint32_t word) const noexcept {
        return of_words_[word];
    }

    // Appends to a row what a message has: words and prefixes, each once.
    void add_words(std::span<const Token> tokens, SparseRows& rows);
    // Appends the entry that hits each word, where one does, each once; `hitters` has it by word.
    void add_hits(std::span<const Token> tokens, std::span<const std::uint32_t> hitters,
                  SparseRows& rows);
    // Appends the phrase of each two neighbours, in order; `none` where they have none.
    void add_pairs(std::span<const Token> tokens, SparseRows& pairs) const;
    // Appends phrases out of a row of pairs, each once.
    void add_phrases(std::span<const std::uint32_t> pairs, SparseRows& rows);
    // Appends those that hits of a list would count if it had the `listed` ones (by feature): leftmost
    // first, without overlap.
    void add_counted_phrases(std::span<const std::uint32_t> pairs,
                             const std::vector<std::uint8_t>& listed, SparseRows& rows);

    // Bytes of memory that it takes.
    std::size_t memory() const noexcept;

    static constexpr std::uint32_t none = 0xFFFFFFFF;

  private:
    // Numbers the words and prefixes that are frequent enough.
    void find_words(std::uint32_t least, const IsCounted& is_counted, Ticker& ticker);
    // Numbers the phrases.
    void find_phrases(std::uint32_t least, const IsCounted& is_counted, Ticker& ticker);
    // For each word the numbers of all its prefixes, before any is dropped; returns how many there are.
    std::uint32_t number_prefixes(SparseRows& prefixes, std::vector<Feature>& all) const;
    // The phrase of two neighbours, or none.
    std::uint32_t phrase_of(Token first, Token second) const noexcept;
    // True once for each feature of a row.
    bool is_new(std::uint32_t feature) noexcept {
        return std::exchange(seen_[feature], row_) != row_;
    }

    const Corpus* corpus_;
    std::vector<Feature> features_;
    std::uint32_t first_prefix_ = 0;
    std::uint32_t first_phrase_ = 0;
    SparseRows of_words_;
    std::vector<std::uint64_t> phrase_keys_;  // ascending; by phrase
    std::vector<std::uint64_t> seen_;         // by feature, the row that had it last
    std::uint64_t row_ = 0;
};

}  // namespace aria_focus::core::learn
