// A row of focus_profiles as the triggers see it: what of it is content, whether two rows have the same,
// and the row as history keeps it. PostgreSQL's API only.
#pragma once

#include <cstddef>

#include "pg/values/jsonb_object.hpp"
#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// A row with its table.
struct StoredProfile {
    Relation table;
    HeapTuple tuple;
};

// The row's focus_id; raises what find_column and column_value raise.
const char* id_of(const StoredProfile& row);

// True if the columns but for created_at and updated_at are equal, each as its type has it.
bool same_content(const StoredProfile& one, const StoredProfile& other);

// The row's 16 columns as to_jsonb has them, times in UTC.
JsonbObject history_form(const StoredProfile& row);

// The most bytes that the columns of a row may have together, so that history can hold it.
inline constexpr std::size_t most_row_bytes = 255u << 20;

// Raises 54000 for a row that history could not hold.
void refuse_oversized(const StoredProfile& row);

}  // namespace aria_focus::pg
