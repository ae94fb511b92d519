// What is wrong, or unwise, in a set of stored profiles: row by row, and across rows.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"
#include "core/check/problem.hpp"
#include "core/profile/profile.hpp"

#include <string_view>
#include <vector>

namespace aria_focus::core::profile {

// A problem and the profile that has it; the id lies on the tape.
struct Finding {
    std::string_view focus_id;
    check::Problem problem;
};

// Examines an array of profile rows, in its order: errors and warnings of each row, ids that today's
// rule refuses, keywords shadowed in their own list, negative keywords hidden in a phrase of it; then
// profiles that no message can reach, profiles of level 1 that are no fallback though they might seem
// to be, a missing fallback, keywords that several enabled profiles share, keywords that hit inside
// words of other enabled profiles. A value that is no array of objects is one bad_type.
std::vector<Finding> examine(check::JsonView profiles, const Vocabularies& vocabularies,
                             Ticker& ticker);

}  // namespace aria_focus::core::profile
