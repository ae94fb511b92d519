// A skill list: an array of non-blank strings without duplicates.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"
#include "core/check/problem.hpp"

#include <string_view>

namespace aria_focus::core::profile {

// Adds every problem of a list, named by `field` and by a path that starts with `path`.
void check_skill_list(check::JsonView list, std::string_view field, std::string_view path,
                      check::Problems& problems, Ticker& ticker);

}  // namespace aria_focus::core::profile
