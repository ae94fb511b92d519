// Values of variable length: memory for one, refused where PostgreSQL could not hold it.
#pragma once

#include <cstddef>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// Allocates a value of so many bytes, its header among them, and sets its length. Raises 54000 beyond
// 1 GB; `what` names the value: "composed prompt".
inline varlena* allocate_varlena(std::size_t bytes, const char* what) {
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
