// Canonical clusters: a text cut into the smallest pieces that can be brought into NFC one by one.
//
//   text       e  U+0301  U+00AD  x  U+AC00  U+11A8      as somebody typed it
//   clusters   [ e U+0301 ] - [ x ] [ U+AC00 U+11A8 ]    the soft hyphen is not there for the reader
//   NFC        [ U+00E9 ]     [ x ] [ U+AC01 ]
//
// A cluster is a character and all that extends it: what NFC may reorder or compose with something in
// front (combining marks, Hangul vowels and trailing consonants, some vowel signs), and absent characters
// in between. No canonical equivalent of a text has a cluster's edge elsewhere, so that a place between two
// clusters means the same in every spelling. (Unicode Standard Annex 15, section 9; The Unicode Standard 15.0,
// section 3.11, canonical ordering and composition, and 3.12, Hangul.)
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace aria_focus::core::text {

class Cluster {
  public:
    // A longer one, decomposed, is cut: no keyword of 100 characters decomposes to more than 400.
    static constexpr std::size_t most = 512;

    // Reads one: the character at `at` and what extends it, or only the latter where nothing comes before.
    // Returns what follows.
    const char* read(const char* at, const char* end, Ticker& ticker);

    // In NFC, without absent characters; empty where there were only such. Where it was cut: not all.
    std::u32string_view characters() const noexcept { return {characters_.data(), size_}; }
    // True if it was too long to be kept.
    bool is_cut() const noexcept { return is_cut_; }
    // The last character that is no mark; 0 where there is none.
    char32_t last_base() const noexcept { return last_base_; }
    // Where its first character starts and its last one ends, a variation selector behind it included.
    const char* begin() const noexcept { return begin_; }
    const char* end() const noexcept { return end_; }

  private:
    // Takes one more character of the text.
    void add(char32_t c);
    // Adds a decomposed character.
    void push(char32_t c) noexcept;
    // Brings what was added into NFC.
    void normalize() noexcept;
    // Sorts the marks between two characters of class 0.
    void sort_marks(std::size_t first, std::size_t last) noexcept;
    // Composes what can be composed.
    void compose() noexcept;

    std::array<char32_t, most> characters_;
    std::array<std::uint8_t, most> classes_;  // combining classes
    std::size_t size_ = 0;
    bool is_cut_ = false;
    char32_t last_base_ = 0;
    const char* begin_ = nullptr;
    const char* end_ = nullptr;
};

}  // namespace aria_focus::core::text
