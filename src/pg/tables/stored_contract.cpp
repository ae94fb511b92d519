#include "pg/tables/stored_contract.hpp"

#include <cstring>

#include "pg/tables/latest_query.hpp"

namespace aria_focus::pg {

namespace detail {
const ContractEdit* current_edit = nullptr;
}

namespace {

LatestQuery find_contract{
    "SELECT c.contract FROM aria_engine.focus_contracts AS c WHERE c.focus_id = $1",
    1,
    {VARCHAROID}};

LatestQuery insert_contract{
    "INSERT INTO aria_engine.focus_contracts AS c (focus_id, contract) VALUES ($1, $2)",
    2,
    {VARCHAROID, JSONBOID}};

LatestQuery update_contract{
    "UPDATE aria_engine.focus_contracts AS c SET contract = $2 WHERE c.focus_id = $1",
    2,
    {VARCHAROID, JSONBOID}};

LatestQuery delete_contract{
    "DELETE FROM aria_engine.focus_contracts AS c WHERE c.focus_id = $1", 1, {VARCHAROID}};

LatestQuery rename_contract{
    "UPDATE aria_engine.focus_contracts AS c SET focus_id = $2 WHERE c.focus_id = $1",
    2,
    {VARCHAROID, VARCHAROID}};

LatestQuery find_any_contract{"SELECT FROM aria_engine.focus_contracts LIMIT 1", 0, {}};
LatestQuery delete_contracts{"DELETE FROM aria_engine.focus_contracts", 0, {}};

// Whose contract the recorder writes at this moment.
struct Written {
    const char* focus_id = nullptr;
    const char* new_id = nullptr;
    bool all = false;
};
Written written;

// Runs a change under the mark, which is gone however this ends.
void run_marked(const Written& mark, LatestQuery& query, Datum* values, int status) {
    const Written outer = written;
    PG_TRY();
    {
        written = mark;
        run_latest(query, values, nullptr, status);
    }
    PG_FINALLY();
    { written = outer; }
    PG_END_TRY();
}

// True if the text is this id.
bool is_id(const char* text, const char* focus_id) {
    return text != nullptr && std::strcmp(text, focus_id) == 0;
}

// True if a contract is stored, {} among them.
bool is_stored(Datum id) {
    run_latest(find_contract, &id, nullptr, SPI_OK_SELECT);
    return SPI_processed > 0;
}

}  // namespace

bool is_no_contract(Datum contract) {
    const Jsonb* const jsonb = DatumGetJsonbP(contract);
    return JB_ROOT_IS_OBJECT(jsonb) && JB_ROOT_COUNT(jsonb) == 0;
}

bool same_contract(Datum one, Datum other) {
    return compareJsonbContainers(&DatumGetJsonbP(one)->root, &DatumGetJsonbP(other)->root) == 0;
}

Datum own_contract(const char* focus_id) {
    Datum id = CStringGetTextDatum(focus_id);
    if (is_stored(id)) return first_value(1);
    return DirectFunctionCall1(jsonb_in, CStringGetDatum("{}"));
}

const ContractEdit* contract_edit_of(const char* focus_id) {
    const ContractEdit* const edit = detail::current_edit;
    return edit != nullptr && is_id(edit->focus_id, focus_id) ? edit : nullptr;
}

void put_contract(const char* focus_id, Datum contract) {
    if (is_no_contract(contract)) {
        drop_contract(focus_id);
        return;
    }
    Datum values[] = {CStringGetTextDatum(focus_id), contract};
    // The profile is locked: nobody else inserts one meanwhile. Each way needs its own right alone.
    if (is_stored(values[0])) {
        run_marked({focus_id}, update_contract, values, SPI_OK_UPDATE);
    } else {
        run_marked({focus_id}, insert_contract, values, SPI_OK_INSERT);
    }
}

void drop_contract(const char* focus_id) {
    Datum id = CStringGetTextDatum(focus_id);
    // Who has none needs no right to delete it.
    if (is_stored(id)) run_marked({focus_id}, delete_contract, &id, SPI_OK_DELETE);
}

void move_contract(const char* old_id, const char* new_id) {
    Datum values[] = {CStringGetTextDatum(old_id), CStringGetTextDatum(new_id)};
    drop_contract(new_id);  // an orphan's: the new id is no profile's
    if (is_stored(values[0])) {
        run_marked({old_id, new_id}, rename_contract, values, SPI_OK_UPDATE);
    }
}

void drop_all_contracts() {
    run_latest(find_any_contract, nullptr, nullptr, SPI_OK_SELECT);
    if (SPI_processed == 0) return;
    run_marked({nullptr, nullptr, true}, delete_contracts, nullptr, SPI_OK_DELETE);
}

bool is_recorder_writing(const char* focus_id) {
    return written.all || is_id(written.focus_id, focus_id) || is_id(written.new_id, focus_id);
}

}  // namespace aria_focus::pg
