// SQL functions of the chapter contracts: a text against a contract, and what of a text is measured.
#include "core/base/error.hpp"
#include "core/check/refusal.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/judge.hpp"
#include "core/contract/lexicon.hpp"
#include "core/contract/prompt.hpp"
#include "core/contract/reading.hpp"
#include "core/contract/tokens.hpp"
#include "core/text/nearest.hpp"

#include <array>
#include <string>
#include <vector>

#include "pg/border/border.hpp"
#include "pg/border/lasting.hpp"
#include "pg/tables/effective_contract.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/jsonb_writer.hpp"
#include "pg/values/result_set.hpp"

namespace core = aria_focus::core;
namespace pg = aria_focus::pg;

namespace {

// What texts are read with, made when first asked for.
struct Tools {
    explicit Tools(core::Ticker& ticker) : lexicons(ticker) {}

    core::contract::LexiconMatcher lexicons;
    core::match::MatcherScratch scratch;
};
pg::Lasting<Tools> lasting_tools;

// The tools, to be used within a step of the core.
Tools& tools(core::Ticker& ticker) {
    return lasting_tools.get([&] { return Tools(ticker); });
}

// A contract, and the jsonb that it was made of.
struct KnownContract {
    std::string jsonb;
    core::contract::CompiledContract compiled;
};

// The contracts compiled last: a report asks the texts of many profiles in any order.
struct KnownContracts {
    static constexpr std::size_t most = 32;

    std::vector<KnownContract> contracts;  // at most so many
    std::size_t next = 0;                  // the one to be replaced
};
pg::Lasting<KnownContracts> known_contracts;

// Compiles a contract; raises invalid_argument with all its problems.
core::contract::CompiledContract compile(core::check::JsonView contract, core::Ticker& ticker) {
    core::check::Problems problems;
    auto read = core::contract::read_contract(contract, core::check::Reporter(problems), ticker);
    if (!problems.empty()) core::check::refuse_argument("invalid contract", problems);
    return core::contract::CompiledContract(std::move(read), ticker);
}

// Keeps a contract in the place of the one that was kept longest.
const core::contract::CompiledContract& keep(KnownContracts& known, KnownContract contract) {
    if (known.contracts.size() < KnownContracts::most) {
        known.contracts.reserve(KnownContracts::most);
        known.contracts.push_back(std::move(contract));
        return known.contracts.back().compiled;
    }
    KnownContract& place = known.contracts[known.next];
    known.next = (known.next + 1) % KnownContracts::most;
    place = std::move(contract);
    return place.compiled;
}

// Compiles a contract, unless it is known.
const core::contract::CompiledContract& compiled_contract(Datum datum) {
    const Jsonb* const jsonb = DatumGetJsonbP(datum);
    const std::string_view bytes(reinterpret_cast<const char*>(jsonb), VARSIZE(jsonb));
    KnownContracts& known = known_contracts.get([] { return KnownContracts(); });
    for (const KnownContract& one : known.contracts) {
        if (one.jsonb == bytes) return one.compiled;
    }
    pg::JsonTape tape;
    tape.add_jsonb(const_cast<Jsonb*>(jsonb));
    core::Ticker ticker = pg::interruptible();
    return keep(known, {std::string(bytes), compile(tape.view(), ticker)});
}

// Reads a severity; raises invalid_argument for a word that is none.
core::contract::Severity read_severity(std::string_view name) {
    return pg::compute([&](core::Ticker&) {
        if (const auto severity = core::contract::severity_of(name)) return *severity;
        throw core::Error(core::ErrorKind::invalid_argument,
                          "severity " + core::check::quoted(name) + " is not known", {},
                          core::text::name_hint(name, core::contract::severity_names));
    });
}

// The columns of a finding that say where it is.
void add_place(pg::ResultSet& rows, const core::contract::Finding& finding,
               const pg::ServerText& text, pg::ServerCursor& start) {
    if (!finding.position) {
        for (int column = 0; column < 5; ++column) rows.add_null();
        return;
    }
    start.move_to(finding.span->begin);
    pg::ServerCursor end = start;
    end.move_to(finding.span->end);
    rows.add(Int64GetDatum(finding.position->at));
    rows.add(Int64GetDatum(finding.position->length));
    rows.add(Int64GetDatum(finding.position->line));
    rows.add(Int64GetDatum(finding.position->column));
    rows.add_server_text(
        text.server.substr(start.server_offset(), end.server_offset() - start.server_offset()));
}

// Writes findings as rows.
Datum deliver(FunctionCallInfo fcinfo, const std::vector<core::contract::Finding>& findings,
              const pg::ServerText& text) {
    pg::ResultSet rows(fcinfo);
    pg::ServerCursor start(text);
    for (const core::contract::Finding& finding : findings) {
        rows.add_text(finding.rule);
        rows.add_text(name_of(finding.severity));
        rows.add_text(finding.message);
        add_place(rows, finding, text, start);
        rows.add_optional(finding.measured, &pg::Row::add_float);
        rows.add_optional(finding.allowed, &pg::Row::add_float);
        rows.add_optional(finding.suggestion, &pg::Row::add_text);
        rows.end_row();
    }
    return rows.finish();
}

// Writes what breaks a contract as rows.
Datum lint_rows(FunctionCallInfo fcinfo, const pg::ServerText& body,
                const core::contract::CompiledContract& contract) {
    const auto& findings = pg::compute([&](core::Ticker& ticker) {
        Tools& with = tools(ticker);
        return core::contract::lint(body.utf8, contract, {with.lexicons, with.scratch, ticker});
    });
    return deliver(fcinfo, findings, body);
}

// The digits of a measure; empty where it is not meaningful.
using Measures = std::array<std::string, core::contract::metric_count>;

// Measures everything.
const Measures& measure(std::string_view text) {
    return pg::compute([&](core::Ticker& ticker) {
        Tools& with = tools(ticker);
        core::contract::Reading reading(text, false, with.lexicons, with.scratch, ticker);
        Measures measures;
        for (std::size_t i = 0; i < measures.size(); ++i) {
            const auto value = reading.value(static_cast<core::contract::Metric>(i));
            if (value) measures[i] = core::contract::shown(*value);
        }
        return measures;
    });
}

// The built-in list of a name; raises invalid_argument where there is none.
const core::contract::Lexicon& read_lexicon(std::string_view name) {
    return *pg::compute([&](core::Ticker&) {
        const core::contract::Lexicon* const found = core::contract::lexicon_of(name);
        if (found != nullptr) return found;
        std::array<std::string_view, core::contract::lexicon_count> names;
        for (std::size_t i = 0; i < names.size(); ++i) {
            names[i] = core::contract::all_lexicons()[i]->name;
        }
        throw core::Error(core::ErrorKind::invalid_argument,
                          "there is no word list " + core::check::quoted(name), {},
                          core::text::name_hint(name, names));
    });
}

}  // namespace

// focus_lint(body text, contract jsonb) -> rows
ARIA_FOCUS_FUNCTION(focus_lint) {
    const pg::ServerText body = pg::read_text(PG_GETARG_DATUM(0));
    return lint_rows(fcinfo, body, compiled_contract(PG_GETARG_DATUM(1)));
}

// focus_check(reply text, focus_id text) -> rows of focus_lint
ARIA_FOCUS_FUNCTION(focus_check) {
    const pg::ServerText reply = pg::read_text(PG_GETARG_DATUM(0));
    const pg::EffectiveContract* const contract = pg::find_effective_contract(PG_GETARG_DATUM(1));
    if (contract == nullptr) return pg::ResultSet(fcinfo).finish();
    return lint_rows(fcinfo, reply, contract->compiled);
}

// focus_prompt_findings(prompt text, contract jsonb, token_budget_hint integer) -> rows of focus_lint
ARIA_FOCUS_FUNCTION(focus_prompt_findings) {
    const pg::ServerText prompt = pg::read_text(PG_GETARG_DATUM(0));
    const core::contract::CompiledContract& contract = compiled_contract(PG_GETARG_DATUM(1));
    const std::int32_t budget = PG_GETARG_INT32(2);
    const auto& findings = pg::compute([&](core::Ticker& ticker) {
        Tools& with = tools(ticker);
        return core::contract::lint_prompt(prompt.utf8, contract.contract(), budget,
                                           {with.lexicons, with.scratch, ticker});
    });
    return deliver(fcinfo, findings, prompt);
}

// focus_conforms(body text, contract jsonb, severity text = 'warning') -> boolean
ARIA_FOCUS_FUNCTION(focus_conforms) {
    if (PG_ARGISNULL(0) || PG_ARGISNULL(1)) PG_RETURN_NULL();
    const core::contract::Severity severity =
        PG_ARGISNULL(2) ? core::contract::Severity::warning
                        : read_severity(pg::read_text(PG_GETARG_DATUM(2)).utf8);
    const pg::ServerText body = pg::read_text(PG_GETARG_DATUM(0));
    const core::contract::CompiledContract& contract = compiled_contract(PG_GETARG_DATUM(1));
    const bool conforms = pg::compute([&](core::Ticker& ticker) {
        Tools& with = tools(ticker);
        return core::contract::conforms(body.utf8, contract, severity,
                                        {with.lexicons, with.scratch, ticker});
    });
    pg::release(body);
    PG_RETURN_BOOL(conforms);
}

// focus_text_metrics(body text) -> jsonb
ARIA_FOCUS_FUNCTION(focus_text_metrics) {
    const Measures& measures = measure(pg::read_text(PG_GETARG_DATUM(0)).utf8);
    pg::JsonbWriter json;
    json.begin_object();
    for (std::size_t i = 0; i < measures.size(); ++i) {
        json.key(core::contract::metric_names()[i]);
        measures[i].empty() ? json.null() : json.number(measures[i]);
    }
    json.end_object();
    return json.finish();
}

// focus_estimate_tokens(body text) -> bigint
ARIA_FOCUS_FUNCTION(focus_estimate_tokens) {
    const pg::ServerText body = pg::read_text(PG_GETARG_DATUM(0));
    const std::int64_t tokens = pg::compute(
        [&](core::Ticker& ticker) { return core::contract::estimate_tokens(body.utf8, ticker); });
    pg::release(body);
    PG_RETURN_INT64(tokens);
}

// focus_lexicon(name text) -> rows
ARIA_FOCUS_FUNCTION(focus_lexicon) {
    const core::contract::Lexicon& lexicon = read_lexicon(pg::read_text(PG_GETARG_DATUM(0)).utf8);
    pg::ResultSet rows(fcinfo);
    for (const core::contract::LexiconEntry& entry : lexicon.entries) {
        if (entry.place == core::contract::Place::never) continue;
        rows.add_text(entry.keyword);
        rows.add_text("word");
        rows.add_optional(entry.suggestion, &pg::Row::add_text);
        rows.end_row();
    }
    return rows.finish();
}
