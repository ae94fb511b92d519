// What in an effective contract no text can keep: layers that contradict each other.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/contract.hpp"

#include <string>
#include <vector>

namespace aria_focus::core::contract {

struct Conflict {
    std::string message;
    std::string hint;
};

// A conflict for each lower limit above an upper one of the same metric and unit, in the order of the limits;
// then one for each phrase that is forbidden and required.
std::vector<Conflict> find_conflicts(const Contract& contract, Ticker& ticker);

}  // namespace aria_focus::core::contract
