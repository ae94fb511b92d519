// The argument unknown_penalty.
#pragma once

#include "core/route/known_words.hpp"

#include <cmath>

#include "pg/border/border.hpp"
#include "pg/tables/profile_cache.hpp"

namespace aria_focus::pg {

// Reads it; 0 for NULL. Raises 22023 for what is no number from 0 to 10.
inline core::Thousandths read_penalty(FunctionCallInfo fcinfo, int argument) {
    if (PG_ARGISNULL(argument)) return {};
    const double penalty = PG_GETARG_FLOAT8(argument);
    constexpr double most = core::match::KeywordList::max_weight;
    if (penalty >= 0 && penalty <= most) {
        return {std::llround(penalty * core::Thousandths::in_one)};
    }
    ereport(
        ERROR,
        (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
         errmsg("unknown_penalty must be from 0 to %g, not %g", most, penalty),
         errhint("It is what each unknown word takes from the evidence; 0.3 is a good number.")));
    pg_unreachable();
}

// Reads it together with the words that the profiles know.
inline core::route::UnknownPenalty read_unknown_penalty(FunctionCallInfo fcinfo, int argument,
                                                        CompiledProfiles& profiles) {
    const core::Thousandths each = read_penalty(fcinfo, argument);
    if (!each.is_positive()) return {};
    return compute([&](core::Ticker& ticker) {
        return core::route::UnknownPenalty(profiles.known_words(ticker), each);
    });
}

}  // namespace aria_focus::pg
