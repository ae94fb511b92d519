// SQL functions of the chapter profiles: the rules of the table.
#include "core/check/refusal.hpp"
#include "core/profile/doctor.hpp"
#include "core/profile/profile.hpp"
#include "core/profile/profile_warnings.hpp"
#include "core/profile/skill_list.hpp"
#include "core/text/text.hpp"

#include <string>

#include "pg/border/border.hpp"
#include "pg/tables/stored_profile.hpp"
#include "pg/tables/vocabulary.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/result_set.hpp"

namespace core = aria_focus::core;
namespace pg = aria_focus::pg;

namespace {

// --- focus_validate ----------------------------------------------------------------------------------

// Finds every problem of a candidate, warnings last.
const core::check::Problems& validate(core::check::JsonView profile,
                                      const core::profile::Vocabularies& vocabularies) {
    return pg::compute([&](core::Ticker& ticker) {
        core::check::Problems problems = core::profile::check_profile(
            profile, vocabularies, core::profile::Origin::candidate, ticker);
        for (core::check::Problem& warning : core::profile::warn_profile(profile, ticker)) {
            problems.push_back(std::move(warning));
        }
        return problems;
    });
}

// Ends a row with the columns that every row about a problem ends with.
void end_row(pg::ResultSet& rows, const core::check::Problem& problem) {
    rows.add_text(name_of(problem.code));
    rows.add_text(core::check::severity_of(problem.code));
    rows.add_text(problem.message);
    rows.add_optional(problem.hint, &pg::Row::add_text);
    rows.end_row();
}

// --- the trigger --------------------------------------------------------------------------------------

// Finds every problem of a row.
const core::check::Problems& check_row(core::check::JsonView row,
                                       const core::profile::Vocabularies& vocabularies) {
    return pg::compute([&](core::Ticker& ticker) {
        return core::profile::check_profile(row, vocabularies, core::profile::Origin::row, ticker);
    });
}

// Composes the words for a bad row.
const core::check::Refusal& describe(core::check::JsonView row,
                                     const core::check::Problems& problems) {
    return pg::compute([&](core::Ticker&) {
        const auto id = core::check::find_key(row, "focus_id");
        const bool has_id = id && id->kind() == core::check::JsonKind::string;
        return core::check::refuse(
            "invalid focus profile" + (has_id ? " " + core::check::quoted(id->text()) : ""),
            problems);
    });
}

// Puts one column's value on the tape.
void add_value(pg::JsonTape& tape, Oid type, Datum value) {
    switch (type) {
        case BOOLOID: tape.add_boolean(DatumGetBool(value)); break;
        case INT4OID:
        case FLOAT8OID: {
            Oid output = InvalidOid;
            bool is_varlena = false;
            getTypeOutputInfo(type, &output, &is_varlena);
            tape.add_number(OidOutputFunctionCall(output, value));
            break;
        }
        case JSONBOID: tape.add_jsonb(DatumGetJsonbP(value)); break;
        case VARCHAROID:
        case TEXTOID: tape.add_string(TextDatumGetCString(value)); break;
        default: tape.add_string(""); break;  // timestamps: nothing to check
    }
}

// True for the columns that may hold any text. It can be long: nobody reads it in vain.
bool is_free_text(Form_pg_attribute attribute) {
    return attribute->atttypid == TEXTOID &&
           (namestrcmp(&attribute->attname, "description") == 0 ||
            namestrcmp(&attribute->attname, "system_prompt_addon") == 0);
}

// Puts a row on a tape, as an object of its columns; a NULL is left out.
pg::JsonTape read_row(Relation table, HeapTuple tuple) {
    const TupleDesc descriptor = RelationGetDescr(table);
    pg::JsonTape tape;
    tape.begin_object();
    for (int i = 0; i < descriptor->natts; ++i) {
        const Form_pg_attribute attribute = TupleDescAttr(descriptor, i);
        bool is_null = false;
        const Datum value = heap_getattr(tuple, attribute->attnum, descriptor, &is_null);
        // A column that somebody added is his own affair.
        if (attribute->attisdropped ||
            !core::profile::is_profile_column(NameStr(attribute->attname))) {
            continue;
        }
        if (is_null) continue;
        tape.add_key(NameStr(attribute->attname));
        if (is_free_text(attribute)) {
            tape.add_string("");
        } else {
            add_value(tape, attribute->atttypid, value);
        }
    }
    tape.end();
    return tape;
}

// The SQLSTATE, and the end of the constraint's name, of a kind of problem.
struct Violation {
    int sqlstate;
    const char* suffix;
};

// Tells which constraint a problem breaks. Whatever is wrong within a value, not in its presence or its
// word, breaks its column's CHECK.
Violation violation_of(const core::check::Problem& problem) {
    constexpr Violation check{ERRCODE_CHECK_VIOLATION, "check"};
    constexpr std::string_view root = "$.";
    const bool is_of_column = problem.path.starts_with(root) &&
                              std::string_view(problem.path).substr(root.size()) == problem.field;
    if (!is_of_column) return check;
    switch (problem.code) {
        case core::check::ProblemCode::missing: return {ERRCODE_NOT_NULL_VIOLATION, "not_null"};
        case core::check::ProblemCode::not_in_vocabulary:
            return {ERRCODE_FOREIGN_KEY_VIOLATION, "fkey"};
        default: return check;
    }
}

// Raises the one error of a bad row.
[[noreturn]] void refuse_row(Relation table, const core::check::Problem& first,
                             const core::check::Refusal& refusal) {
    const Violation violation = violation_of(first);
    const char* column = pg::to_server_cstring(first.field);
    const char* constraint =
        psprintf("%s_%s_%s", RelationGetRelationName(table), column, violation.suffix);
    ereport(
        ERROR,
        (errcode(violation.sqlstate), errmsg("%s", pg::to_server_cstring(refusal.message)),
         errdetail("%s", pg::to_server_cstring(refusal.detail)),
         refusal.hint.empty() ? 0 : errhint("%s", pg::to_server_cstring(refusal.hint)),
         errtablecolname(table, column), err_generic_string(PG_DIAG_CONSTRAINT_NAME, constraint)));
    pg_unreachable();
}

// Reads the vocabularies as a foreign key would see them now.
core::profile::Vocabularies read_current_vocabularies() {
    Snapshot snapshot = RegisterSnapshot(GetLatestSnapshot());
    const core::profile::Vocabularies vocabularies = pg::read_vocabularies(snapshot);
    UnregisterSnapshot(snapshot);
    return vocabularies;
}

}  // namespace

// focus_is_blank(value text) -> boolean
ARIA_FOCUS_FUNCTION(focus_is_blank) {
    const pg::ServerText value = pg::read_text(PG_GETARG_DATUM(0));
    PG_RETURN_BOOL(pg::compute(
        [&](core::Ticker& ticker) { return core::text::is_blank(value.utf8, ticker); }));
}

// focus_is_skill_list(skills jsonb) -> boolean
ARIA_FOCUS_FUNCTION(focus_is_skill_list) {
    const pg::JsonTape tape = pg::read_jsonb(PG_GETARG_DATUM(0));
    PG_RETURN_BOOL(pg::compute([&](core::Ticker& ticker) {
        core::check::Problems problems;
        core::profile::check_skill_list(tape.view(), core::check::Reporter(problems), ticker);
        return problems.empty();
    }));
}

// focus_profiles_validate() -> trigger: BEFORE INSERT OR UPDATE, for each row
ARIA_FOCUS_FUNCTION(focus_profiles_validate) {
    auto* trigger = reinterpret_cast<TriggerData*>(fcinfo->context);
    if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BEFORE(trigger->tg_event) ||
        !TRIGGER_FIRED_FOR_ROW(trigger->tg_event)) {
        ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                        errmsg("focus_profiles_validate must be fired before a row")));
    }
    HeapTuple row =
        TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? trigger->tg_newtuple : trigger->tg_trigtuple;
    pg::refuse_oversized({trigger->tg_relation, row});
    const pg::JsonTape tape = read_row(trigger->tg_relation, row);
    const core::profile::Vocabularies vocabularies = read_current_vocabularies();
    const core::check::Problems& problems = check_row(tape.view(), vocabularies);
    if (!problems.empty()) {
        refuse_row(trigger->tg_relation, problems.front(), describe(tape.view(), problems));
    }
    return PointerGetDatum(row);
}

// focus_validate(profile jsonb) -> rows
ARIA_FOCUS_FUNCTION(focus_validate) {
    const pg::JsonTape tape = pg::read_jsonb(PG_GETARG_DATUM(0));
    const core::profile::Vocabularies vocabularies = pg::read_vocabularies(GetActiveSnapshot());
    const auto& problems = validate(tape.view(), vocabularies);
    pg::ResultSet rows(fcinfo);
    for (const core::check::Problem& problem : problems) {
        rows.add_optional(problem.field, &pg::Row::add_text);
        rows.add_text(problem.path);
        end_row(rows, problem);
    }
    return rows.finish();
}

// focus_examine(profiles jsonb) -> rows; what focus_doctor says of the rows it is given
ARIA_FOCUS_FUNCTION(focus_examine) {
    const pg::JsonTape tape = pg::read_jsonb(PG_GETARG_DATUM(0));
    const core::profile::Vocabularies vocabularies = pg::read_vocabularies(GetActiveSnapshot());
    const auto& findings = pg::compute([&](core::Ticker& ticker) {
        return core::profile::examine(tape.view(), vocabularies, ticker);
    });
    pg::ResultSet rows(fcinfo);
    for (const auto& [focus_id, problem] : findings) {
        rows.add_optional(focus_id, &pg::Row::add_text);
        end_row(rows, problem);
    }
    return rows.finish();
}
