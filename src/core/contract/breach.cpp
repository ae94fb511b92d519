#include "core/contract/breach.hpp"

namespace aria_focus::core::contract {

std::optional<double> broken(const Limit& limit, Reading& reading) {
    const auto value = reading.value(limit.metric);
    if (!value) return std::nullopt;
    if (limit.min_words && static_cast<double>(reading.words()) < limit.min_words->value)
        return std::nullopt;
    double measured = *value;
    if (is_rate(limit.bound)) {
        if (reading.words() == 0 || (limit.min_hits && measured < limit.min_hits->value))
            return std::nullopt;
        measured = 100 * measured / static_cast<double>(reading.words());
    }
    const bool breaks =
        is_upper(limit.bound) ? measured > limit.number.value : measured < limit.number.value;
    return breaks ? std::optional(measured) : std::nullopt;
}

}  // namespace aria_focus::core::contract
