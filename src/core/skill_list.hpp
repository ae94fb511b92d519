// A skill list: an array of non-blank strings without duplicates.
#pragma once

#include "core/core_only.hpp"
#include "core/json.hpp"
#include "core/problem.hpp"
#include "core/ticker.hpp"

#include <string_view>

namespace aria_focus::core {

// Adds every problem of a list, named by `field` and by a path that starts with `path`.
void check_skill_list(JsonView list, std::string_view field, std::string_view path,
                      Problems& problems, Ticker& ticker);

}  // namespace aria_focus::core
