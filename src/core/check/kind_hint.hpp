// The hint for a value of the wrong kind: what a driver makes of a list or an object that it was told to
// send in another way than as JSON text.
#pragma once

#include "core/base/core_only.hpp"
#include "core/check/json.hpp"

#include <string_view>

namespace aria_focus::core::check {

// Tells the empty PostgreSQL array, which arrives as {}, and what was encoded as JSON twice, which arrives
// as a string, from other values; the usual hint for those.
std::string_view kind_hint(JsonKind wanted, JsonView found, std::string_view usual = {}) noexcept;

}  // namespace aria_focus::core::check
