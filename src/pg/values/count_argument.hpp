// Counts as arguments: bigint in SQL, so that integer and bigint fit.
#pragma once

#include <cstdint>
#include <optional>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// What a count argument is called, the least that it may be, and what the user can do instead.
struct CountArgument {
    const char* name;
    std::int64_t least;
    const char* hint;
};

// Reads the count, or nothing for NULL; raises 22023 where it is below the least.
std::optional<std::int64_t> read_count(FunctionCallInfo fcinfo, int argument,
                                       const CountArgument& expected);

}  // namespace aria_focus::pg
