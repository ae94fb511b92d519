#include "core/prefix_filter.hpp"

#include "core/unicode.hpp"
#include "core/utf8.hpp"
#include "core/window.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace aria_focus::core {

namespace {

constexpr std::uint64_t ones = 0x0101010101010101u;
constexpr std::uint64_t highs = 0x80 * ones;
constexpr std::uint64_t lows = 0x7F * ones;

// Beyond this many, comparing with each first byte costs more than it saves.
constexpr std::size_t most_first_bytes = 4;

// Eight bytes of a message, the first in the lowest place; zeros behind its end.
std::uint64_t load_word(const char* begin, const char* at, const char* end) noexcept {
    std::uint64_t word = 0;
    if (end - at >= 8) {
        std::memcpy(&word, at, 8);
    } else if (end - begin >= 8) {
        // A copy of unknown length would be a call: read the last eight bytes and shift.
        std::memcpy(&word, end - 8, 8);
        const auto gone = static_cast<unsigned>(8 - (end - at));
        if constexpr (std::endian::native == std::endian::big)
            return __builtin_bswap64(word) >> 8 * gone;
        return word >> 8 * gone;
    } else {
        std::memcpy(&word, at, static_cast<std::size_t>(end - at));
    }
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
}

// Bit 7 of every byte that lies in [first, last], both ASCII; `low` has no bit 7 set.
constexpr std::uint64_t in_range(std::uint64_t low, unsigned first, unsigned last) noexcept {
    return (low + (0x80 - first) * ones) & ~(low + (0x7F - last) * ones) & highs;
}

// Bit 7 of every byte that is an ASCII letter or digit.
constexpr std::uint64_t word_bytes(std::uint64_t word) noexcept {
    const std::uint64_t low = word & lows;
    return (in_range(low | 0x20 * ones, 'a', 'z') | in_range(low, '0', '9')) & ~word;
}

// Bit 7 of every byte that is 0.
constexpr std::uint64_t zero_bytes(std::uint64_t word) noexcept {
    return ~(((word & lows) + lows) | word) & highs;
}

// True for an ASCII letter or digit.
constexpr bool is_word_byte(char byte) noexcept {
    return (word_bytes(static_cast<unsigned char>(byte)) & 0x80) != 0;
}

// Case aside; other characters that this makes equal only pass a filter.
constexpr std::uint32_t fold_window(std::uint32_t window) noexcept {
    return window | 0x20202020u;
}

// The first byte of a character in UTF-8, and the next, if it has one.
struct LeadBytes {
    unsigned first;
    int second;  // -1: the character is one byte long
};

// How a character starts in UTF-8.
LeadBytes lead_bytes(char32_t character) {
    std::string bytes;
    utf8::append(bytes, character);
    return {static_cast<unsigned char>(bytes[0]),
            bytes.size() > 1 ? static_cast<unsigned char>(bytes[1]) : -1};
}

}  // namespace

PrefixFilter::PrefixFilter(std::size_t keywords) {
    // Sixteen bits a keyword keep the share of false alarms low; the cache of a processor ends near 2^22.
    const std::size_t bits = std::bit_ceil(std::clamp<std::size_t>(keywords * 16, 65536, 1u << 22));
    grams_.assign(bits / 64, 0);
    shift_ = 32 - static_cast<unsigned>(std::countr_zero(bits));
}

void PrefixFilter::add(std::u32string_view folded, Edges edges, Semantics semantics) {
    constexpr std::size_t short_keyword = 2;
    add_pairs(pairs_, folded, semantics);
    if (folded.size() <= short_keyword) {
        add_pairs(short_pairs_, folded, semantics);
    } else {
        add_grams(folded, edges, semantics);
    }
    if (!edges.start) add_anywhere(folded);
}

void PrefixFilter::add_grams(std::u32string_view folded, Edges edges, Semantics semantics) {
    std::uint32_t gram = 0;
    unsigned length = 0;
    for (; length < 4 && length < folded.size(); ++length) {
        const char32_t character = folded[length];
        // Such a window is asked by its first two bytes.
        if (character >= 0x80) return;
        gram |= static_cast<std::uint32_t>(character) << (8 * length);
        // More white space may follow, and push the rest out of the window.
        const bool is_run = character == U' ' && semantics == Semantics::bounded;
        if (is_run && length < 3) {
            add_open_gram(gram | 0x20u << (8 * (length + 1)), 2 - length, false);
        }
    }
    add_open_gram(gram, 4 - length, edges.end);
}

void PrefixFilter::add_open_gram(std::uint32_t gram, unsigned open, bool closed) {
    if (open == 0) {
        const std::size_t at = slot(fold_window(gram));
        grams_[at / 64] |= std::uint64_t{1} << (at % 64);
        return;
    }
    const unsigned place = 8 * (4 - open);
    for (std::uint32_t next = 0x20; next < 0x80; ++next) {
        if (closed && open == 1 && is_word_byte(static_cast<char>(next))) continue;
        add_open_gram(gram | next << place, open - 1, closed);
    }
}

void PrefixFilter::add_pairs(std::bitset<65536>& pairs, std::u32string_view folded,
                             Semantics semantics) const {
    // White space has these first bytes: ASCII; NEL and NBSP; Ogham; punctuation; ideographic.
    static constexpr unsigned char white_space[] = {0x09, 0x0A, 0x0B, 0x0C, 0x0D,
                                                    0x20, 0xC2, 0xE1, 0xE2, 0xE3};
    for (const char32_t variant : unicode::variants(folded.front())) {
        const LeadBytes lead = lead_bytes(variant);
        if (lead.second >= 0) {
            pairs.set(lead.first | static_cast<unsigned>(lead.second) << 8);
        } else if (folded.size() == 1) {
            for (unsigned next = 0; next < 256; ++next) pairs.set(lead.first | next << 8);
        } else if (folded[1] == U' ' && semantics == Semantics::bounded) {
            for (const unsigned next : white_space) pairs.set(lead.first | next << 8);
        } else {
            for (const char32_t next : unicode::variants(folded[1])) {
                pairs.set(lead.first | lead_bytes(next).first << 8);
            }
        }
    }
}

void PrefixFilter::add_anywhere(std::u32string_view folded) {
    for (const char32_t variant : unicode::variants(folded.front())) {
        const std::uint64_t pattern = lead_bytes(variant).first * ones;
        if (std::find(anywhere_.begin(), anywhere_.end(), pattern) == anywhere_.end()) {
            anywhere_.push_back(pattern);
        }
    }
    every_position_ = every_position_ || anywhere_.size() > most_first_bytes;
    if (every_position_) anywhere_.clear();
}

std::uint64_t PrefixFilter::starts(std::uint64_t word, bool after_word) const noexcept {
    if (every_position_) return highs;
    const std::uint64_t words = word_bytes(word);
    const std::uint64_t after = words << 8 | (after_word ? 0x80u : 0u);
    const std::uint64_t non_ascii =
        word & word << 1 & highs;  // first bytes, not the following ones
    std::uint64_t found = (words & ~after) | non_ascii;
    for (const std::uint64_t pattern : anywhere_) found |= zero_bytes(word ^ pattern);
    return found;
}

bool PrefixFilter::may_start(const char* at, const char* end) const noexcept {
    const unsigned first = static_cast<unsigned char>(at[0]);
    const unsigned pair =
        end - at < 2 ? first
                     : first | static_cast<unsigned>(static_cast<unsigned char>(at[1])) << 8;
    if (end - at < 4) return pairs_[pair];
    const std::uint32_t window = load_window(at);
    if (is_unusual(window)) return pairs_[pair];
    const std::size_t gram = slot(fold_window(window));
    return (grams_[gram / 64] >> (gram % 64) & 1) != 0 || short_pairs_[pair];
}

const char* PrefixFilter::find(const char* begin, const char* at, const char* stop,
                               const char* end) const noexcept {
    for (; at < stop; at += 8) {
        const bool after_word = at > begin && is_word_byte(at[-1]);
        std::uint64_t found = starts(load_word(begin, at, end), after_word);
        for (; found != 0; found &= found - 1) {
            const char* const candidate = at + std::countr_zero(found) / 8;
            if (candidate >= stop) return stop;
            if (may_start(candidate, end)) return candidate;
        }
    }
    return stop;
}

}  // namespace aria_focus::core
