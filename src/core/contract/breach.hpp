// Whether a text breaks a limit.
#pragma once

#include "core/base/core_only.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/reading.hpp"

#include <optional>

namespace aria_focus::core::contract {

// True for a bound per 100 words.
constexpr bool is_rate(Bound bound) noexcept {
    return bound == Bound::max_rate || bound == Bound::min_rate;
}

// True for a bound from above.
constexpr bool is_upper(Bound bound) noexcept {
    return bound == Bound::max || bound == Bound::max_rate;
}

// The limit's measure, if the text breaks it; none too where the limit is silent.
std::optional<double> broken(const Limit& limit, Reading& reading);

// How grave single hits are.
inline Severity severity_of_hits(const Limit& limit) noexcept {
    return limit.located.value_or(limit.severity);
}

}  // namespace aria_focus::core::contract
