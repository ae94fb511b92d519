#include "pg/tables/latest_query.hpp"

namespace aria_focus::pg {

namespace {

// Plans the query when it is first run.
SPIPlanPtr planned(LatestQuery& query) {
    if (query.plan == nullptr) {
        // A generic plan: a custom one would hold copies of its arguments, which may be large.
        SPIPlanPtr made =
            SPI_prepare_cursor(query.sql, query.arguments, query.types, CURSOR_OPT_GENERIC_PLAN);
        if (made == nullptr || SPI_keepplan(made) != 0) elog(ERROR, "cannot prepare a query");
        query.plan = made;
    }
    return query.plan;
}

// Raises unless the server said what it should.
void check_status(int said, int status) {
    if (said != status) elog(ERROR, "a table of the extension cannot be used: %d", said);
}

}  // namespace

void run_latest(LatestQuery& query, Datum* values, const char* nulls, int status) {
    SPIPlanPtr plan = planned(query);
    Snapshot latest = RegisterSnapshot(GetLatestSnapshot());
    const int said =
        SPI_execute_snapshot(plan, values, nulls, latest, InvalidSnapshot, false, true, 0);
    UnregisterSnapshot(latest);
    check_status(said, status);
}

void run_as_statement(LatestQuery& query, Datum* values, int status) {
    check_status(SPI_execute_plan(planned(query), values, nullptr, false, 0), status);
}

Datum first_value(int column) {
    bool is_null = false;
    return SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column, &is_null);
}

}  // namespace aria_focus::pg
