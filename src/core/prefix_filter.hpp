// The prefix filter: rejects positions of a message at which no keyword can start.
//
// Two questions, the cheap one first:
//
// 1. May a word start here? Eight bytes at a time, in one 64-bit register (SWAR: H. S. Warren, Hacker's
//    Delight, 2nd ed., ch. 6): a letter or digit after something else, or the first byte of a non-ASCII
//    character. Keywords that need no boundary at their start add their first bytes, or, where these
//    are many, every position.
// 2. Do the next four bytes, case aside, start a keyword? A bit set over hashed 4-grams says no or
//    perhaps. A window with a control character or a non-ASCII byte is asked by its first two bytes
//    instead, for which every way to write a keyword was put in; so are the last three positions.
//    Keywords of one or two characters have a bit set of their own.
//
// "Perhaps" costs a walk down the trie; "no" is always right.
#pragma once

#include "core/core_only.hpp"
#include "core/keyword_list.hpp"

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

namespace aria_focus::core {

// How the text of a keyword is read.
enum class Semantics : std::uint8_t {
    bounded,  // boundaries as `match` says; a space stands for a run of white space
    plain,    // every entry a fragment, a space is a space
};

class PrefixFilter {
  public:
    // Makes room for about so many keywords; add() comes after.
    explicit PrefixFilter(std::size_t keywords = 0);

    // Lets the positions pass at which a keyword may start.
    void add(std::u32string_view folded, Edges edges, Semantics semantics);

    // The first position in [at, stop) that may start a keyword of a message [begin, end); stop if none.
    const char* find(const char* begin, const char* at, const char* stop,
                     const char* end) const noexcept;

    // Bytes of memory.
    std::size_t memory() const noexcept { return grams_.capacity() * sizeof(std::uint64_t); }

  private:
    // Adds the 4-grams that a keyword of three characters or more may start with.
    void add_grams(std::u32string_view folded, Edges edges, Semantics semantics);
    // Adds a 4-gram whose last `open` bytes may be anything (but, if `closed`, no letter or digit).
    void add_open_gram(std::uint32_t gram, unsigned open, bool closed);
    // Adds the first two bytes of every way to write a keyword.
    void add_pairs(std::bitset<65536>& pairs, std::u32string_view folded,
                   Semantics semantics) const;
    // Adds the first byte of every way to write a keyword that may start anywhere.
    void add_anywhere(std::u32string_view folded);
    // Positions among the eight bytes `word` where a keyword may start: bit 7 of each byte.
    std::uint64_t starts(std::uint64_t word, bool after_word) const noexcept;
    // Answers the second question.
    bool may_start(const char* at, const char* end) const noexcept;
    // Where a 4-gram's bit is.
    std::size_t slot(std::uint32_t gram) const noexcept {
        return static_cast<std::size_t>((gram * 0x9E3779B1u) >> shift_);
    }

    std::vector<std::uint64_t> grams_;     // a bit set, its size a power of two
    unsigned shift_;                       // 32 - log2 of its size
    std::bitset<65536> pairs_;             // of all keywords
    std::bitset<65536> short_pairs_;       // of those of one or two characters
    std::vector<std::uint64_t> anywhere_;  // first bytes, each repeated eight times
    bool every_position_ = false;          // instead, where there are too many
};

}  // namespace aria_focus::core
