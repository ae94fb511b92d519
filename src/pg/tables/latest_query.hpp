// A fixed query that runs under the latest snapshot, not the transaction's: what a trigger has to know is what
// is stored now. It is planned once a session and runs with its caller's rights. PostgreSQL's API only; between
// SPI_connect and SPI_finish.
#pragma once

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

struct LatestQuery {
    const char* sql;
    int arguments;
    Oid types[8];
    SPIPlanPtr plan = nullptr;
};

// Runs the query; raises unless it ends with `status` (SPI_OK_SELECT and its like). `nulls` may be null.
void run_latest(LatestQuery& query, Datum* values, const char* nulls, int status);

// Runs a change of rows under the transaction's own snapshot, as a statement of the caller would: 40001 where
// that shows a row as it was.
void run_as_statement(LatestQuery& query, Datum* values, int status);

// A column of the first row that the last query gave.
Datum first_value(int column);

// Runs body() between SPI_connect and SPI_finish.
template <class Body>
void with_spi(Body&& body) {
    if (SPI_connect() != SPI_OK_CONNECT) elog(ERROR, "SPI_connect failed");
    body();
    SPI_finish();
}

}  // namespace aria_focus::pg
