// Delivers the rows of a set-returning function, all at once, so that no reference to a compiled
// profile outlives the call.
#pragma once

#include "pg/postgres_api.h"
#include "pg/row.hpp"

namespace aria_focus::pg {

class ResultSet : public Row {
  public:
    // Opens the function's result; raises 0A000 where the caller cannot take a set. From here to
    // finish() the current memory context is that of the row, which end_row() empties: what the rows
    // are made of was allocated before.
    explicit ResultSet(FunctionCallInfo fcinfo);

    // Ends the row.
    void end_row();

    // Ends the result and goes back to the caller's memory; what the function returns.
    Datum finish();

  private:
    Tuplestorestate* store_;
    TupleDesc descriptor_;
    MemoryContext row_context_;  // emptied after each row
    MemoryContext caller_;
};

}  // namespace aria_focus::pg
