// SQL functions of the chapter contracts: contracts as they are kept, what is wrong with one, and how those of
// the layers make the one that is in force.
#include "core/check/refusal.hpp"
#include "core/contract/builtin.hpp"
#include "core/contract/conflicts.hpp"
#include "core/contract/contract.hpp"

#include <span>
#include <string>

#include "pg/border/border.hpp"
#include "pg/tables/effective_contract.hpp"
#include "pg/tables/schema.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/result_set.hpp"
#include "pg/values/stored_bytes.hpp"

namespace core = aria_focus::core;
namespace pg = aria_focus::pg;

namespace {

// The most bytes of a stored contract: a version of the largest profile still fits into history with it.
constexpr std::size_t most_bytes = std::size_t{512} << 10;

// Finds every problem of a contract.
const core::check::Problems& problems_of(core::check::JsonView contract) {
    return pg::compute([&](core::Ticker& ticker) {
        core::check::Problems problems;
        core::contract::read_contract(contract, core::check::Reporter(problems), ticker);
        return problems;
    });
}

// The contract of a built-in word; empty for any other.
std::string_view builtin_json(std::string_view kind, std::string_view word) {
    const auto contracts = kind == "tone"    ? core::contract::tone_contracts()
                           : kind == "style" ? core::contract::style_contracts()
                                             : std::span<const core::contract::BuiltinContract>();
    for (const core::contract::BuiltinContract& one : contracts) {
        if (one.word == word) return one.json;
    }
    return {};
}

// A table that keeps contracts: the column that says whose, and what that is called.
struct Keeper {
    const char* table;
    const char* column;
    const char* what;
};
constexpr Keeper keepers[] = {{"focus_contracts", "focus_id", "focus profile"},
                              {"focus_tones", "tone", "tone"},
                              {"focus_styles", "style", "style"}};

// Which table a trigger is on; raises 39P01 for any other.
const Keeper& keeper_of(FunctionCallInfo fcinfo) {
    if (CALLED_AS_TRIGGER(fcinfo)) {
        const auto* trigger = reinterpret_cast<TriggerData*>(fcinfo->context);
        const bool fits = TRIGGER_FIRED_BEFORE(trigger->tg_event) &&
                          TRIGGER_FIRED_FOR_ROW(trigger->tg_event) &&
                          !TRIGGER_FIRED_BY_DELETE(trigger->tg_event);
        const char* name = RelationGetRelationName(trigger->tg_relation);
        for (const Keeper& keeper : keepers) {
            if (fits && strcmp(name, keeper.table) == 0) return keeper;
        }
    }
    ereport(
        ERROR,
        (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
         errmsg("focus_contracts_validate must be fired before a row of a table of contracts")));
    pg_unreachable();
}

// Raises 54000 for a contract that is too large.
void refuse_oversized(std::string_view subject, Datum contract) {
    const std::size_t bytes = pg::stored_size(contract);
    if (bytes <= most_bytes) return;
    ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                    errmsg("the contract of %s is too large", pg::to_server_cstring(subject)),
                    errdetail("It has %zu bytes; the limit is %zu.", bytes, most_bytes),
                    errhint("Keep long lists of phrases in a table of your own, and give them to "
                            "focus_lint.")));
}

// Raises the one error of an invalid contract.
[[noreturn]] void refuse_contract(const Keeper& keeper, std::string_view subject,
                                  const core::check::Problems& problems) {
    const auto& refusal = pg::compute([&](core::Ticker&) {
        return core::check::refuse("invalid contract of " + std::string(subject), problems);
    });
    ereport(
        ERROR,
        (errcode(ERRCODE_CHECK_VIOLATION), errmsg("%s", pg::to_server_cstring(refusal.message)),
         errdetail("%s", pg::to_server_cstring(refusal.detail)),
         refusal.hint.empty() ? 0 : errhint("%s", pg::to_server_cstring(refusal.hint)),
         err_generic_string(PG_DIAG_SCHEMA_NAME, pg::schema_name),
         err_generic_string(PG_DIAG_TABLE_NAME, keeper.table),
         err_generic_string(PG_DIAG_COLUMN_NAME, "contract"),
         err_generic_string(PG_DIAG_CONSTRAINT_NAME, psprintf("%s_contract_check", keeper.table))));
    pg_unreachable();
}

// What an error calls a row: focus profile "x".
const std::string& subject_of(const Keeper& keeper, const char* name) {
    const std::string_view utf8 = pg::to_utf8(name);
    return pg::compute(
        [&](core::Ticker&) { return std::string(keeper.what) + " " + core::check::quoted(utf8); });
}

// A JSON string, written with the quotes.
void append_string(StringInfo out, std::string_view text) {
    escape_json(out, pnstrdup(text.data(), text.size()));
}

// The digits of a number without zeros at the end of its fraction.
std::string_view without_zeros(std::string_view digits) {
    if (digits.find('.') == std::string_view::npos) return digits;
    while (digits.ends_with('0')) digits.remove_suffix(1);
    if (digits.ends_with('.')) digits.remove_suffix(1);
    return digits;
}

// Appends a value that is no container.
void append_scalar(StringInfo out, const core::check::JsonNode& node) {
    switch (node.kind) {
        case core::check::JsonKind::boolean:
            appendStringInfoString(out, node.truth ? "true" : "false");
            break;
        case core::check::JsonKind::number: {
            const std::string_view digits = without_zeros(node.text);
            appendBinaryStringInfo(out, digits.data(), static_cast<int>(digits.size()));
            break;
        }
        case core::check::JsonKind::string: append_string(out, node.text); break;
        default: appendStringInfoString(out, "null"); break;
    }
}

// A container that is being written.
struct Open {
    bool is_object;
    std::uint32_t left;  // values to come
    bool is_first;
};

// Writes a tape as PostgreSQL writes jsonb, but for the zeros of numbers.
const char* write_tape(std::span<const core::check::JsonNode> nodes) {
    StringInfoData out;
    initStringInfo(&out);
    pg::PallocArray<Open> open;
    for (std::size_t at = 0; at < nodes.size(); ++at) {
        if (open.size() > 0) {
            Open& here = open.back();
            if (!here.is_first) appendStringInfoString(&out, ", ");
            here.is_first = false;
            --here.left;
            if (here.is_object) {
                append_string(&out, nodes[at].text);
                appendStringInfoString(&out, ": ");
                ++at;
            }
        }
        const core::check::JsonNode& node = nodes[at];
        const bool is_object = node.kind == core::check::JsonKind::object;
        if (is_object || node.kind == core::check::JsonKind::array) {
            appendStringInfoChar(&out, is_object ? '{' : '[');
            open.push({is_object, node.size, true});
        } else {
            append_scalar(&out, node);
        }
        while (open.size() > 0 && open.back().left == 0) {
            appendStringInfoChar(&out, open.back().is_object ? '}' : ']');
            open.pop();
        }
    }
    return out.data;
}

// A contract as jsonb.
Datum to_jsonb(const pg::EffectiveContract& contract) {
    return DirectFunctionCall1(jsonb_in, CStringGetDatum(pg::to_server_cstring(contract.json)));
}

}  // namespace

// focus_validate_contract(contract jsonb) -> rows
ARIA_FOCUS_FUNCTION(focus_validate_contract) {
    const pg::JsonTape tape = pg::read_jsonb(PG_GETARG_DATUM(0));
    const core::check::Problems& problems = problems_of(tape.view());
    pg::ResultSet rows(fcinfo);
    for (const core::check::Problem& problem : problems) {
        rows.add_optional(problem.field, &pg::Row::add_text);
        rows.add_text(problem.path);
        rows.add_text(name_of(problem.code));
        rows.add_text(core::check::severity_of(problem.code));
        rows.add_text(problem.message);
        rows.add_optional(problem.hint, &pg::Row::add_text);
        rows.end_row();
    }
    return rows.finish();
}

// focus_is_contract(contract jsonb) -> boolean
ARIA_FOCUS_FUNCTION(focus_is_contract) {
    const pg::JsonTape tape = pg::read_jsonb(PG_GETARG_DATUM(0));
    PG_RETURN_BOOL(problems_of(tape.view()).empty());
}

// focus_builtin_contract(kind text, word text) -> jsonb
ARIA_FOCUS_FUNCTION(focus_builtin_contract) {
    const std::string_view json = builtin_json(pg::read_text(PG_GETARG_DATUM(0)).utf8,
                                               pg::read_text(PG_GETARG_DATUM(1)).utf8);
    if (json.empty()) PG_RETURN_NULL();
    return DirectFunctionCall1(jsonb_in, CStringGetDatum(pg::to_server_cstring(json)));
}

// focus_contracts_validate() -> trigger: BEFORE INSERT OR UPDATE, for each row
ARIA_FOCUS_FUNCTION(focus_contracts_validate) {
    const Keeper& keeper = keeper_of(fcinfo);
    const auto* trigger = reinterpret_cast<TriggerData*>(fcinfo->context);
    const Relation table = trigger->tg_relation;
    HeapTuple row =
        TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? trigger->tg_newtuple : trigger->tg_trigtuple;
    bool has_no_id = false;
    bool has_no_contract = false;
    const Datum id = heap_getattr(row, pg::find_column(table, keeper.column, VARCHAROID),
                                  RelationGetDescr(table), &has_no_id);
    const Datum contract = heap_getattr(row, pg::find_column(table, "contract", JSONBOID),
                                        RelationGetDescr(table), &has_no_contract);
    // The NOT NULL constraints speak for themselves.
    if (has_no_id || has_no_contract) return PointerGetDatum(row);
    const std::string& subject = subject_of(keeper, TextDatumGetCString(id));
    refuse_oversized(subject, contract);
    const core::check::Problems& problems = problems_of(pg::read_jsonb(contract).view());
    if (!problems.empty()) refuse_contract(keeper, subject, problems);
    return PointerGetDatum(row);
}

// focus_layered_contract(token_budget_hint integer, tone text, tone_contract jsonb, style text,
//                        style_contract jsonb, own_contract jsonb) -> jsonb
ARIA_FOCUS_FUNCTION(focus_layered_contract) {
    return to_jsonb(pg::lay_contracts({PG_GETARG_INT32(0), pg::read_text(PG_GETARG_DATUM(1)).utf8,
                                       PG_GETARG_DATUM(2), pg::read_text(PG_GETARG_DATUM(3)).utf8,
                                       PG_GETARG_DATUM(4), PG_GETARG_DATUM(5)}));
}

// focus_contract(focus_id text) -> jsonb
ARIA_FOCUS_FUNCTION(focus_contract) {
    const pg::EffectiveContract* const contract = pg::find_effective_contract(PG_GETARG_DATUM(0));
    if (contract == nullptr) PG_RETURN_NULL();
    return to_jsonb(*contract);
}

// focus_contract_conflicts(contract jsonb) -> rows
ARIA_FOCUS_FUNCTION(focus_contract_conflicts) {
    const pg::JsonTape tape = pg::read_jsonb(PG_GETARG_DATUM(0));
    const auto& conflicts = pg::compute([&](core::Ticker& ticker) {
        core::check::Problems problems;
        return core::contract::find_conflicts(
            core::contract::read_contract(tape.view(), core::check::Reporter(problems), ticker),
            ticker);
    });
    pg::ResultSet rows(fcinfo);
    for (const core::contract::Conflict& conflict : conflicts) {
        rows.add_text(conflict.message);
        rows.add_text(conflict.hint);
        rows.end_row();
    }
    return rows.finish();
}

// focus_contract_text(contract jsonb) -> text
ARIA_FOCUS_FUNCTION(focus_contract_text) {
    pg::JsonTape tape(pg::TapeTexts::server);
    tape.add_jsonb(DatumGetJsonbP(PG_GETARG_DATUM(0)));
    return CStringGetTextDatum(write_tape(tape.nodes()));
}
