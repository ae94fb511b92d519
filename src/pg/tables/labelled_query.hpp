// Reads labelled messages from a query that the caller wrote: one SELECT, VALUES or TABLE statement of two
// columns, message and focus_id. It runs with the caller's rights in the statement's snapshot, read-only, through
// a cursor, some rows at a time, so that only the messages themselves are in memory.
// PostgreSQL's API only (the gather step); what is read lies in the current memory context.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// A message and whose it is, in UTF-8.
struct LabelledRow {
    std::string_view message;
    std::optional<std::string_view> focus_id;
};

// What aria_focus.max_learn_mb says: MB that a function over labelled messages may take.
extern int max_learn_mb;

// Reads the query that an argument holds. Messages that are NULL are skipped, a NOTICE says how many. Raises 22004
// for a NULL query, 42601 for another kind of statement, 42804 for other columns, 54000 beyond max_learn_mb, and
// what the query raises.
std::span<const LabelledRow> read_labelled_query(FunctionCallInfo fcinfo, int argument);

// The rows of a query, and whether it has a second column.
struct MessageRows {
    std::span<const LabelledRow> rows;
    bool have_labels;
};

// The same for a query that may leave out the second column, focus_id.
MessageRows read_message_query(FunctionCallInfo fcinfo, int argument);

// A focus_id and whether the profile is enabled.
struct KnownProfile {
    std::string_view focus_id;
    bool is_enabled;
};

// Reads all of them, disabled ones too, in C order.
std::span<const KnownProfile> read_known_profiles();

}  // namespace aria_focus::pg
