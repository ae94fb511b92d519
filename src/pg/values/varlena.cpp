#include "pg/values/varlena.hpp"

namespace aria_focus::pg {

varlena* allocate_varlena(std::size_t bytes, const char* what) {
    if (!AllocSizeIsValid(bytes)) {
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("%s is too long", what),
                        errdetail("It would have %zu bytes; the limit is %zu.", bytes,
                                  static_cast<std::size_t>(MaxAllocSize))));
    }
    auto* value = static_cast<varlena*>(palloc(bytes));
    SET_VARSIZE(value, bytes);
    return value;
}

}  // namespace aria_focus::pg
