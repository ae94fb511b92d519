// New entries for keyword lists, each with what it alone would do: how many messages it would mend and how
// many it would break, appended to its list as the list is now.
//
// Two sieves for each profile. The first one looks at every word, prefix and phrase of the messages that
// more, or less, evidence for the profile could mend, and takes the evidence of an entry as if it came on top
// of what the list hits. That is nearly right and cheap. The most promising go to the second one, which
// compiles the list with the entry and asks the matcher: an entry may take a place from others, or never get
// one. What comes out of it is exact.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/thousandths.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/corpus.hpp"
#include "core/learn/features.hpp"
#include "core/learn/judging.hpp"
#include "core/learn/sparse_rows.hpp"
#include "core/learn/standings.hpp"
#include "core/match/keyword_list.hpp"
#include "core/route/routing.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace aria_focus::core::learn {

struct Suggestion {
    std::uint32_t profile;
    std::string text;
    match::Match match;
    Thousandths weight;
    std::size_t fixes;  // messages that it would mend
    std::size_t breaks;
    std::size_t example;  // the first one that it would mend
};

class Suggester {
  public:
    // All arguments outlive this; `lists` are those of the router. Raises limit_exceeded where it would take more
    // than max_memory bytes.
    Suggester(const route::Router& router, std::span<const match::KeywordList> lists,
              std::span<const LabelledMessage> messages, const JudgeRules& rules,
              std::size_t max_memory, Ticker& ticker);

    // Of each profile at most `top` entries that mend more than they break, each something that those before it
    // do not mend; those first that bring most.
    std::vector<Suggestion> suggest(std::size_t top, Ticker& ticker);

  private:
    // A feature as an entry of some weight; by estimate, later exactly.
    struct Candidate {
        std::uint32_t feature;
        std::int32_t weight;  // thousandths
        std::int64_t fixes;
        std::int64_t breaks;
        std::vector<std::uint32_t> mended;  // messages, where it is exact
    };
    // A feature and how many messages it could mend at most.
    struct Hope {
        std::uint32_t feature;
        std::int64_t most;
    };

    // Writes what each message has, and the other way round.
    void index_messages(Ticker& ticker);
    // Finds the features that may be entries: no pure function words.
    void find_wanted();
    // The features that are in messages which an entry of this sign could mend, the commonest first.
    std::vector<Hope> find_hopes(std::uint32_t profile, bool is_for);
    // The first sieve: adds the best of them to the pool.
    void sift(std::uint32_t profile, std::span<const std::int32_t> weights, std::size_t room,
              std::vector<Candidate>& pool, Ticker& ticker);
    // What a feature would mend less what it would break, as long as that may reach `least`.
    void estimate(std::uint32_t profile, Candidate& candidate, const Hope& hope, std::int64_t least,
                  Ticker& ticker) const;
    // The second sieve: what an entry really does; nothing for one that never hits.
    void weigh(std::uint32_t profile, match::KeywordList& list, Candidate& candidate,
               Ticker& ticker);
    // The messages that an entry may change.
    std::vector<std::uint32_t> touched(std::uint32_t feature) const;
    // Its words that it would make known, where unknown words cost something.
    std::vector<std::uint32_t> learned_words(std::uint32_t feature) const;
    // Takes the best of a pool that mend something new.
    void take_best(std::uint32_t profile, std::vector<Candidate>& pool, std::size_t top,
                   std::vector<Suggestion>& out) const;
    // Which kind of feature goes first where entries do the same: phrases, then words, then prefixes.
    int rank_of(std::uint32_t feature) const;
    // True if a brings more than b.
    bool before(const Candidate& a, const Candidate& b) const;
    // The kind of entry that a feature is.
    match::Match match_of(std::uint32_t feature) const noexcept;
    // Bytes of memory that it takes.
    std::size_t memory() const noexcept;

    std::span<const match::KeywordList> lists_;
    std::span<const LabelledMessage> messages_;
    JudgeRules rules_;
    Standings standings_;
    Corpus corpus_;
    FeatureSpace space_;
    SparseRows rows_;                      // by message, its features
    SparseRows index_;                     // by feature, its messages
    SparseRows word_index_;                // by word, its messages; empty without a penalty
    std::vector<std::uint8_t> is_wanted_;  // by feature
    std::vector<std::int64_t> hope_;       // by feature, while they are counted
    route::Tallies tallies_;
};

}  // namespace aria_focus::core::learn
