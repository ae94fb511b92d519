#include "core/contract/conflicts.hpp"

#include "core/check/problem.hpp"

#include <algorithm>

namespace aria_focus::core::contract {

namespace {

// The upper bound that a lower one can contradict, if it is a lower one.
std::optional<Bound> opposite_of(Bound lower) noexcept {
    switch (lower) {
        case Bound::min: return Bound::max;
        case Bound::min_rate: return Bound::max_rate;
        default: return std::nullopt;
    }
}

// A bound as a person says it, with the layer that brought it.
std::string shown_limit(const Limit& limit, std::string_view side) {
    std::string out = std::string(side) + " " + limit.number.digits;
    if (!limit.from.empty()) out += " (" + limit.from + ")";
    return out;
}

// Two limits of a metric that no text keeps.
Conflict conflict_of(const Limit& lower, const Limit& upper) {
    const std::string metric(row_of(lower.metric).name);
    const bool is_rate = lower.bound == Bound::min_rate;
    return {metric + " must be " + shown_limit(lower, "at least") + " and " +
                shown_limit(upper, "at most") + (is_rate ? " per 100 words" : ""),
            "Give the profile a contract of its own with the key " + metric +
                ": it replaces both limits."};
}

// A phrase that is forbidden and required.
Conflict conflict_of(const Phrase& phrase) {
    return {"phrase " + check::quoted(phrase.text) + " is forbidden and required",
            "Take it out of one of the two lists."};
}

// True if the list has a phrase that is there wherever `phrase` is: the same text.
bool has_text(const std::vector<Phrase>& list, const Phrase& phrase) noexcept {
    return std::any_of(list.begin(), list.end(),
                       [&phrase](const Phrase& other) { return other.text == phrase.text; });
}

}  // namespace

std::vector<Conflict> find_conflicts(const Contract& contract, Ticker& ticker) {
    std::vector<Conflict> out;
    for (const Limit& lower : contract.limits) {
        const std::optional<Bound> opposite = opposite_of(lower.bound);
        ticker.tick(contract.limits.size());
        for (const Limit& upper : contract.limits) {
            if (opposite == upper.bound && lower.metric == upper.metric &&
                lower.number.value > upper.number.value) {
                out.push_back(conflict_of(lower, upper));
            }
        }
    }
    const auto list = [&](PhraseUse use) -> const std::vector<Phrase>& {
        return contract.phrases.lists[static_cast<std::size_t>(use)];
    };
    for (const Phrase& phrase : list(PhraseUse::required)) {
        ticker.tick(list(PhraseUse::forbidden).size() + 1);
        if (has_text(list(PhraseUse::forbidden), phrase)) out.push_back(conflict_of(phrase));
    }
    return out;
}

}  // namespace aria_focus::core::contract
