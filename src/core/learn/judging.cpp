#include "core/learn/judging.hpp"

#include <algorithm>

namespace aria_focus::core::learn {

void Judge::judge(const LabelledMessage& message, Ticker& ticker) {
    const auto& tallies = tallies_.count(router_, message.text, ticker);
    ranked_.assign(tallies.begin(), tallies.end());
    route::rank(router_, ranked_);
    route::take(rules_.penalty.of(message.text, unknown_, ticker), ranked_);
    Verdict verdict;
    verdict.actual = message.actual;
    for (const route::Tally& tally : ranked_) {
        if (tally.profile == message.actual) verdict.actual_evidence = tally.evidence;
    }
    Label first = nobody;
    if (!ranked_.empty()) {
        first = ranked_[0].profile;
        verdict.evidence = ranked_[0].evidence;
        verdict.margin =
            verdict.evidence - (ranked_.size() > 1 ? ranked_[1].evidence : Thousandths());
        const bool is_routed = rules_.is_routed(verdict.evidence);
        verdict.is_tie = is_routed && ranked_.size() > 1 && verdict.margin == Thousandths();
        if (is_routed) verdict.predicted = first;
        if (verdict.is_tie && first == message.actual) verdict.predicted = ranked_[1].profile;
    }
    verdict.is_right = verdict.predicted == message.actual;
    if (with_keywords_) {
        verdict.keywords = keep_keywords(verdict.predicted == nobody ? first : verdict.predicted);
        verdict.actual_keywords = keep_keywords(message.actual);
    }
    out_.verdicts.push_back(verdict);
}

KeywordRange Judge::keep_keywords(Label profile) {
    if (profile == nobody) return {};
    const auto [first, last] = router_.matcher().entries_of(profile);
    const auto entries = tallies_.distinct(first, last);
    const auto at = static_cast<std::uint32_t>(out_.keywords.size());
    out_.keywords.insert(out_.keywords.end(), entries.begin(), entries.end());
    return {at, static_cast<std::uint32_t>(entries.size())};
}

}  // namespace aria_focus::core::learn
