// What is wrong, or unwise, in a set of stored profiles: row by row, and across rows.
#pragma once

#include "core/core_only.hpp"
#include "core/json.hpp"
#include "core/problem.hpp"
#include "core/profile.hpp"
#include "core/ticker.hpp"

#include <string_view>
#include <vector>

namespace aria_focus::core {

// A problem and the profile that has it; the id lies on the tape.
struct Finding {
    std::string_view focus_id;
    Problem problem;
};

// Examines an array of profile rows, in its order: errors and warnings of each row, ids that today's
// rule refuses, keywords shadowed in their own list, profiles that no message can reach, keywords that
// several enabled profiles share. A value that is no array of objects is one bad_type.
std::vector<Finding> examine(JsonView profiles, const Vocabularies& vocabularies, Ticker& ticker);

}  // namespace aria_focus::core
