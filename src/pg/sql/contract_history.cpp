// SQL functions of the chapter contracts: the trigger that makes a change of a profile's own contract a change
// of the profile, and the storing of both at once.
//
// The trigger touches the profile before the contract's row is written: the profile's recorder then finds the
// contract as it was and keeps it. What it touches is locked, so that the revisions of a profile follow each
// other whichever of the two tables an edit begins with.
#include "core/text/nearest.hpp"

#include <cstring>

#include "pg/border/border.hpp"
#include "pg/tables/latest_query.hpp"
#include "pg/tables/schema.hpp"
#include "pg/tables/stored_contract.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/palloc_array.hpp"

namespace core = aria_focus::core;
namespace pg = aria_focus::pg;

namespace {

pg::LatestQuery touch_profile{
    "UPDATE aria_engine.focus_profiles AS p SET updated_at = p.updated_at WHERE p.focus_id = $1",
    1,
    {VARCHAROID}};

pg::LatestQuery lock_profile{
    "SELECT FROM aria_engine.focus_profiles AS p WHERE p.focus_id = $1 FOR NO KEY UPDATE",
    1,
    {VARCHAROID}};

pg::LatestQuery all_ids{"SELECT p.focus_id FROM aria_engine.focus_profiles AS p", 0, {}};

pg::LatestQuery promising_ids{
    "SELECT c.focus_id FROM aria_engine.focus_contracts AS c WHERE c.contract <> '{}'"
    " ORDER BY c.focus_id",
    0,
    {}};

// Raises 39P01.
[[noreturn]] void refuse_trigger() {
    ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                    errmsg("focus_contracts_record must be fired before a row, or before a "
                           "TRUNCATE, of %s.focus_contracts",
                           pg::schema_name)));
    pg_unreachable();
}

// Raises unless it is one of the triggers that the function is made for.
void check_trigger(FunctionCallInfo fcinfo) {
    if (!CALLED_AS_TRIGGER(fcinfo)) refuse_trigger();
    const auto* trigger = reinterpret_cast<TriggerData*>(fcinfo->context);
    const TriggerEvent event = trigger->tg_event;
    const bool is_truncate = TRIGGER_FIRED_BY_TRUNCATE(event);
    if (!TRIGGER_FIRED_BEFORE(event) || TRIGGER_FIRED_FOR_ROW(event) == is_truncate)
        refuse_trigger();
    if (TRIGGER_FIRED_FOR_STATEMENT(event) && !is_truncate) refuse_trigger();
    const Oid wanted =
        get_relname_relid("focus_contracts", get_namespace_oid(pg::schema_name, true));
    if (RelationGetRelid(trigger->tg_relation) != wanted) refuse_trigger();
}

// The ids that a query gives.
std::span<const std::string_view> ids_of(pg::LatestQuery& query) {
    pg::run_latest(query, nullptr, nullptr, SPI_OK_SELECT);
    pg::PallocArray<std::string_view> ids;
    for (std::uint64_t i = 0; i < SPI_processed; ++i) {
        ids.push(SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1));
    }
    return ids.view();
}

// Raises 23503 for the contract of no profile.
[[noreturn]] void refuse_unknown(const char* id) {
    const std::span<const std::string_view> ids = ids_of(all_ids);
    const std::string_view nearest = pg::compute(
        [&](core::Ticker& ticker) { return core::text::nearest_name(id, ids, ticker); });
    ereport(ERROR, (errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
                    errmsg("a contract of focus profile \"%s\", which does not exist", id),
                    nearest.empty()
                        ? errhint("Insert the profile first, or both at once with focus_put.")
                        : errhint("Did you mean \"%s\"?", pnstrdup(nearest.data(), nearest.size())),
                    err_generic_string(PG_DIAG_SCHEMA_NAME, pg::schema_name),
                    err_generic_string(PG_DIAG_TABLE_NAME, "focus_contracts"),
                    err_generic_string(PG_DIAG_COLUMN_NAME, "focus_id")));
    pg_unreachable();
}

// Makes the profile's recorder keep what it was; false if there is no such profile.
bool touch(const char* id) {
    Datum value = CStringGetTextDatum(id);
    const pg::ContractEdit edit{id, false, 0};
    pg::with_contract_edit(edit,
                           [&] { pg::run_as_statement(touch_profile, &value, SPI_OK_UPDATE); });
    return SPI_processed > 0;
}

// A row of the table.
struct Row {
    const char* id;
    Datum contract;
};

// Reads a row.
Row read_row(Relation table, HeapTuple tuple) {
    const Datum id = pg::column_value(table, tuple, pg::find_column(table, "focus_id", VARCHAROID));
    return {TextDatumGetCString(id),
            pg::column_value(table, tuple, pg::find_column(table, "contract", JSONBOID))};
}

// A contract that is to be inserted. Where there is one already nothing is: an ON CONFLICT clause, or the
// error of the primary key, comes next.
void record_insert(const Row& row) {
    Datum id = CStringGetTextDatum(row.id);
    pg::run_as_statement(lock_profile, &id, SPI_OK_SELECT);
    if (SPI_processed == 0) refuse_unknown(row.id);
    const Datum stored = pg::own_contract(row.id);
    if (pg::is_no_contract(stored) && !pg::is_no_contract(row.contract)) touch(row.id);
}

// A contract that is to be changed, or given to another profile.
void record_update(const Row& before, const Row& after) {
    if (std::strcmp(before.id, after.id) == 0) {
        if (pg::same_contract(before.contract, after.contract)) return;
        if (!touch(after.id)) refuse_unknown(after.id);
        return;
    }
    if (!pg::is_no_contract(before.contract)) touch(before.id);
    if (!touch(after.id)) refuse_unknown(after.id);
}

// Records what is about to happen to a row, unless the recorder itself does it.
void record_row(const TriggerData* trigger) {
    const Relation table = trigger->tg_relation;
    const Row row = read_row(table, trigger->tg_trigtuple);
    if (pg::is_recorder_writing(row.id)) return;
    pg::with_spi([&] {
        if (TRIGGER_FIRED_BY_INSERT(trigger->tg_event)) {
            record_insert(row);
        } else if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event)) {
            record_update(row, read_row(table, trigger->tg_newtuple));
        } else if (!pg::is_no_contract(row.contract)) {
            touch(row.id);
        }
    });
}

// The id of a profile's row.
const char* id_of(HeapTupleHeader row) {
    bool is_null = false;
    const Datum id = GetAttributeByName(row, "focus_id", &is_null);
    return is_null ? "" : TextDatumGetCString(id);
}

// Calls focus_store; its result lies in the caller's memory.
Datum store(Datum profile, Datum is_new, bool& is_null) {
    const Oid row_type = HeapTupleHeaderGetTypeId(DatumGetHeapTupleHeader(profile));
    Oid types[] = {row_type, BOOLOID};
    Datum values[] = {profile, is_new};
    const int said = SPI_execute_with_args("SELECT aria_engine.focus_store($1, $2)", 2, types,
                                           values, nullptr, false, 1);
    if (said != SPI_OK_SELECT) elog(ERROR, "focus_store cannot be called: %d", said);
    const Datum stored = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &is_null);
    return is_null ? 0 : SPI_datumTransfer(stored, false, -1);
}

}  // namespace

// focus_contracts_record() -> trigger: before INSERT, UPDATE and DELETE, for each row; before TRUNCATE
ARIA_FOCUS_FUNCTION(focus_contracts_record) {
    check_trigger(fcinfo);
    const auto* trigger = reinterpret_cast<TriggerData*>(fcinfo->context);
    if (TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event)) {
        pg::with_spi([] {
            for (const std::string_view id : ids_of(promising_ids)) touch(id.data());
        });
        return Datum{0};
    }
    record_row(trigger);
    return PointerGetDatum(TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? trigger->tg_newtuple
                                                                      : trigger->tg_trigtuple);
}

// focus_store_with(profile focus_profiles, is_new boolean, contract jsonb) -> focus_profiles
ARIA_FOCUS_FUNCTION(focus_store_with) {
    if (PG_ARGISNULL(0) || PG_ARGISNULL(1)) PG_RETURN_NULL();
    const char* id = id_of(PG_GETARG_HEAPTUPLEHEADER(0));
    Datum result = 0;
    bool is_null = true;
    pg::with_spi([&] {
        const auto call = [&] { result = store(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), is_null); };
        if (PG_ARGISNULL(2) || pg::same_contract(pg::own_contract(id), PG_GETARG_DATUM(2))) {
            call();
        } else {
            pg::with_contract_edit({id, true, PG_GETARG_DATUM(2)}, call);
        }
    });
    if (is_null) PG_RETURN_NULL();
    PG_RETURN_DATUM(result);
}
