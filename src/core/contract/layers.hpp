// How contracts lie on each other: every text, the tone, the style, the profile's own.
//
// Members merge one by one. Of two limits of one metric, side and severity the stricter one stays, with its
// own conditions; limits of different severity stand side by side. A member of the profile's own contract
// replaces all limits of its metric; "off" removes them.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/contract.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace aria_focus::core::contract {

// What every text keeps: the token budget (0: none), closed fences, no invisible characters, no
// placeholders.
Contract contract_of_every_text(std::int64_t token_budget, Ticker& ticker);

// Notes where the limits of a layer come from.
void set_origin(Contract& layer, std::string_view from);

// Lays a tone's or a style's contract on what is there.
void add_layer(Contract& effective, const Contract& layer);

// Lays the profile's own contract on what is there.
void add_own(Contract& effective, const Contract& own);

// The contract as JSON, in the order of the metrics; what read_contract reads again as the same.
std::string to_json(const Contract& contract);

}  // namespace aria_focus::core::contract
