// What routing says to labelled messages. A message is routed to the profile of rank 1 if its evidence is
// positive and reaches the threshold; that is right if it is the message's own and no other profile has as
// much. A message of nobody is right if it is not routed.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/thousandths.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/corpus.hpp"
#include "core/route/known_words.hpp"
#include "core/route/routing.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace aria_focus::core::learn {

// A message and the number of its profile in the router, or `nobody`.
struct LabelledMessage {
    std::string_view text;
    Label actual;
};

// Where the distinct keywords of a verdict lie among all.
struct KeywordRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

// What was said to one message; evidence with penalties taken off.
struct Verdict {
    Label actual = nobody;
    Label predicted = nobody;  // of a tie the first profile that is not the actual one
    bool is_right = false;
    bool is_tie = false;   // of rank 1, where the message is routed
    Thousandths evidence;  // of rank 1; 0 where no profile has a hit
    Thousandths margin;    // what rank 2 has less
    Thousandths actual_evidence;
    KeywordRange keywords;  // of the predicted profile; of rank 1 where there is none
    KeywordRange actual_keywords;
};

// What was said to many.
struct Judgements {
    std::vector<Verdict> verdicts;        // in the order of the messages
    std::vector<std::uint32_t> keywords;  // the matcher's entries that their ranges are of
};

// What a message has to have to be routed.
struct JudgeRules {
    double threshold = 1;
    route::UnknownPenalty penalty;

    // True if it is routed with so much evidence, penalties taken off.
    bool is_routed(Thousandths evidence) const noexcept {
        return evidence.is_positive() && evidence.value() >= threshold;
    }
};

class Judge {
  public:
    // All arguments outlive this.
    Judge(const route::Router& router, const JudgeRules& rules, bool with_keywords)
        : router_(router), rules_(rules), with_keywords_(with_keywords) {}

    // Judges a message.
    void judge(const LabelledMessage& message, Ticker& ticker);

    // All of it; nothing is judged afterwards.
    Judgements take() { return std::move(out_); }

  private:
    // Takes over the entries that the last message has hit of a profile.
    KeywordRange keep_keywords(Label profile);

    const route::Router& router_;
    JudgeRules rules_;
    bool with_keywords_;
    route::Tallies tallies_;
    route::UnknownWords unknown_;
    std::vector<route::Tally> ranked_;
    Judgements out_;
};

}  // namespace aria_focus::core::learn
