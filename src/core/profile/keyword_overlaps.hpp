// Keywords that meet inside each other's text: what a list would do with the keywords of its own and of other
// lists, were they messages. The matcher itself answers, so that every rule of matching holds here too.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/match/keyword_list.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace aria_focus::core::profile {

// A keyword of negative weight, and one of positive weight that hits in its place.
struct HiddenVeto {
    std::uint32_t veto;  // indexes in the list
    std::uint32_t phrase;
};

// The negative keywords of a list that lie inside a positive one, begin behind its beginning or stand behind it in
// the list, and so do not count where it hits. Keywords with a shadow (find_shadows) count nowhere and are
// passed over. In order of veto and phrase.
std::vector<HiddenVeto> find_hidden_vetoes(const match::KeywordList& list,
                                           const std::vector<std::int32_t>& shadows,
                                           Ticker& ticker);

// A list and which of its keywords never count.
struct ShadowedList {
    const match::KeywordList& keywords;
    const std::vector<std::int32_t>& shadows;
};

// A keyword of one of several lists.
struct Place {
    std::uint32_t list;
    std::uint32_t keyword;
};

// A keyword that counts inside words of other lists' keywords: "down" in "download".
struct InnerHits {
    static constexpr std::size_t most_kept = 5;

    Place keyword;
    std::vector<Place> words;  // the first of them, at most most_kept
    std::size_t count = 0;     // all of them
    Place last = {};           // of them
};

// All of these, in order. Left out is what does no harm: keywords that weigh less than the one they hit in,
// lists that have the other's keyword too, and keywords that too many lists share. That last makes the time
// linear in the keywords, whatever they are.
std::vector<InnerHits> find_inner_hits(std::span<const ShadowedList> lists, Ticker& ticker);

}  // namespace aria_focus::core::profile
