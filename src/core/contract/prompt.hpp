// What is wrong with the prompt of a profile. A prompt talks about a tone and need not keep it, so it has rules
// of its own: what nobody writes on purpose, and limits that cannot be kept together with the contract of the
// replies, with their token budget, or with each other.
#pragma once

#include "core/base/core_only.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/judge.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace aria_focus::core::contract {

// All findings, a row a problem: those of the whole prompt first, then by position and rule. `contract` is the
// effective one of the replies; a budget of 0 is none.
std::vector<Finding> lint_prompt(std::string_view prompt, const Contract& contract,
                                 std::int64_t token_budget, const Judge& judge);

}  // namespace aria_focus::core::contract
