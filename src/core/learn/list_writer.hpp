// From what features are worth to a keyword list: an entry's weight includes what it hides.
//
// Of the entries that could hit at a place one wins. So that the sum of a message's hits is the sum of what
// its features are worth, the winner carries the worth of all that it hides:
//
//   worth   bill 0.5 (prefix)   billing 0.25 (word)   billing address 0.1 (phrase)   address 0.3 (word)
//   weight  bill 0.5            billing 0.75          billing address 1.15           address 0.3
//
// A word hides its listed prefixes, a prefix its shorter ones, a phrase its words with theirs. For that
// to come true a longer entry stands before its own beginning.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/features.hpp"
#include "core/learn/training.hpp"
#include "core/match/keyword_list.hpp"
#include "core/match/matcher.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace aria_focus::core::learn {

// An entry of a learned list; its weight before scaling and rounding.
struct LearnedEntry {
    std::string text;
    match::Match match;
    double weight;
    bool is_old;
    std::uint32_t source;  // its number among the old entries, or its feature
};

// The weight in thousandths, in [-10000, 10000], never 0.
std::int32_t rounded_weight(double weight) noexcept;

// Writes lists that start from nothing.
std::vector<LearnedEntry> write_list(const FeatureSpace& space, const Model& model);

// Where the entries of an old list are found.
struct OldEntries {
    const match::KeywordList& list;
    const match::Matcher& matcher;  // that has the list
    std::uint32_t index;            // of the list in it
};

// Writes a list that starts from an old one: its entries keep their order, new ones stand before those that
// would hide them. Old entries that are worth nothing and hide nothing go.
std::vector<LearnedEntry> write_list(const FeatureSpace& space, const Model& model,
                                     const OldEntries& old, Ticker& ticker);

}  // namespace aria_focus::core::learn
