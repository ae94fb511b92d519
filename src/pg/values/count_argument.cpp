#include "pg/values/count_argument.hpp"

namespace aria_focus::pg {

std::optional<std::int64_t> read_count(FunctionCallInfo fcinfo, int argument,
                                       const CountArgument& expected) {
    if (PG_ARGISNULL(argument)) return std::nullopt;
    const std::int64_t count = PG_GETARG_INT64(argument);
    if (count < expected.least) {
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                 errmsg("%s must be at least %lld, not %lld", expected.name,
                        static_cast<long long>(expected.least), static_cast<long long>(count)),
                 errhint("%s", expected.hint)));
    }
    return count;
}

}  // namespace aria_focus::pg
