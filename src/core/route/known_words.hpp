// The words that routing knows, and how many of a message it does not: a message that is full of unknown
// words is likely to be about something else, even if a keyword hits.
//
// A word is known if it is a word of an entry of some list that hits whole words (match auto or word),
// whether or not the entry hits. Prefixes and fragments do not count: they hit in words that nobody knows.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/thousandths.hpp"
#include "core/base/ticker.hpp"
#include "core/match/words.hpp"
#include "core/route/routing.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace aria_focus::core::route {

class KnownWords {
  public:
    KnownWords(const Router& router, Ticker& ticker);
    KnownWords(KnownWords&&) = default;
    KnownWords& operator=(KnownWords&&) = default;
    KnownWords(const KnownWords&) = delete;
    KnownWords& operator=(const KnownWords&) = delete;

    // True for a word that is known; it is folded as match::WordReader does it.
    bool knows(std::string_view word) const { return words_.count(word) != 0; }

    // Bytes of memory that they take.
    std::size_t memory() const noexcept;

  private:
    std::vector<char> arena_;  // a vector, whose bytes stay where they are when it is moved
    std::unordered_set<std::string_view> words_;
};

// Reads messages one after the other; its memory stays.
class UnknownWords {
  public:
    // The unknown words of a message, folded, each occurrence, in order; good until the next call.
    const std::vector<std::string_view>& find(const KnownWords& known, std::string_view message,
                                              Ticker& ticker);

  private:
    match::WordReader reader_;
    std::string folded_;
    std::vector<std::string_view> found_;
};

// What each unknown word of a message costs.
class UnknownPenalty {
  public:
    // Nothing.
    UnknownPenalty() = default;
    // So much for each; the words outlive this.
    UnknownPenalty(const KnownWords& known, Thousandths each) : known_(&known), each_(each) {}

    // True if it changes anything.
    explicit operator bool() const noexcept { return each_.is_positive(); }
    // The words, where it does.
    const KnownWords& known() const noexcept { return *known_; }
    // Of one word.
    Thousandths each() const noexcept { return each_; }
    // What a message loses.
    Thousandths of(std::string_view message, UnknownWords& reader, Ticker& ticker) const;

  private:
    const KnownWords* known_ = nullptr;
    Thousandths each_;
};

// Takes it from the evidence of each tally.
void take(Thousandths penalty, std::span<Tally> tallies) noexcept;

}  // namespace aria_focus::core::route
