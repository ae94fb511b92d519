// Counts as arguments: bigint in SQL, so that integer and bigint fit.
#pragma once

#include <cstdint>
#include <optional>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// Reads a count, or nothing for NULL; raises 22023 below 1, with a hint at what to do instead.
inline std::optional<std::int64_t> read_count(FunctionCallInfo fcinfo, int argument,
                                              const char* name, const char* hint) {
    if (PG_ARGISNULL(argument)) return std::nullopt;
    const std::int64_t count = PG_GETARG_INT64(argument);
    if (count >= 1) return count;
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("%s must be at least 1, not %lld", name, static_cast<long long>(count)),
                    errhint("%s", hint)));
    pg_unreachable();
}

}  // namespace aria_focus::pg
