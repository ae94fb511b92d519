#include "core/learn/changes.hpp"

namespace aria_focus::core::learn {

namespace {

// The number of a message's profile in a router.
Label label_in(const route::Router& router, const NamedMessage& message) {
    const auto found = message.focus_id ? router.find(*message.focus_id) : std::nullopt;
    return found ? *found : nobody;
}

// What a set of profiles says to all messages.
Judgements judge_all(const route::Router& router, std::span<const NamedMessage> messages,
                     double threshold, bool with_keywords, Ticker& ticker) {
    const JudgeRules rules{threshold, {}};
    Judge judge(router, rules, with_keywords);
    for (const NamedMessage& message : messages) {
        judge.judge({message.text, label_in(router, message)}, ticker);
    }
    return judge.take();
}

// For each profile of one router its number in the other; nobody where it is not.
std::vector<Label> counterparts(const route::Router& of, const route::Router& in) {
    std::vector<Label> out;
    out.reserve(of.profiles().size());
    for (const route::RoutingProfile& profile : of.profiles()) {
        const auto found = in.find(profile.focus_id);
        out.push_back(found ? *found : nobody);
    }
    return out;
}

}  // namespace

RouteChanges find_changes(const route::Router& before, const route::Router& after,
                          std::span<const NamedMessage> messages, double threshold,
                          Ticker& ticker) {
    const Judgements earlier = judge_all(before, messages, threshold, false, ticker);
    Judgements later = judge_all(after, messages, threshold, true, ticker);
    const std::vector<Label> counterpart = counterparts(after, before);
    RouteChanges out;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Verdict& was = earlier.verdicts[i];
        const Verdict& is = later.verdicts[i];
        const bool is_new = is.predicted != nobody && counterpart[is.predicted] == nobody;
        const Label now_before = is.predicted == nobody ? nobody : counterpart[is.predicted];
        if (!is_new && was.predicted == now_before) continue;
        out.changes.push_back(
            {i, was.predicted, is.predicted, was.evidence, is.evidence, is.keywords});
        // nobody is not right for a message of a profile that the other set has
        const bool was_right = was.is_right && !(was.actual == nobody && is.actual != nobody);
        const bool is_right = is.is_right && !(is.actual == nobody && was.actual != nobody);
        if (is_right && !was_right) ++out.fixed;
        if (was_right && !is_right) ++out.broken;
    }
    out.keywords = std::move(later.keywords);
    return out;
}

}  // namespace aria_focus::core::learn
