#include "pg/tables/saved_query.hpp"

namespace aria_focus::pg {

std::string_view QueryRow::text_at(int column) const {
    bool is_null = false;
    const Datum value = SPI_getbinval(tuple_, descriptor_, column, &is_null);
    return is_null ? std::string_view() : std::string_view(TextDatumGetCString(value));
}

void open_query(SavedQuery& query, Datum argument) {
    // What another session revoked: a planned query that has its locks already would not hear of it.
    AcceptInvalidationMessages();
    if (SPI_connect() != SPI_OK_CONNECT) elog(ERROR, "SPI_connect failed");
    if (query.plan == nullptr) {
        SPIPlanPtr plan = SPI_prepare(query.sql, query.arguments, &query.type);
        if (plan == nullptr || SPI_keepplan(plan) != 0) elog(ERROR, "cannot prepare a query");
        query.plan = plan;
    }
    if (SPI_execute_plan(query.plan, &argument, nullptr, true, 0) != SPI_OK_SELECT) {
        elog(ERROR, "cannot run a query");
    }
}

}  // namespace aria_focus::pg
