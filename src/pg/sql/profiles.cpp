// SQL functions of the chapter profiles: the rules of the table.
#include "core/check/refusal.hpp"
#include "core/profile/doctor.hpp"
#include "core/profile/profile.hpp"
#include "core/profile/profile_warnings.hpp"
#include "core/profile/skill_list.hpp"
#include "core/text/text.hpp"

#include <string>

#include "pg/border/border.hpp"
#include "pg/tables/vocabulary.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/result_set.hpp"

namespace core = aria_focus::core;
namespace pg = aria_focus::pg;

namespace {

// A problem as it survives the core's objects; texts in UTF-8, in PostgreSQL's memory.
struct KeptProblem {
    std::string_view focus_id;
    std::string_view field;
    std::string_view path;
    core::check::ProblemCode code;
    std::string_view message;
    std::string_view hint;
};

// Copies a problem out of the core.
KeptProblem keep(const core::check::Problem& problem, std::string_view focus_id = {}) {
    return {pg::keep(focus_id), pg::keep(problem.field),   pg::keep(problem.path),
            problem.code,       pg::keep(problem.message), pg::keep(problem.hint)};
}

// Copies problems out of the core.
std::span<KeptProblem> keep(const core::check::Problems& problems) {
    auto* kept = static_cast<KeptProblem*>(pg::allocate(problems.size() * sizeof(KeptProblem)));
    for (std::size_t i = 0; i < problems.size(); ++i) kept[i] = keep(problems[i]);
    return {kept, problems.size()};
}

// Adds a text column that is NULL where there is nothing to say.
void add_optional(pg::ResultSet& rows, std::string_view text) {
    if (text.empty()) {
        rows.add_null();
    } else {
        rows.add_text(text);
    }
}

// --- focus_validate ----------------------------------------------------------------------------------

// Every problem of a candidate, warnings last.
std::span<KeptProblem> validate(core::check::JsonView profile,
                                const core::profile::Vocabularies& vocabularies) {
    core::Ticker ticker = pg::interruptible();
    core::check::Problems problems = core::profile::check_profile(
        profile, vocabularies, core::profile::Origin::candidate, ticker);
    for (core::check::Problem& warning : core::profile::warn_profile(profile, ticker)) {
        problems.push_back(std::move(warning));
    }
    return keep(problems);
}

// --- the trigger --------------------------------------------------------------------------------------

// What the trigger says of a bad row; in PostgreSQL's memory.
struct RowRefusal {
    bool refused;
    bool is_nested;  // the problem lies within the value, not in its presence or its word
    core::check::ProblemCode code;
    std::string_view column;
    std::string_view message;
    std::string_view detail;
    std::string_view hint;
};

// Judges a row.
RowRefusal judge(core::check::JsonView row, const core::profile::Vocabularies& vocabularies) {
    core::Ticker ticker = pg::interruptible();
    const core::check::Problems problems =
        core::profile::check_profile(row, vocabularies, core::profile::Origin::row, ticker);
    if (problems.empty()) return {};
    const auto id = core::check::find_key(row, "focus_id");
    const bool has_id = id && id->kind() == core::check::JsonKind::string;
    const core::check::Refusal refusal = core::check::refuse(
        "invalid focus profile" + (has_id ? " " + core::check::quoted(id->text()) : ""), problems);
    const core::check::Problem& first = problems.front();
    return {true,
            first.path != "$." + std::string(first.field),
            first.code,
            pg::keep(first.field),
            pg::keep(refusal.message),
            pg::keep(refusal.detail),
            pg::keep(refusal.hint)};
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
        add_value(tape, attribute->atttypid, value);
    }
    tape.end();
    return tape;
}

// The SQLSTATE, and the end of the constraint's name, of a kind of problem.
struct Violation {
    int sqlstate;
    const char* suffix;
};

// Which constraint a problem breaks. Whatever is wrong within a value breaks its column's CHECK.
Violation violation_of(const RowRefusal& refusal) {
    constexpr Violation check{ERRCODE_CHECK_VIOLATION, "check"};
    if (refusal.is_nested) return check;
    switch (refusal.code) {
        case core::check::ProblemCode::missing: return {ERRCODE_NOT_NULL_VIOLATION, "not_null"};
        case core::check::ProblemCode::not_in_vocabulary:
            return {ERRCODE_FOREIGN_KEY_VIOLATION, "fkey"};
        default: return check;
    }
}

// Raises the one error of a bad row.
[[noreturn]] void refuse_row(Relation table, const RowRefusal& refusal) {
    const Violation violation = violation_of(refusal);
    const char* column = pg::to_server_cstring(refusal.column);
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

// The vocabularies as a foreign key would see them now.
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
    core::Ticker ticker = pg::interruptible();
    PG_RETURN_BOOL(core::text::is_blank(value.utf8, ticker));
}

// focus_is_skill_list(skills jsonb) -> boolean
ARIA_FOCUS_FUNCTION(focus_is_skill_list) {
    const pg::JsonTape tape = pg::read_jsonb(PG_GETARG_DATUM(0));
    core::Ticker ticker = pg::interruptible();
    core::check::Problems problems;
    core::profile::check_skill_list(tape.view(), "", "", problems, ticker);
    PG_RETURN_BOOL(problems.empty());
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
    const pg::JsonTape tape = read_row(trigger->tg_relation, row);
    const RowRefusal refusal = judge(tape.view(), read_current_vocabularies());
    if (refusal.refused) refuse_row(trigger->tg_relation, refusal);
    return PointerGetDatum(row);
}

// focus_validate(profile jsonb) -> rows
ARIA_FOCUS_FUNCTION(focus_validate) {
    const pg::JsonTape tape = pg::read_jsonb(PG_GETARG_DATUM(0));
    const auto problems = validate(tape.view(), pg::read_vocabularies(GetActiveSnapshot()));
    pg::ResultSet rows(fcinfo);
    for (const KeptProblem& problem : problems) {
        add_optional(rows, problem.field);
        rows.add_text(problem.path);
        rows.add_text(name_of(problem.code));
        rows.add_text(core::check::severity_of(problem.code));
        rows.add_text(problem.message);
        add_optional(rows, problem.hint);
        rows.end_row();
    }
    return rows.finish();
}

namespace {

// Every finding over an array of profiles.
std::span<KeptProblem> examine(core::check::JsonView profiles,
                               const core::profile::Vocabularies& vocabularies) {
    core::Ticker ticker = pg::interruptible();
    const std::vector<core::profile::Finding> findings =
        core::profile::examine(profiles, vocabularies, ticker);
    auto* kept = static_cast<KeptProblem*>(pg::allocate(findings.size() * sizeof(KeptProblem)));
    for (std::size_t i = 0; i < findings.size(); ++i) {
        kept[i] = keep(findings[i].problem, findings[i].focus_id);
    }
    return {kept, findings.size()};
}

}  // namespace

// focus_examine(profiles jsonb) -> rows; what focus_doctor says of the rows it is given
ARIA_FOCUS_FUNCTION(focus_examine) {
    const pg::JsonTape tape = pg::read_jsonb(PG_GETARG_DATUM(0));
    const auto findings = examine(tape.view(), pg::read_vocabularies(GetActiveSnapshot()));
    pg::ResultSet rows(fcinfo);
    for (const KeptProblem& finding : findings) {
        add_optional(rows, finding.focus_id);
        rows.add_text(name_of(finding.code));
        rows.add_text(core::check::severity_of(finding.code));
        rows.add_text(finding.message);
        add_optional(rows, finding.hint);
        rows.end_row();
    }
    return rows.finish();
}
