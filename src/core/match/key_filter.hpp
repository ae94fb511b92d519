// The key filter: rejects positions of a message at which no keyword can start.
//
// A keyword's key is its first six folded bytes (a long key), or its first four where it has four or
// five, or all of it where it is a shorter word (a short key). A bit set over fingerprints of keys says
// "no" or "perhaps" of each position where a word starts, asked for its first six bytes, and for its
// first four or the word alone where that is shorter. Two kinds of keywords need more:
//
//   - those that may start elsewhere (fragments, "#tag"): positions with their first bytes are asked
//     as well, or, where these are many, all positions;
//   - those of less than six bytes that start with less than four letters, but are no word ("c++",
//     "to-do", a fragment "ai"): a message does not show where their key ends. Their first bytes, three
//     at most, are an *open* key: asked for in bit sets of their own, looked up by each size there is.
//
// "Perhaps" costs a look into the trie; "no" is always right.
#pragma once

#include "core/base/core_only.hpp"
#include "core/match/kernel.hpp"
#include "core/match/keyword_list.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace aria_focus::core::match {

// What a keyword is looked up by.
struct Key {
    std::uint64_t bytes;  // the first one lowest, zeros behind the last
    bool open;
};

// The key of a keyword: its characters, and what they are folded in UTF-8.
Key key_of(std::u32string_view characters, std::string_view folded, Edges edges) noexcept;

class KeyFilter {
  public:
    // Makes room for about so many keywords; add() comes after.
    explicit KeyFilter(std::size_t keywords = 0);

    // Lets the positions pass at which a keyword may start.
    void add(const Key& key, Edges edges);

    // What the kernel asks; refers to this filter, which stays.
    KeyProbe probe() const noexcept;

    // True if there are open keys of this size, 1 to 3.
    bool has_open(unsigned size) const noexcept { return (open_sizes_ >> size & 1) != 0; }

    // Bytes of memory.
    std::size_t memory() const noexcept {
        return keys_.capacity() * sizeof(std::uint32_t) +
               open_keys_.capacity() * sizeof(std::uint64_t);
    }

  private:
    // Beyond this many, comparing with each first byte costs more than it saves.
    static constexpr unsigned most_first_bytes = 4;

    // Lets the positions of an open key pass.
    void add_open(const Key& key);
    // Lets keywords start wherever this byte is.
    void add_first_byte(std::uint8_t byte);

    std::vector<std::uint32_t> keys_;
    unsigned shift_;
    std::vector<std::uint64_t> open_keys_;  // empty without open keywords
    std::array<std::uint8_t, 256> open_bytes_{};
    unsigned open_sizes_ = 0;  // bit by size
    std::array<std::uint8_t, most_first_bytes> first_bytes_{};
    unsigned first_byte_count_ = 0;
    bool every_position_ = false;
};

}  // namespace aria_focus::core::match
