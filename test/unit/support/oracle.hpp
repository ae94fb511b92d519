// The naive oracle: keyword hits computed straight from the rules, position by position, entry by
// entry, character by character. It shares nothing with the matcher but the character tables, which
// have tests of their own.
#pragma once

#include "core/match/keyword_list.hpp"
#include "core/text/unicode.hpp"
#include "support/naive_letters.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

// True if a word boundary lies before letter `at`: at the ends of the text, where a letter, digit
// or mark meets something else, and beside a character of a script written without spaces.
inline bool oracle_boundary(const Letters& message, std::size_t at) {
    if (at == 0 || at == message.size()) return true;
    return !(message[at - 1].joins && message[at].joins);
}

// True if no cluster and no flag goes on over letter `at`.
inline bool oracle_edge(const Letters& message, std::size_t at) {
    return at == message.size() || message[at].is_edge;
}

// True if a keyword of these letters must start at a boundary.
inline bool needs_start(std::u32string_view letters, core::match::Match match) {
    return match != core::match::Match::fragment && core::text::unicode::is_word(letters.front());
}

// True if it must end at a boundary.
inline bool needs_end(std::u32string_view letters, core::match::Match match) {
    if (!core::text::unicode::is_word(letters.back())) return false;
    if (match == core::match::Match::word) return true;
    if (match != core::match::Match::automatic) return false;
    std::size_t base = letters.size() - 1;
    while (base > 0 && core::text::unicode::is_mark(core::text::unicode::fold(letters[base])))
        --base;
    return letters.size() <= 3 && !core::text::unicode::is_hangul(letters[base]);
}

// An entry ready to be tried.
struct OracleKeyword {
    std::u32string letters;
    bool start;  // at a boundary
    bool end;
    bool bounded;
};

// Makes it ready.
inline OracleKeyword oracle_keyword(const OracleEntry& entry, bool bounded) {
    if (!bounded) return {entry.text, false, false, false};
    std::u32string letters = keyword_letters(entry.text);
    const bool start = needs_start(letters, entry.match);
    const bool end = needs_end(letters, entry.match);
    return {std::move(letters), start, end, true};
}

// Where what a space of a keyword stands for ends; nothing if there is no such thing at `at`.
inline std::optional<std::size_t> oracle_space_end(const Letters& message, std::size_t at) {
    if (!message[at].is_white_space) {
        const bool is_between =
            at > 0 && at + 1 < message.size() && message[at - 1].is_word && message[at + 1].is_word;
        const bool stands_for_space =
            is_between && message[at].character == U'-' && !message[at].is_dash;
        return stands_for_space ? std::optional(at + 1) : std::nullopt;
    }
    while (at < message.size() && message[at].is_white_space) ++at;
    return at;
}

// Where the keyword's letters end if they stand at `at`, boundaries aside. A space takes all white
// space there is: what follows it in a keyword is none, so no shorter run could do.
inline std::optional<std::size_t> oracle_end(const OracleKeyword& keyword, const Letters& message,
                                             std::size_t at) {
    for (const char32_t wanted : keyword.letters) {
        if (at == message.size()) return std::nullopt;
        if (keyword.bounded && wanted == U' ') {
            const auto end = oracle_space_end(message, at);
            if (!end) return std::nullopt;
            at = *end;
        } else {
            if (!same_letter(wanted, message[at].character)) return std::nullopt;
            ++at;
        }
    }
    return at;
}

// Where the keyword ends if it holds at `at`.
inline std::optional<std::size_t> oracle_match(const OracleKeyword& keyword, const Letters& message,
                                               std::size_t at) {
    const std::optional<std::size_t> end = oracle_end(keyword, message, at);
    if (!end) return std::nullopt;
    if (!oracle_edge(message, at) || !oracle_edge(message, *end)) return std::nullopt;
    if (keyword.start && !oracle_boundary(message, at)) return std::nullopt;
    if (keyword.end && !oracle_boundary(message, *end)) return std::nullopt;
    return end;
}

// The letters of a message.
inline Letters oracle_letters(std::u32string_view message, bool bounded) {
    return bounded ? letters_of(message) : plain_letters_of(message);
}

// All hits of one list: leftmost first, the entry listed first, no overlap.
inline std::vector<OracleHit> oracle_hits(const OracleList& list, std::u32string_view message,
                                          bool bounded) {
    const Letters letters = oracle_letters(message, bounded);
    std::vector<OracleKeyword> keywords;
    for (const OracleEntry& entry : list) keywords.push_back(oracle_keyword(entry, bounded));
    std::vector<OracleHit> hits;
    for (std::size_t at = 0, next = 1; at < letters.size(); at = next) {
        next = at + 1;
        for (std::size_t entry = 0; entry < keywords.size(); ++entry) {
            const auto end = oracle_match(keywords[entry], letters, at);
            if (!end) continue;
            hits.push_back({entry, letters[at].begin, letters[*end - 1].end});
            next = *end;
            break;
        }
    }
    return hits;
}

}  // namespace aria_focus::test
