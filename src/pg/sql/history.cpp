// SQL functions of the chapter history: the trigger that keeps every version of a profile that is
// replaced or removed and tells listeners which profile changed, and the guard of what it keeps.
//
// The recorder fires before the row is written, and last: so versions are kept in the order in which they
// end. An AFTER trigger cannot do that. It fires when the statement has written all its rows, and what other
// triggers and functions of the same statement changed meanwhile is recorded first. What comes before the
// row is written can only be undone with it, by an error; another trigger that fires still later could keep
// the row back or change it, and is refused.
//
// A profile's contract stands in a table of its own and is content nevertheless: it is kept with the version,
// and deleted, renamed and truncated after that.
#include "pg/border/border.hpp"

#include "pg/tables/history.hpp"
#include "pg/tables/latest_query.hpp"
#include "pg/tables/schema.hpp"
#include "pg/tables/session_settings.hpp"
#include "pg/tables/stored_contract.hpp"
#include "pg/tables/stored_profile.hpp"

namespace pg = aria_focus::pg;

namespace {

constexpr const char* channel = "aria_focus";

// The kinds of triggers that call the recorder.
enum class Moment { before_row, after_insert, before_truncate };

// Raises 39P01.
[[noreturn]] void refuse_trigger(const char* message) {
    ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED), errmsg("%s", message)));
    pg_unreachable();
}

// Raises unless the trigger is on the table of this name: on a table of his own, a caller would write
// history that never was.
void check_table(const TriggerData* trigger, const char* function, const char* name) {
    const Oid relid = get_relname_relid(name, get_namespace_oid(pg::schema_name, true));
    if (RelationGetRelid(trigger->tg_relation) == relid) return;
    refuse_trigger(psprintf("%s is a trigger of %s.%s alone", function, pg::schema_name, name));
}

// Which kind of trigger it is; raises 39P01 for any other.
Moment moment_of(FunctionCallInfo fcinfo) {
    if (CALLED_AS_TRIGGER(fcinfo)) {
        const auto* trigger = reinterpret_cast<TriggerData*>(fcinfo->context);
        const TriggerEvent event = trigger->tg_event;
        const bool is_row = TRIGGER_FIRED_FOR_ROW(event);
        const bool is_before = TRIGGER_FIRED_BEFORE(event);
        if (is_row && is_before && !TRIGGER_FIRED_BY_INSERT(event)) return Moment::before_row;
        if (is_row && TRIGGER_FIRED_AFTER(event) && TRIGGER_FIRED_BY_INSERT(event)) {
            return Moment::after_insert;
        }
        if (!is_row && is_before && TRIGGER_FIRED_BY_TRUNCATE(event)) {
            return Moment::before_truncate;
        }
    }
    refuse_trigger(
        "focus_profiles_record must be fired before an UPDATE, a DELETE or a TRUNCATE, or after an "
        "INSERT");
}

// True if a trigger fires before rows for this event.
bool fires_before_row(const Trigger& other, TriggerEvent event) {
    const int16 wanted = TRIGGER_FIRED_BY_UPDATE(event) ? TRIGGER_TYPE_UPDATE : TRIGGER_TYPE_DELETE;
    return other.tgenabled != TRIGGER_DISABLED && other.tgenabled != TRIGGER_FIRES_ON_REPLICA &&
           TRIGGER_FOR_ROW(other.tgtype) && TRIGGER_FOR_BEFORE(other.tgtype) &&
           (other.tgtype & wanted) != 0;
}

// Raises if another trigger would see the row after this one; they fire in the order of their names.
void check_order(const TriggerData* trigger) {
    const TriggerDesc* all = trigger->tg_relation->trigdesc;
    const char* own = trigger->tg_trigger->tgname;
    for (int i = 0; i < all->numtriggers; ++i) {
        const Trigger& other = all->triggers[i];
        if (strcmp(other.tgname, own) <= 0 || !fires_before_row(other, trigger->tg_event)) continue;
        ereport(ERROR,
                (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                 errmsg("trigger \"%s\" fires after \"%s\"", other.tgname, own),
                 errdetail("What it makes of a row would not be what history keeps."),
                 errhint("ALTER TRIGGER %s ON %s.focus_profiles RENAME TO a name that sorts before "
                         "%s.",
                         quote_identifier(other.tgname), pg::schema_name, own)));
    }
}

// Tells listeners of a profile.
void tell(const char* id) {
    if (pg::is_notifying) Async_Notify(channel, id);
}

// The row with its times set right: created_at as it was, and updated_at now where content changes and the
// statement does not set it.
HeapTuple with_times(const TriggerData* trigger, const pg::StoredProfile& before,
                     const pg::StoredProfile& after, bool is_effective) {
    const Relation table = trigger->tg_relation;
    const AttrNumber created = pg::find_column(table, "created_at", TIMESTAMPTZOID);
    const AttrNumber updated = pg::find_column(table, "updated_at", TIMESTAMPTZOID);
    Datum old_values[] = {pg::column_value(table, before.tuple, created),
                          pg::column_value(table, before.tuple, updated)};
    const Datum new_values[] = {pg::column_value(table, after.tuple, created),
                                pg::column_value(table, after.tuple, updated)};
    const bool moves = is_effective && old_values[1] == new_values[1];
    if (old_values[0] == new_values[0] && !moves) return after.tuple;
    int places[] = {created, updated};
    bool nulls[] = {false, false};
    // Not now(): a second change in one transaction moves it too.
    Datum values[] = {old_values[0],
                      moves ? TimestampTzGetDatum(GetCurrentTimestamp()) : new_values[1]};
    return heap_modify_tuple_by_cols(after.tuple, RelationGetDescr(table), 2, places, values,
                                     nulls);
}

// Keeps a version that ends, in the memory of this call alone.
void keep(const pg::StoredProfile& row, const char* operation, const char* new_id) {
    pg::check_history_rights();
    pg::with_spi([&] { pg::keep_version(row, operation, new_id); });
}

// Does to a profile's contract what the edit of the profile says.
void change_contract(const char* id, const char* new_id, const pg::ContractEdit* edit) {
    pg::with_spi([&] {
        if (strcmp(id, new_id) != 0) pg::move_contract(id, new_id);
        if (edit != nullptr && edit->writes) pg::put_contract(new_id, edit->contract);
    });
}

// A row that is to be changed; returns what is to be written.
HeapTuple record_update(const TriggerData* trigger) {
    const pg::StoredProfile before{trigger->tg_relation, trigger->tg_trigtuple};
    const pg::StoredProfile after{trigger->tg_relation, trigger->tg_newtuple};
    const char* id = pg::id_of(before);
    const pg::ContractEdit* edit = pg::contract_edit_of(id);
    const bool is_effective = edit != nullptr || !pg::same_content(before, after);
    if (is_effective) {
        const char* new_id = pg::id_of(after);
        const bool is_rename = strcmp(id, new_id) != 0;
        keep(before, is_rename ? "RENAME" : "UPDATE", is_rename ? new_id : nullptr);
        change_contract(id, new_id, edit);
        tell(id);
        if (is_rename) tell(new_id);
    }
    return with_times(trigger, before, after, is_effective);
}

// A row that is to be changed or deleted.
HeapTuple record_row(const TriggerData* trigger) {
    check_order(trigger);
    if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event)) return record_update(trigger);
    const pg::StoredProfile row{trigger->tg_relation, trigger->tg_trigtuple};
    const char* id = pg::id_of(row);
    keep(row, "DELETE", nullptr);
    pg::with_spi([&] { pg::drop_contract(id); });
    tell(id);
    return trigger->tg_trigtuple;
}

// All rows, before TRUNCATE removes them: also those that the transaction's snapshot does not show. Who
// could not read them all may not empty the table.
void record_truncate(const TriggerData* trigger) {
    const Relation table = trigger->tg_relation;
    const AclResult rights = pg_class_aclcheck(RelationGetRelid(table), GetUserId(), ACL_SELECT);
    pg::check_history_rights();
    if (rights != ACLCHECK_OK) {
        aclcheck_error(rights, OBJECT_TABLE, RelationGetRelationName(table));
    }
    check_enable_rls(RelationGetRelid(table), InvalidOid, false);
    MemoryContext work =
        AllocSetContextCreate(CurrentMemoryContext, "aria_focus version", ALLOCSET_DEFAULT_SIZES);
    Snapshot latest = RegisterSnapshot(GetLatestSnapshot());
    pg::for_each_row(table, latest, [&](HeapTuple tuple) {
        const MemoryContext caller = MemoryContextSwitchTo(work);
        keep({table, tuple}, "TRUNCATE", nullptr);
        tell(pg::id_of({table, tuple}));
        MemoryContextSwitchTo(caller);
        MemoryContextReset(work);
    });
    UnregisterSnapshot(latest);
    MemoryContextDelete(work);
    pg::with_spi([] { pg::drop_all_contracts(); });
}

// A new row: its contract comes with it where the statement is a call that brings one.
void record_insert(const TriggerData* trigger) {
    const char* id = pg::id_of({trigger->tg_relation, trigger->tg_trigtuple});
    const pg::ContractEdit* edit = pg::contract_edit_of(id);
    if (edit != nullptr && edit->writes) {
        pg::with_spi([&] { pg::put_contract(id, edit->contract); });
    }
    tell(id);
}

}  // namespace

// focus_profiles_record() -> trigger: before UPDATE and DELETE, for each row; after INSERT, for each row;
// before TRUNCATE
ARIA_FOCUS_FUNCTION(focus_profiles_record) {
    const Moment moment = moment_of(fcinfo);
    const auto* trigger = reinterpret_cast<TriggerData*>(fcinfo->context);
    check_table(trigger, "focus_profiles_record", "focus_profiles");
    switch (moment) {
        case Moment::before_row: return PointerGetDatum(record_row(trigger));
        case Moment::after_insert: record_insert(trigger); break;
        case Moment::before_truncate: record_truncate(trigger); break;
    }
    return Datum{0};
}

// focus_history_guard() -> trigger: before INSERT, for each row
ARIA_FOCUS_FUNCTION(focus_history_guard) {
    if (!CALLED_AS_TRIGGER(fcinfo))
        refuse_trigger("focus_history_guard must be fired before an INSERT");
    const auto* trigger = reinterpret_cast<TriggerData*>(fcinfo->context);
    if (!TRIGGER_FIRED_BEFORE(trigger->tg_event) || !TRIGGER_FIRED_FOR_ROW(trigger->tg_event) ||
        !TRIGGER_FIRED_BY_INSERT(trigger->tg_event)) {
        refuse_trigger("focus_history_guard must be fired before an INSERT");
    }
    check_table(trigger, "focus_history_guard", "focus_history");
    // The executor has copied the row, and will again: a large one takes its time.
    CHECK_FOR_INTERRUPTS();
    const Relation table = trigger->tg_relation;
    HeapTuple row = trigger->tg_trigtuple;
    // A restore of the owner's brings history, and is believed.
    if (has_privs_of_role(GetUserId(), table->rd_rel->relowner)) return PointerGetDatum(row);
    bool has_no_id = false;
    bool has_no_revision = false;
    const Datum id = heap_getattr(row, pg::find_column(table, "focus_id", VARCHAROID),
                                  RelationGetDescr(table), &has_no_id);
    const Datum revision = heap_getattr(row, pg::find_column(table, "revision", INT4OID),
                                        RelationGetDescr(table), &has_no_revision);
    if (!has_no_id && !has_no_revision &&
        pg::take_expected_version(TextDatumGetCString(id), DatumGetInt32(revision))) {
        return PointerGetDatum(row);
    }
    ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                    errmsg("history is written by edits of profiles, not by hand"),
                    errdetail("Only who has the rights of the owner of %s.focus_history may insert "
                              "into it, as a restore does.",
                              pg::schema_name),
                    errhint("Change the profile: its former version is kept by itself.")));
}
