// Closed sets of English words with a few bits each: a hash table that is built by the compiler.
//
// Words are looked up in lower case. The hash is computed letter by letter, so that whoever walks over a
// word anyway has it for nothing.
#pragma once

#include "core/base/core_only.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace aria_focus::core::contract {

// The hash of a word grows by one letter at a time (FNV-1a, G. Fowler, L. C. Noll, K.-P. Vo).
inline constexpr std::uint32_t hash_start = 2166136261U;
constexpr std::uint32_t hash_step(std::uint32_t hash, char letter) noexcept {
    return (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
}

// The hash of a whole word.
constexpr std::uint32_t hash_of(std::string_view word) noexcept {
    std::uint32_t hash = hash_start;
    for (const char letter : word) hash = hash_step(hash, letter);
    return hash;
}

// Words separated by single spaces, all of one class.
struct WordsOfClass {
    std::uint32_t classes;
    std::string_view words;
};

// Room for `capacity` words, a power of two and more than all words.
template <std::size_t capacity>
class WordTable {
  public:
    // Takes all words; one that stands in several classes gets the bits of all.
    template <std::size_t rows>
    constexpr explicit WordTable(const std::array<WordsOfClass, rows>& groups) {
        for (const WordsOfClass& group : groups) {
            std::string_view rest = group.words;
            while (!rest.empty()) {
                const std::size_t size =
                    rest.find(' ') < rest.size() ? rest.find(' ') : rest.size();
                add(rest.substr(0, size), group.classes);
                rest.remove_prefix(size < rest.size() ? size + 1 : size);
            }
        }
    }

    // The bits of a word in lower case, by its hash; 0 for a word that is in no class.
    constexpr std::uint32_t find(std::string_view word, std::uint32_t hash) const noexcept {
        std::size_t at = place(hash);
        while (!slots_[at].word.empty()) {
            if (slots_[at].hash == hash && slots_[at].word == word) return slots_[at].classes;
            at = (at + 1) % capacity;
        }
        return 0;
    }
    // The same, where nobody has the hash yet.
    constexpr std::uint32_t find(std::string_view word) const noexcept {
        return find(word, hash_of(word));
    }
    // How many words there are.
    constexpr std::size_t size() const noexcept { return size_; }

  private:
    static_assert((capacity & (capacity - 1)) == 0);
    struct Slot {
        std::string_view word;
        std::uint32_t hash = 0;  // of the word: most others differ in it
        std::uint32_t classes = 0;
    };

    // Where the search for a hash begins.
    static constexpr std::size_t place(std::uint32_t hash) noexcept {
        return (hash ^ (hash >> 15)) % capacity;
    }
    // Adds a word, or bits to one that is there.
    constexpr void add(std::string_view word, std::uint32_t classes) {
        std::size_t at = place(hash_of(word));
        while (!slots_[at].word.empty() && slots_[at].word != word) at = (at + 1) % capacity;
        size_ += slots_[at].word.empty() ? 1 : 0;
        slots_[at].word = word;
        slots_[at].hash = hash_of(word);
        slots_[at].classes |= classes;
    }

    std::array<Slot, capacity> slots_{};
    std::size_t size_ = 0;
};

}  // namespace aria_focus::core::contract
