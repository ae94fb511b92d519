// The naive oracle: keyword hits computed straight from the rules, position by position, entry by
// entry, character by character. It shares nothing with the matcher but the character tables, which
// have tests of their own.
#pragma once

#include "core/match/keyword_list.hpp"
#include "core/text/unicode.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::test {

// A keyword as its author wrote it, case and all.
struct OracleEntry {
    std::u32string text;
    core::match::Match match = core::match::Match::automatic;
    std::int32_t weight = 1000;  // thousandths
};

using OracleList = std::vector<OracleEntry>;

// A counted hit; positions are characters of the message.
struct OracleHit {
    std::size_t entry;
    std::size_t begin;
    std::size_t end;
};

// True for two characters that differ in case at most.
inline bool same_letter(char32_t a, char32_t b) {
    return core::text::unicode::fold(a) == core::text::unicode::fold(b);
}

// True if a word boundary lies before character `at`: at the ends of the text, where a letter, digit
// or mark meets something else, and beside a character of a script written without spaces.
inline bool oracle_boundary(std::u32string_view message, std::size_t at) {
    if (at == 0 || at == message.size()) return true;
    const char32_t left = message[at - 1];
    const char32_t right = message[at];
    if (core::text::unicode::is_spaceless(left) || core::text::unicode::is_spaceless(right))
        return true;
    return core::text::unicode::is_word(left) != core::text::unicode::is_word(right);
}

// True if the keyword must start at a boundary.
inline bool needs_start(const OracleEntry& entry) {
    if (entry.match == core::match::Match::fragment) return false;
    return core::text::unicode::is_word(entry.text.front());
}

// True if the keyword must end at a boundary.
inline bool needs_end(const OracleEntry& entry) {
    const char32_t last = entry.text.back();
    if (!core::text::unicode::is_word(last)) return false;
    if (entry.match == core::match::Match::word) return true;
    if (entry.match != core::match::Match::automatic) return false;
    return entry.text.size() <= 3 && !core::text::unicode::is_hangul(last);
}

// Where the keyword's characters end if they stand at `at`, boundaries aside. A space takes all white
// space there is: what follows it in a keyword is none, so no shorter run could do.
inline std::optional<std::size_t> oracle_end(const OracleEntry& entry, std::u32string_view message,
                                             std::size_t at, bool bounded) {
    for (const char32_t wanted : entry.text) {
        if (at == message.size()) return std::nullopt;
        if (bounded && wanted == U' ') {
            if (!core::text::unicode::is_white_space(message[at])) return std::nullopt;
            while (at < message.size() && core::text::unicode::is_white_space(message[at])) ++at;
        } else {
            if (!same_letter(wanted, message[at])) return std::nullopt;
            ++at;
        }
    }
    return at;
}

// Where the entry ends if it holds at `at`.
inline std::optional<std::size_t> oracle_match(const OracleEntry& entry,
                                               std::u32string_view message, std::size_t at,
                                               bool bounded) {
    const std::optional<std::size_t> end = oracle_end(entry, message, at, bounded);
    if (!end || !bounded) return end;
    if (needs_start(entry) && !oracle_boundary(message, at)) return std::nullopt;
    if (needs_end(entry) && !oracle_boundary(message, *end)) return std::nullopt;
    return end;
}

// The first-listed entry that holds at `at`, as a hit.
inline std::optional<OracleHit> oracle_hit_at(const OracleList& list, std::u32string_view message,
                                              std::size_t at, bool bounded) {
    for (std::size_t entry = 0; entry < list.size(); ++entry) {
        const auto end = oracle_match(list[entry], message, at, bounded);
        if (end) return OracleHit{entry, at, *end};
    }
    return std::nullopt;
}

// All hits of one list: leftmost first, the entry listed first, no overlap.
inline std::vector<OracleHit> oracle_hits(const OracleList& list, std::u32string_view message,
                                          bool bounded) {
    std::vector<OracleHit> hits;
    for (std::size_t at = 0; at < message.size();) {
        const auto hit = oracle_hit_at(list, message, at, bounded);
        at = hit ? hit->end : at + 1;
        if (hit) hits.push_back(*hit);
    }
    return hits;
}

}  // namespace aria_focus::test
