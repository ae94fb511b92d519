// What a profile promises: the contracts of every text, of its tone, of its style and its own, laid on each other.
//
// They are read with the caller's rights under the statement's snapshot, as a SELECT in the function's place would,
// and laid and compiled once a session for each set of them: the key is everything that went in, so there is
// nothing to invalidate.
#pragma once

#include "core/contract/contract.hpp"
#include "core/contract/judge.hpp"

#include <string>
#include <string_view>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// The layers of one profile, as they are stored.
struct ContractLayers {
    std::int32_t token_budget;
    std::string_view tone;  // UTF-8, as `style`
    Datum tone_contract;    // jsonb, as the other two
    std::string_view style;
    Datum style_contract;
    Datum own;
};

struct EffectiveContract {
    std::string json;  // UTF-8
    core::contract::CompiledContract compiled;
};

// Lays the layers on each other.
const EffectiveContract& lay_contracts(const ContractLayers& layers);

// The contract that is in force for an enabled profile; null if there is none of this id. It stays where it is
// until the next call.
const EffectiveContract* find_effective_contract(Datum focus_id);

}  // namespace aria_focus::pg
