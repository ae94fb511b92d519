// What a text of English says by its words: hits of the lexicons, and heuristics of grammar (orders, the
// passive, the past tense, syllables). Block quotes are somebody else's voice: nothing here looks at them.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/hits.hpp"
#include "core/contract/layout.hpp"
#include "core/contract/lexicon.hpp"
#include "core/contract/prose.hpp"
#include "core/match/matcher.hpp"

#include <cstdint>

namespace aria_focus::core::contract {

// Counts the hits of all lexicons.
void read_lexicons(const Layout& layout, const Prose& prose, const LexiconMatcher& lexicons,
                   match::MatcherScratch& scratch, Hits& hits, Ticker& ticker);

// Counts orders, passives and past tenses. Returns the number of sentences that were looked at.
std::uint64_t read_grammar(const Layout& layout, const Prose& prose, Hits& hits, Ticker& ticker);

// How many syllables the words have, as far as their spelling says.
std::uint64_t count_syllables(const Layout& layout, const Prose& prose, Ticker& ticker);

}  // namespace aria_focus::core::contract
