// It reads with the latest snapshot, not the transaction's. What a trigger needs to know is the last
// revision of an id: under REPEATABLE READ an older snapshot misses what the id's earlier life left behind
// (deleted by another session, inserted again here), and the next number is taken.
//
// Who changes profiles may insert into focus_history, since the recorder runs with his rights; so a trigger
// of that table refuses every row that is not being added here. It knows by a mark. The version is complete
// before the mark is set, so that nothing of it is computed meanwhile, and the mark is for one row.
#include <climits>
#include <cstring>

#include "pg/tables/history.hpp"
#include "pg/tables/latest_query.hpp"
#include "pg/tables/schema.hpp"
#include "pg/tables/session_settings.hpp"
#include "pg/tables/stored_contract.hpp"
#include "pg/values/value_reference.hpp"

namespace aria_focus::pg {

namespace {

LatestQuery last_version{
    "SELECT h.revision, h.changed_at FROM aria_engine.focus_history AS h"
    " WHERE h.focus_id = $1 ORDER BY h.revision DESC LIMIT 1",
    1,
    {VARCHAROID}};

LatestQuery add_version{
    "INSERT INTO aria_engine.focus_history"
    " (focus_id, revision, operation, changed_at, changed_by, reason, profile, author)"
    " VALUES ($1, $2, $3, $4, session_user, $5, $6, $7)",
    7,
    {VARCHAROID, INT4OID, TEXTOID, TIMESTAMPTZOID, TEXTOID, JSONBOID, TEXTOID}};

// Where the last run of consecutive revisions begins.
LatestQuery last_run{
    "SELECT max(h.revision) FROM aria_engine.focus_history AS h WHERE h.focus_id = $1"
    " AND NOT EXISTS (SELECT FROM aria_engine.focus_history AS b"
    " WHERE b.focus_id = h.focus_id AND b.revision = h.revision - 1)",
    1,
    {VARCHAROID}};

// The mark.
struct Expected {
    const char* focus_id = nullptr;
    int revision = 0;
};
Expected expected;

// The end of an id's revisions: the version that is due can have no number.
[[noreturn]] void raise_end(const char* id, Datum id_text) {
    run_latest(last_run, &id_text, nullptr, SPI_OK_SELECT);
    const int first = DatumGetInt32(first_value(1));
    ereport(
        ERROR,
        (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
         errmsg("focus profile \"%s\" has no revision left after %d", id, INT_MAX),
         errdetail("Nobody edits a profile so often: somebody put rows into "
                   "aria_engine.focus_history."),
         errhint("The owner of focus_history removes them: BEGIN; ALTER TABLE "
                 "aria_engine.focus_history DISABLE TRIGGER focus_history_keep; DELETE FROM "
                 "aria_engine.focus_history WHERE focus_id = %s AND revision >= %d; ALTER TABLE "
                 "aria_engine.focus_history ENABLE TRIGGER focus_history_keep; COMMIT;",
                 quote_literal_cstr(id), first)));
    pg_unreachable();
}

// The number and the time of the version that ends now; never before the one of the same id before it.
struct Step {
    int revision;
    TimestampTz at;
};

// What comes after the last version of an id.
Step next_step(const char* id, Datum id_text) {
    run_latest(last_version, &id_text, nullptr, SPI_OK_SELECT);
    const TimestampTz now = GetCurrentTimestamp();
    if (SPI_processed == 0) return {1, now};
    const int last = DatumGetInt32(first_value(1));
    if (last == INT_MAX) raise_end(id, id_text);
    return {last + 1, Max(now, DatumGetTimestampTz(first_value(2)))};
}

// Bytes above which a version is stored as it is: to compress it would leave the session deaf too long.
constexpr std::size_t most_compressed = std::size_t{1} << 20;
constexpr std::size_t least_compressed = 2000;

// A version as its column stores it, or a reference to a large one. The column's storage is EXTERNAL: the server
// compresses nothing.
Datum packed(Datum profile) {
    const std::size_t size = VARSIZE(DatumGetPointer(profile));
    if (size > most_compressed) return refer_to(profile);
    if (size < least_compressed) return profile;
    const Datum compressed =
        toast_compress_datum(profile, static_cast<char>(default_toast_compression));
    return DatumGetPointer(compressed) == nullptr ? profile : compressed;
}

// The row as history has it, its contract with it. A row that is renamed names its new id.
Datum version_of(const StoredProfile& row, const char* id, const char* new_id) {
    JsonbObject form = history_form(row);
    const Datum contract = own_contract(id);
    if (!is_no_contract(contract)) form.add_jsonb("contract", contract);
    if (new_id != nullptr) form.add_string("renamed_to", new_id);
    if (form.size() > JsonbObject::most) {
        ereport(ERROR,
                (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                 errmsg("focus profile \"%s\" is too large for its history", id),
                 errdetail("It came in where no trigger looked at it."),
                 errhint("To change it without keeping its former version, the owner of "
                         "focus_profiles disables the trigger zz_focus_profiles_record in the same "
                         "transaction.")));
    }
    return form.finish();
}

// A label, or NULL for an empty one.
Datum label(const char* text, char& null) {
    null = text == nullptr || *text == '\0' ? 'n' : ' ';
    return null == 'n' ? 0 : CStringGetTextDatum(text);
}

// Adds the row under the mark, which is gone however this ends.
void insert_expected(const char* id, int revision, Datum* values, const char* nulls) {
    PG_TRY();
    {
        expected = {id, revision};
        run_latest(add_version, values, nulls, SPI_OK_INSERT);
    }
    PG_FINALLY();
    { expected = {}; }
    PG_END_TRY();
}

}  // namespace

void check_history_rights() {
    const Oid history = get_relname_relid("focus_history", get_namespace_oid(schema_name, true));
    constexpr AclMode needed = ACL_SELECT | ACL_INSERT;
    if (!OidIsValid(history) ||
        pg_class_aclmask(history, GetUserId(), needed, ACLMASK_ALL) == needed) {
        return;  // the query itself tells of a table or schema that is missing
    }
    ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                    errmsg("permission denied for table focus_history"),
                    errhint("Who changes profiles needs SELECT and INSERT on "
                            "aria_engine.focus_history, where their former versions are kept.")));
}

void keep_version(const StoredProfile& row, const char* operation, const char* new_id) {
    const char* id = id_of(row);
    const Datum id_text = CStringGetTextDatum(id);
    const Step step = next_step(id, id_text);
    char nulls[] = "       ";
    const Datum reason = label(session_reason, nulls[4]);
    const Datum author = label(session_author, nulls[6]);
    Datum values[] = {id_text,
                      Int32GetDatum(step.revision),
                      CStringGetTextDatum(operation),
                      TimestampTzGetDatum(step.at),
                      reason,
                      packed(version_of(row, id, new_id)),
                      author};
    insert_expected(id, step.revision, values, nulls);
}

bool take_expected_version(const char* focus_id, int revision) {
    if (expected.focus_id == nullptr || expected.revision != revision ||
        std::strcmp(expected.focus_id, focus_id) != 0) {
        return false;
    }
    expected = {};
    return true;
}

}  // namespace aria_focus::pg
