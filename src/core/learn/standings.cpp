#include "core/learn/standings.hpp"

#include <algorithm>

namespace aria_focus::core::learn {

Standings::Standings(const route::Router& router, std::span<const LabelledMessage> messages,
                     const JudgeRules& rules, Ticker& ticker)
    : messages_(messages), rules_(rules) {
    route::Tallies counter;
    route::UnknownWords unknown;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        add(messages[i], counter.count(router, messages[i].text, ticker));
        penalties_.push_back(rules.penalty.of(messages[i].text, unknown, ticker));
        is_right_.push_back(is_right_with(i, nobody, Thousandths(), penalties_[i]) ? 1 : 0);
    }
}

void Standings::add(const LabelledMessage& message, std::span<const route::Tally> tallies) {
    const auto first = static_cast<std::ptrdiff_t>(tallies_.size());
    tallies_.insert(tallies_.end(), tallies.begin(), tallies.end());
    std::sort(tallies_.begin() + first, tallies_.end(),
              [](const auto& a, const auto& b) { return a.profile < b.profile; });
    starts_.push_back(tallies_.size());
    Rivals rivals;
    Thousandths own;
    for (const route::Tally& tally : tallies) {
        if (tally.profile == message.actual) {
            own = tally.evidence;
        } else if (tally.evidence > rivals.evidence) {
            rivals = {tally.profile, tally.evidence, rivals.evidence};
        } else {
            rivals.next = std::max(rivals.next, tally.evidence);
        }
    }
    rivals_.push_back(rivals);
    own_.push_back(own);
}

Thousandths Standings::evidence(std::size_t message, std::uint32_t profile) const noexcept {
    const auto all = tallies(message);
    const auto found = std::lower_bound(
        all.begin(), all.end(), profile,
        [](const route::Tally& tally, std::uint32_t wanted) { return tally.profile < wanted; });
    return found != all.end() && found->profile == profile ? found->evidence : Thousandths();
}

bool Standings::is_right_with(std::size_t message, std::uint32_t profile, Thousandths evidence,
                              Thousandths penalty) const noexcept {
    const Label actual = messages_[message].actual;
    const Rivals& rivals = rivals_[message];
    const bool is_own = profile == actual && profile != nobody;
    Thousandths rival = rivals.best == profile && profile != nobody ? rivals.next : rivals.evidence;
    if (!is_own) rival = std::max(rival, evidence);
    if (actual == nobody) return !rules_.is_routed(rival - penalty);
    const Thousandths own = is_own ? evidence : own_[message];
    return own > rival && rules_.is_routed(own - penalty);
}

std::size_t Standings::memory() const noexcept {
    return tallies_.capacity() * sizeof(route::Tally) + starts_.capacity() * sizeof(std::size_t) +
           rivals_.capacity() * sizeof(Rivals) +
           (own_.capacity() + penalties_.capacity()) * sizeof(Thousandths) + is_right_.capacity();
}

}  // namespace aria_focus::core::learn
