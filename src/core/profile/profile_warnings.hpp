// What is accepted in a profile but unwise.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"
#include "core/check/problem.hpp"
#include "core/match/keyword_list.hpp"
#include "core/profile/keyword_patterns.hpp"

#include <string_view>

namespace aria_focus::core::profile {

// Budgets above this cap nothing that a model would write.
inline constexpr std::int64_t large_budget = 32'768;

// Risky keywords, possible secrets, large budgets; errors are check_profile's affair.
check::Problems warn_profile(check::JsonView profile, Ticker& ticker);

// Why a keyword would fire on messages that are not meant, or on none, and what to do.
Risk risk_of(const match::Keyword& keyword, std::u32string_view folded) noexcept;

// What kind of secret a text seems to hold ("an API key"); empty if none. Heuristic: well-known
// prefixes of keys and tokens, PEM private keys, and `password: ...`-like assignments.
std::string_view find_secret(std::string_view text) noexcept;

}  // namespace aria_focus::core::profile
