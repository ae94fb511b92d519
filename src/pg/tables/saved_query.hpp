// A fixed query, planned once a session. It runs with its caller's rights under the statement's snapshot, as a
// SELECT in the function's place would. PostgreSQL's API only (the gather step).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

struct SavedQuery {
    const char* sql;
    int arguments;  // 0 or 1
    SPIPlanPtr plan = nullptr;
    Oid type = TEXTOID;  // of the argument
};

// One row of a result; what is read of it lies in the current memory context.
class QueryRow {
  public:
    QueryRow(HeapTuple tuple, TupleDesc descriptor) : tuple_(tuple), descriptor_(descriptor) {}

    // A column, numbered from 1, that is never NULL.
    Datum value(int column) const {
        bool is_null = false;
        return SPI_getbinval(tuple_, descriptor_, column, &is_null);
    }
    // A text column in the server's encoding; empty for NULL.
    std::string_view text_at(int column) const;

  private:
    HeapTuple tuple_;
    TupleDesc descriptor_;
};

// Opens the query's result.
void open_query(SavedQuery& query, Datum argument);

// Runs the query and calls visit(row) for each row, in the caller's memory context.
template <class Visit>
void for_each_result(SavedQuery& query, Datum argument, Visit&& visit) {
    const MemoryContext caller = CurrentMemoryContext;
    open_query(query, argument);
    MemoryContextSwitchTo(caller);
    for (std::uint64_t i = 0; i < SPI_processed; ++i) {
        visit(QueryRow(SPI_tuptable->vals[i], SPI_tuptable->tupdesc));
    }
    SPI_finish();
}

}  // namespace aria_focus::pg
