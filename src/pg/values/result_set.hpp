// Delivers the rows of a set-returning function, all at once, so that no reference to a compiled
// profile outlives the call.
#pragma once

#include "pg/values/postgres_api.h"
#include "pg/values/row.hpp"

namespace aria_focus::pg {

class ResultSet : public Row {
  public:
    // Opens the function's result; raises 0A000 where the caller cannot take a set. From here to
    // finish() what a row allocates is freed some rows later, and lies in the current memory context,
    // which may change with end_row(): what the rows are made of was allocated before.
    explicit ResultSet(FunctionCallInfo fcinfo);

    // Ends the row.
    void end_row();

    // Ends the result and goes back to the caller's memory; what the function returns.
    Datum finish();

  private:
    // So many rows leave to the caller's memory what they allocate: less work for the usual call.
    static constexpr std::size_t few_rows = 64;

    // Frees what the last rows allocated.
    void empty();

    Tuplestorestate* store_;
    TupleDesc descriptor_;
    MemoryContext row_context_ = nullptr;  // of rows behind the first few
    MemoryContext caller_;
    std::size_t rows_ = 0;
};

}  // namespace aria_focus::pg
