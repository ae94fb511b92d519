// The extension's own tables, looked up by name in each statement: so they survive a rename of the
// schema's contents, DROP and CREATE EXTENSION, and a restore. PostgreSQL's API only.
#pragma once

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

inline constexpr const char* schema_name = "aria_engine";

// Opens a table of the extension, locked as a SELECT does until the end of the transaction. Raises
// 42P01 if it is missing, 42809 if it is no plain heap table.
Relation open_table(const char* name);

// Finds a column's number in a table; raises 42703 if it is missing, 42804 if it is of another type.
AttrNumber find_column(Relation table, const char* name, Oid type);

// Gives a value of a tuple that the table's rules forbid to be NULL; raises 23502 if it is NULL nevertheless.
Datum column_value(Relation table, HeapTuple tuple, AttrNumber column);

// Calls visit(tuple) for every row that the snapshot shows, in physical order.
template <class Visit>
void for_each_row(Relation table, Snapshot snapshot, Visit&& visit) {
    TableScanDesc scan = table_beginscan_strat(table, snapshot, 0, nullptr, true, false);
    while (HeapTuple tuple = heap_getnext(scan, ForwardScanDirection)) {
        CHECK_FOR_INTERRUPTS();
        visit(tuple);
    }
    table_endscan(scan);
}

}  // namespace aria_focus::pg
