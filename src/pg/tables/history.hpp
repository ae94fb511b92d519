// The table focus_history: how a version is added, and how its guard knows that it was. PostgreSQL's API
// only; between SPI_connect and SPI_finish.
#pragma once

#include "pg/tables/stored_profile.hpp"
#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// Raises 42501 with the next step where the caller may not add to the history.
void check_history_rights();

// Adds a version of a profile that ends now. `new_id` is null unless it is renamed. Raises 54000 where
// the id's revisions, or what jsonb can hold, are at their end.
void keep_version(const StoredProfile& row, const char* operation, const char* new_id);

// The row that keep_version is adding at this moment; the answer is true once.
bool take_expected_version(const char* focus_id, int revision);

}  // namespace aria_focus::pg
