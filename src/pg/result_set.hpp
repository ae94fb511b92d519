// Delivers the rows of a set-returning function, all at once, so that no reference to a compiled
// profile outlives the call.
#pragma once

#include <string_view>

#include "pg/postgres_api.h"

namespace aria_focus::pg {

class ResultSet {
  public:
    static constexpr int max_columns = 8;

    // Opens the function's result; raises 0A000 where the caller cannot take a set. From here to
    // finish() the current memory context is that of the row, which end_row() empties: what the rows
    // are made of was allocated before.
    explicit ResultSet(FunctionCallInfo fcinfo);

    // The next column of the row being written.
    void add(Datum value);
    void add_null();
    void add_text(std::string_view utf8);
    void add_int(int value) { add(Int32GetDatum(value)); }
    void add_float(double value) { add(Float8GetDatum(value)); }

    // Ends the row.
    void end_row();

    // Ends the result and goes back to the caller's memory; what the function returns.
    Datum finish();

  private:
    Tuplestorestate* store_;
    TupleDesc descriptor_;
    Datum values_[max_columns];
    bool nulls_[max_columns];
    int column_ = 0;
    MemoryContext row_context_;  // emptied after each row
    MemoryContext caller_;
};

}  // namespace aria_focus::pg
