// A skill list: an array of non-blank strings without duplicates.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"
#include "core/check/reporter.hpp"

namespace aria_focus::core::profile {

// Reports every problem of a list.
void check_skill_list(check::JsonView list, const check::Reporter& report, Ticker& ticker);

}  // namespace aria_focus::core::profile
