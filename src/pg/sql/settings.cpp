// SQL functions of the chapter settings: what an agent runs with under a focus.
#include "core/agent/settings.hpp"
#include "core/text/text.hpp"

#include <cstring>
#include <span>

#include "pg/border/border.hpp"
#include "pg/tables/saved_query.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/jsonb_writer.hpp"
#include "pg/values/palloc_array.hpp"
#include "pg/values/row.hpp"
#include "pg/values/varlena.hpp"

namespace core = aria_focus::core;
namespace pg = aria_focus::pg;

namespace {

// What a profile does to an agent.
pg::SavedQuery profile_query = {
    "SELECT p.enabled, p.system_prompt_addon, p.temperature_delta, p.token_budget_hint, "
    "p.model_override::pg_catalog.text, p.auto_skills "
    "FROM aria_engine.focus_profiles AS p WHERE p.focus_id::pg_catalog.text OPERATOR(pg_catalog.=) "
    "$1",
    1};

// The same with what its tone and style say.
pg::SavedQuery profile_query_with_voice = {
    "SELECT p.enabled, p.system_prompt_addon, p.temperature_delta, p.token_budget_hint, "
    "p.model_override::pg_catalog.text, p.auto_skills, aria_engine.focus_voice($1) "
    "FROM aria_engine.focus_profiles AS p WHERE p.focus_id::pg_catalog.text OPERATOR(pg_catalog.=) "
    "$1",
    1};

using Skills = std::span<const std::string_view>;

// Gives a text of the server as the core wants it, and as it is.
pg::ServerText both_forms(std::string_view server) {
    return {server, pg::to_utf8(server), nullptr};
}

// True for white space alone; may take long.
bool is_blank(std::string_view utf8) {
    return pg::compute([&](core::Ticker& ticker) { return core::text::is_blank(utf8, ticker); });
}

// Puts a prompt and its addon together.
Datum compose_prompt(const pg::ServerText& base, const pg::ServerText& addon) {
    const core::agent::PromptPlan plan = pg::compute([&](core::Ticker& ticker) {
        return core::agent::compose_prompt(base.utf8, addon.utf8, ticker);
    });
    pg::ServerCursor cursor(base);
    cursor.move_to(plan.base_bytes);
    const std::string_view parts[] = {
        base.server.substr(0, cursor.server_offset()),
        plan.has_separator ? core::agent::prompt_separator : std::string_view(),
        plan.has_addon ? addon.server : std::string_view(),
    };
    std::size_t bytes = VARHDRSZ;
    for (const std::string_view part : parts) bytes += part.size();
    auto* result = pg::allocate_varlena(bytes, "composed prompt");
    char* out = VARDATA(result);
    for (const std::string_view part : parts) {
        std::memcpy(out, part.data(), part.size());
        out += part.size();
    }
    return PointerGetDatum(result);
}

// Reads a jsonb argument whose texts come out again; NULL is read as a JSON null.
pg::JsonTape read_document(FunctionCallInfo fcinfo, int argument) {
    if (!PG_ARGISNULL(argument)) {
        return pg::read_jsonb(PG_GETARG_DATUM(argument), core::agent::setting_names);
    }
    pg::JsonTape tape(pg::TapeTexts::server);
    tape.add_null();
    return tape;
}

// Reads the skills of a profile.
Skills read_profile_skills(Datum jsonb) {
    const pg::JsonTape tape = pg::read_jsonb(jsonb, core::agent::setting_names);
    pg::PallocArray<std::string_view> skills;
    if (tape.view().kind() != core::check::JsonKind::array) return {};
    tape.view().each_element(
        [&](std::uint32_t, core::check::JsonView skill) { skills.push(skill.text()); });
    return skills.view();
}

// A profile's part in the settings.
struct Profile {
    core::agent::FocusEffect effect;
    std::string_view addon;
};

// Puts the voice behind the addon, each where there is one.
std::string_view with_voice(std::string_view addon, std::string_view voice, bool has_addon) {
    if (!has_addon) return voice;
    StringInfoData both;
    initStringInfo(&both);
    appendBinaryStringInfo(&both, addon.data(), static_cast<int>(addon.size()));
    appendStringInfoString(&both, "\n\n");
    appendBinaryStringInfo(&both, voice.data(), static_cast<int>(voice.size()));
    return {both.data, static_cast<std::size_t>(both.len)};
}

// Reads the profile that the first argument names, with its voice if the fourth asks for it.
Profile read_profile(FunctionCallInfo fcinfo) {
    Profile out;
    if (PG_ARGISNULL(0)) return out;
    const Datum focus_id = PG_GETARG_DATUM(0);
    out.effect.state = core::agent::FocusState::unknown;
    out.effect.focus_id = TextDatumGetCString(focus_id);
    const bool wants_voice = !PG_ARGISNULL(3) && PG_GETARG_BOOL(3);
    pg::SavedQuery& query = wants_voice ? profile_query_with_voice : profile_query;
    pg::for_each_result(query, focus_id, [&](const pg::QueryRow& row) {
        core::agent::FocusEffect& effect = out.effect;
        effect.state = DatumGetBool(row.value(1)) ? core::agent::FocusState::active
                                                  : core::agent::FocusState::disabled;
        out.addon = row.text_at(2);
        effect.has_addon = !is_blank(pg::to_utf8(out.addon));
        effect.temperature_delta = DatumGetFloat8(row.value(3));
        effect.token_budget = DatumGetInt32(row.value(4));
        effect.model = row.text_at(5);
        effect.skills = read_profile_skills(row.value(6));
        if (!wants_voice || effect.state != core::agent::FocusState::active) return;
        const std::string_view voice = row.text_at(7);
        effect.has_voice = !voice.empty();
        if (effect.has_voice) out.addon = with_voice(out.addon, voice, effect.has_addon);
    });
    return out;
}

// Finds the prompt of a document, if it has one.
std::optional<std::string_view> find_prompt(core::check::JsonView document) {
    if (document.kind() != core::check::JsonKind::object) return std::nullopt;
    const auto prompt = core::check::find_key(document, "system_prompt");
    if (!prompt || prompt->kind() != core::check::JsonKind::string) return std::nullopt;
    return prompt->text();
}

// Reads both documents and lets the focus act.
const core::agent::EffectiveSettings& compose(const core::agent::FocusEffect& effect,
                                              core::check::JsonView agent,
                                              core::check::JsonView request) {
    return pg::compute([&](core::Ticker& ticker) {
        return core::agent::compose_settings(effect, core::agent::read_settings(agent, "agent"),
                                             core::agent::read_settings(request, "request"),
                                             ticker);
    });
}

// Writes a list of skills as jsonb.
void write_skills(pg::JsonbWriter& json, Skills skills) {
    json.begin_array();
    for (const std::string_view skill : skills) json.string(skill);
    json.end_array();
}

// Writes what would hold of a setting if its decider had not decided.
void write_before(pg::JsonbWriter& json, core::agent::Setting setting,
                  const core::agent::EffectiveSettings& settings) {
    if (setting == core::agent::Setting::skills) {
        return write_skills(json, Skills(settings.skills).first(settings.skills_before));
    }
    const auto before = settings.decisions[static_cast<std::size_t>(setting)].before;
    if (!before) return json.null();
    const bool is_number =
        setting == core::agent::Setting::temperature || setting == core::agent::Setting::max_tokens;
    is_number ? json.number(*before) : json.string(*before);
}

// Writes the column `sources`.
Datum write_sources(const core::agent::FocusEffect& focus,
                    const core::agent::EffectiveSettings& settings) {
    pg::JsonbWriter json;
    json.begin_object();
    json.key("focus");
    json.begin_object();
    json.key("focus_id");
    focus.state == core::agent::FocusState::none ? json.null() : json.string(focus.focus_id);
    json.key("state");
    json.string(name_of(focus.state));
    json.end_object();
    for (std::size_t i = 0; i < settings.decisions.size(); ++i) {
        json.key(core::agent::setting_names[i]);
        json.begin_object();
        json.key("by");
        json.string(name_of(settings.decisions[i].by));
        json.key("before");
        write_before(json, static_cast<core::agent::Setting>(i), settings);
        json.key("words");
        json.string(settings.decisions[i].words);
        json.end_object();
    }
    json.end_object();
    return json.finish();
}

}  // namespace

// focus_compose_prompt(base text, addon text) -> text
ARIA_FOCUS_FUNCTION(focus_compose_prompt) {
    const bool has_base = !PG_ARGISNULL(0);
    const pg::ServerText base = has_base ? pg::read_text(PG_GETARG_DATUM(0)) : pg::ServerText{};
    const pg::ServerText addon =
        PG_ARGISNULL(1) ? pg::ServerText{} : pg::read_text(PG_GETARG_DATUM(1));
    if (!has_base && is_blank(addon.utf8)) PG_RETURN_NULL();
    const Datum prompt = compose_prompt(base, addon);
    pg::release(base);
    pg::release(addon);
    return prompt;
}

// focus_skills(own jsonb, auto jsonb) -> jsonb
ARIA_FOCUS_FUNCTION(focus_skills) {
    const pg::JsonTape own = read_document(fcinfo, 0);
    const pg::JsonTape more = read_document(fcinfo, 1);
    const Skills all = pg::compute([&](core::Ticker& ticker) {
        std::vector<std::string_view> skills = core::agent::read_skills(own.view(), "own skills");
        const auto further = core::agent::read_skills(more.view(), "auto skills");
        skills.insert(skills.end(), further.begin(), further.end());
        std::vector<std::string_view> united;
        for (const std::uint32_t at : core::agent::distinct(skills, ticker))
            united.push_back(skills[at]);
        return united;
    });
    pg::JsonbWriter json;
    write_skills(json, all);
    return json.finish();
}

// focus_effective_settings(focus_id text, agent jsonb, request jsonb = '{}', voice boolean = false) -> record
ARIA_FOCUS_FUNCTION(focus_effective_settings) {
    const pg::JsonTape agent = read_document(fcinfo, 1);
    const pg::JsonTape request = read_document(fcinfo, 2);
    Profile profile = read_profile(fcinfo);
    const auto own = find_prompt(agent.view());
    const auto asked = find_prompt(request.view());
    const std::optional<std::string_view> prompt = asked ? asked : own;
    const pg::ServerText base = both_forms(prompt.value_or(""));
    profile.effect.replaces_prompt = is_blank(base.utf8);
    const core::agent::EffectiveSettings& settings =
        compose(profile.effect, agent.view(), request.view());

    const bool is_extended = profile.effect.state == core::agent::FocusState::active &&
                             (profile.effect.has_addon || profile.effect.has_voice);
    pg::Record row;
    if (is_extended) {
        row.add(compose_prompt(base, both_forms(profile.addon)));
    } else {
        row.add_optional(prompt, &pg::Row::add_server_text);
    }
    row.add_optional(settings.temperature, &pg::Row::add_float);
    row.add_optional(settings.max_tokens, &pg::Row::add_int);
    row.add_optional(settings.model, &pg::Row::add_server_text);
    pg::JsonbWriter skills;
    write_skills(skills, settings.skills);
    row.add(skills.finish());
    row.add(write_sources(profile.effect, settings));
    return row.finish(fcinfo);
}
