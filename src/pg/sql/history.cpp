// SQL functions of the chapter history: the trigger that keeps every version of a profile that is
// replaced or removed, and tells listeners which profile changed.
//
// It reads with the latest snapshot, not the transaction's. What a row trigger needs to know is the
// last revision of an id: under REPEATABLE READ an older snapshot misses what the id's earlier life
// left behind (deleted by another session, inserted again here), and the next number is taken. And
// TRUNCATE removes every row there is, also those that the transaction's snapshot does not show.
#include "pg/border/border.hpp"
#include "pg/tables/schema.hpp"

namespace pg = aria_focus::pg;

namespace {

constexpr const char* channel = "aria_focus";

// Writes the versions that `gone` holds; %s: what happened to them, and where they are.
constexpr const char* keep_text =
    "INSERT INTO aria_engine.focus_history"
    " (focus_id, revision, operation, changed_at, changed_by, reason, profile)"
    " SELECT gone.focus_id, coalesce(last.revision, 0) + 1, %s,"
    " greatest(clock_timestamp(), last.changed_at), session_user,"
    " nullif(current_setting('aria_focus.reason', true), ''), to_jsonb(gone)"
    " FROM %s AS gone LEFT JOIN LATERAL (SELECT h.revision, h.changed_at"
    " FROM aria_engine.focus_history AS h WHERE h.focus_id = gone.focus_id"
    " ORDER BY h.revision DESC LIMIT 1) AS last ON true RETURNING focus_id";

// The plan for one row, kept for the session, and the row type that it was made for.
SPIPlanPtr row_plan = nullptr;
Oid row_plan_type = InvalidOid;

// Raises 42501 with the next step where the caller may not add to the history.
void check_rights() {
    const Oid history =
        get_relname_relid("focus_history", get_namespace_oid(pg::schema_name, true));
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

// Does the session want listeners to be told? A value that says neither counts as yes.
bool is_notifying() {
    static TransactionId warned = InvalidTransactionId;
    const char* said = GetConfigOption("aria_focus.notify", true, false);
    bool wanted = true;
    if (said == nullptr || *said == '\0' || parse_bool(said, &wanted)) return wanted;
    if (warned != GetTopTransactionId()) {
        warned = GetTopTransactionId();
        ereport(WARNING, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                          errmsg("invalid value for aria_focus.notify: \"%s\"", said),
                          errhint("Use on or off. Listeners are told meanwhile.")));
    }
    return true;
}

// Runs a plan of keep_text under the latest snapshot.
void keep_versions(SPIPlanPtr plan, Datum* values) {
    Snapshot latest = RegisterSnapshot(GetLatestSnapshot());
    const int status =
        SPI_execute_snapshot(plan, values, nullptr, latest, InvalidSnapshot, false, true, 0);
    UnregisterSnapshot(latest);
    if (status != SPI_OK_INSERT_RETURNING) elog(ERROR, "focus_history was not written: %d", status);
}

// The plan that keeps one row of this type, $1; $2 says what happened to it.
SPIPlanPtr prepare_row(Oid row_type) {
    if (row_plan != nullptr && row_plan_type == row_type) return row_plan;
    if (row_plan != nullptr) {
        SPIPlanPtr old = row_plan;
        row_plan = nullptr;
        SPI_freeplan(old);
    }
    Oid types[] = {row_type, TEXTOID};
    SPIPlanPtr plan = SPI_prepare(psprintf(keep_text, "$2", "(SELECT ($1).*)"), 2, types);
    if (plan == nullptr || SPI_keepplan(plan) != 0) elog(ERROR, "focus_history cannot be written");
    row_plan = plan;
    row_plan_type = row_type;
    return plan;
}

// Keeps the version that an UPDATE or DELETE ends.
void keep_row(TriggerData* trigger, const char* operation) {
    const TupleDesc descriptor = RelationGetDescr(trigger->tg_relation);
    Datum values[] = {heap_copy_tuple_as_datum(trigger->tg_trigtuple, descriptor),
                      CStringGetTextDatum(operation)};
    keep_versions(prepare_row(descriptor->tdtypeid), values);
}

// Keeps every row, before TRUNCATE removes them, and tells of each.
void keep_all(bool notifying) {
    SPIPlanPtr plan = SPI_prepare(
        psprintf(keep_text, "'TRUNCATE'", "ONLY aria_engine.focus_profiles"), 0, nullptr);
    if (plan == nullptr) elog(ERROR, "focus_history cannot be written");
    keep_versions(plan, nullptr);
    for (uint64 i = 0; notifying && i < SPI_processed; ++i) {
        Async_Notify(channel, SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1));
    }
}

// The focus_id of a row of the trigger's table.
const char* id_of(TriggerData* trigger, HeapTuple tuple) {
    static constexpr const char* name = "focus_id";
    const AttrNumber column = pg::find_column(trigger->tg_relation, name, VARCHAROID);
    return TextDatumGetCString(pg::column_value(trigger->tg_relation, tuple, column));
}

// One row that was inserted, changed or deleted.
void record_row(TriggerData* trigger, bool notifying) {
    const char* id = id_of(trigger, trigger->tg_trigtuple);
    const bool is_update = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event);
    const char* new_id = is_update ? id_of(trigger, trigger->tg_newtuple) : id;
    const bool is_rename = strcmp(id, new_id) != 0;
    if (!TRIGGER_FIRED_BY_INSERT(trigger->tg_event)) {
        check_rights();
        keep_row(trigger, is_rename ? "RENAME" : is_update ? "UPDATE" : "DELETE");
    }
    if (notifying) Async_Notify(channel, id);
    if (notifying && is_rename) Async_Notify(channel, new_id);
}

}  // namespace

// focus_profiles_record() -> trigger: AFTER INSERT, UPDATE or DELETE, for each row; BEFORE TRUNCATE
ARIA_FOCUS_FUNCTION(focus_profiles_record) {
    auto* trigger = reinterpret_cast<TriggerData*>(fcinfo->context);
    const bool is_trigger = CALLED_AS_TRIGGER(fcinfo);
    const bool is_truncate = is_trigger && TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event) &&
                             TRIGGER_FIRED_BEFORE(trigger->tg_event);
    if (!is_truncate && !(is_trigger && TRIGGER_FIRED_AFTER(trigger->tg_event) &&
                          TRIGGER_FIRED_FOR_ROW(trigger->tg_event))) {
        ereport(ERROR,
                (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                 errmsg("focus_profiles_record must be fired after a row or before a TRUNCATE")));
    }
    SPI_connect();
    const bool notifying = is_notifying();
    if (is_truncate) {
        check_rights();
        keep_all(notifying);
    } else {
        record_row(trigger, notifying);
    }
    SPI_finish();
    return Datum{0};
}
