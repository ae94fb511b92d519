// The built-in word lists: closed classes and fixed formulas of English, one file a list. They are keyword
// lists like any other, of whole words, compiled into one matcher; an entry may ask for a place in addition.
// Of two entries where one begins with the other the longer one is listed first: the first listed counts.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/metric.hpp"
#include "core/match/matcher.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace aria_focus::core::contract {

// Where a hit counts.
enum class Place : std::uint8_t {
    anywhere,
    sentence,  // at the start of a sentence only
    small,     // only with a small first letter: "may" and not "May"
    never,     // an exception: what it covers is no hit of its list ("kind of database")
};

struct LexiconEntry {
    std::string_view keyword;  // lower case; ' stands for both kinds of apostrophe
    std::string_view suggestion = {};
    Place place = Place::anywhere;
};

struct Lexicon {
    Metric metric;
    std::string_view name;
    std::string_view language;
    std::span<const LexiconEntry> entries;
};

inline constexpr match::Match lexicon_match = match::Match::word;

// Each list stands in a file of its own.
extern const Lexicon contractions, slang, hedges, vague_quantifiers, intensifiers, hype, emotive,
    harsh, wordy, pleasantries, filler_openers, courtesy, connectives, temporal, interjections,
    person;

inline constexpr std::size_t lexicon_count = 16;
// All of them, in the order of their metrics.
const std::array<const Lexicon*, lexicon_count>& all_lexicons() noexcept;

// The list of a name; null if there is none.
const Lexicon* lexicon_of(std::string_view name) noexcept;

// All lists compiled; made once, read by everybody.
class LexiconMatcher {
  public:
    explicit LexiconMatcher(Ticker& ticker);

    // The lists, in the order of all_lexicons().
    const match::Matcher& matcher() const noexcept { return matcher_; }
    // The entry of a hit.
    const LexiconEntry& entry(std::uint32_t at) const noexcept { return *entries_[at]; }

  private:
    std::vector<const LexiconEntry*> entries_;  // by the matcher's entries
    match::Matcher matcher_;
};

}  // namespace aria_focus::core::contract
