#include "core/route/decision.hpp"

#include <algorithm>
#include <array>

namespace aria_focus::core::route {

namespace {

// Says who takes the message, and why.
void assign(Decision& decision, const RoutingRules& rules, const Fallback& fallback) {
    if (!decision.leader || !is_claimed(decision.evidence, rules.threshold)) {
        decision.focus = fallback.focus;
        decision.decider = fallback.decider;
    } else if (decision.margin == Thousandths() && rules.min_margin == 0) {
        decision.focus = decision.leader;
        decision.decider = Decider::ambiguous;
    } else if (decision.margin.value() < rules.min_margin) {
        decision.focus = fallback.focus;
        decision.decider =
            fallback.decider == Decider::fallback ? Decider::ambiguous : fallback.decider;
    } else {
        decision.focus = decision.leader;
        decision.decider = Decider::keywords;
    }
}

}  // namespace

std::string_view name_of(Decider decider) noexcept {
    constexpr std::array<std::string_view, 5> names = {"keywords", "ambiguous", "fallback",
                                                       "first core profile", "nobody"};
    return names[static_cast<std::size_t>(decider)];
}

Decision decide(std::span<const Tally> ranked, const RoutingRules& rules,
                const Fallback& fallback) {
    Decision decision{};
    if (!ranked.empty()) {
        decision.leader = ranked[0].profile;
        decision.evidence = ranked[0].evidence;
        decision.margin =
            ranked[0].evidence - (ranked.size() > 1 ? ranked[1].evidence : Thousandths());
    }
    assign(decision, rules, fallback);
    const auto other = std::find_if(ranked.begin(), ranked.end(), [&](const Tally& tally) {
        return tally.profile != decision.focus;
    });
    if (other != ranked.end()) decision.runner_up = other->profile;
    return decision;
}

std::string routing_text(std::span<const RoutingProfile> profiles,
                         std::span<const match::KeywordList> lists, Ticker& ticker) {
    std::string out;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        out += std::to_string(profiles[i].delegation_level) + ' ' + profiles[i].focus_id + '\n';
        for (const match::Keyword& keyword : lists[i].keywords()) {
            ticker.tick(keyword.text_size);
            out += '\t' + std::to_string(keyword.weight) + ' ';
            out += match::match_names[static_cast<std::size_t>(keyword.match)];
            out += ' ';
            out += lists[i].text(keyword);
            out += '\n';
        }
    }
    return out;
}

}  // namespace aria_focus::core::route
