// The rules of a profile: codes, paths, order and words.
#include "core/profile/profile.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <array>
#include <string>
#include <string_view>

using namespace aria_focus::core;
using namespace aria_focus::core::check;
using namespace aria_focus::core::profile;
using namespace aria_focus::test;

namespace {

constexpr std::array<std::string_view, 7> tones = {"precise", "analytical", "playful", "formal",
                                                   "warm",    "blunt",      "neutral"};
constexpr std::array<std::string_view, 5> styles = {"directive", "socratic", "analytical",
                                                    "narrative", "concise"};

// The problems of a text, with the tape that they view into.
struct Checked {
    explicit Checked(std::string_view text, Origin origin = Origin::candidate) : json(text) {
        Ticker ticker;
        problems = check_profile(json.view(), {tones, styles}, origin, ticker);
    }

    Json json;
    Problems problems;
};

// The problems of a profile in one line.
std::string problems_of(std::string_view text, Origin origin = Origin::candidate) {
    return summary(Checked(text, origin).problems);
}

// The problems of a good profile with these pairs added.
std::string with(std::string_view pairs, Origin origin = Origin::candidate) {
    return problems_of(R"({"focus_id": "x", "display_name": "X", )" + std::string(pairs) + "}",
                       origin);
}

// The first problem of a good profile with these pairs added.
Problem first_with(std::string_view pairs) {
    Problem problem =
        Checked(R"({"focus_id": "x", "display_name": "X", )" + std::string(pairs) + "}")
            .problems.at(0);
    problem.field = {};  // it views into the tape, which is gone
    return problem;
}

// One name and what is said of a value for it.
struct Case {
    const char* pairs;
    const char* expected;
};

// Compares a table of pairs.
template <std::size_t size>
void check_all(const Case (&cases)[size]) {
    for (const Case& one : cases) {
        INFO(one.pairs);
        CHECK(with(one.pairs) == one.expected);
    }
}

// A JSON string of a text many times over.
std::string repeated(std::string_view text, int times) {
    std::string out;
    while (times-- > 0) out += text;
    return '"' + out + '"';
}

}  // namespace

TEST_CASE("profile: the shortest and the fullest good one", "[profile]") {
    CHECK(problems_of(R"({"focus_id": "devsecops", "display_name": "DevSecOps"})").empty());
    CHECK(problems_of(R"({"focus_id": "devsecops", "display_name": "DevSecOps",
        "emoji": "\ud83d\udd12", "description": "", "tone": "precise", "style": "analytical",
        "delegation_level": 2, "token_budget_hint": 1500, "temperature_delta": -0.2,
        "expertise_keywords": ["docker", {"keyword": "ci", "match": "word", "weight": 2}],
        "system_prompt_addon": " ", "model_override": "qwen3-coder-free",
        "auto_skills": ["ci_cd", "health"], "enabled": false,
        "created_at": "2024-01-01T00:00:00Z", "updated_at": "2024-01-01T00:00:00Z"})")
              .empty());
}

TEST_CASE("profile: what is no object", "[profile]") {
    for (const auto* const text : {"null", "[]", "\"x\"", "7", "true"}) {
        INFO(text);
        CHECK(problems_of(text) == "bad_type $");
    }
    CHECK(Checked("[]").problems.at(0).message == "a profile must be an object, not an array");
}

TEST_CASE("profile: what is missing", "[profile]") {
    CHECK(problems_of("{}") == "missing $.focus_id; missing $.display_name");
    CHECK(problems_of(R"({"focus_id": null, "display_name": null})") ==
          "missing $.focus_id; missing $.display_name");
    CHECK(Checked("{}").problems.at(0).message == "focus_id is missing");
    CHECK(Checked(R"({"focus_id": null})").problems.at(0).message == "focus_id is null");
    CHECK(Checked("{}").problems.at(0).hint == "It has no default: give it a value.");
}

TEST_CASE("profile: a null asks for the default, but cannot be stored", "[profile]") {
    constexpr std::string_view nulls =
        R"("emoji": null, "description": null, "tone": null, "style": null,
           "delegation_level": null, "token_budget_hint": null, "temperature_delta": null,
           "expertise_keywords": null, "system_prompt_addon": null, "model_override": null,
           "auto_skills": null, "enabled": null, "created_at": null, "updated_at": null)";
    constexpr std::string_view refused =
        "missing $.emoji; missing $.tone; missing $.style; missing $.delegation_level; "
        "missing $.token_budget_hint; missing $.temperature_delta; "
        "missing $.expertise_keywords; missing $.auto_skills; missing $.enabled; "
        "missing $.created_at; missing $.updated_at";
    CHECK(with(nulls).empty());
    CHECK(with(nulls, Origin::document) == refused);
    CHECK(with(R"("enabled": true)", Origin::document).empty());
    CHECK(problems_of("{}", Origin::row) ==
          "missing $.focus_id; missing $.display_name; " + std::string(refused));
}

TEST_CASE("profile: a JSON null in a row's jsonb column is a value of the wrong kind",
          "[profile]") {
    const std::string found =
        with(R"("expertise_keywords": null, "auto_skills": null)", Origin::row);
    CHECK(found.find("bad_type $.expertise_keywords; bad_type $.auto_skills") != found.npos);
}

TEST_CASE("profile: ids are slugs", "[profile]") {
    const auto id_problems = [](std::string_view id) {
        return problems_of(R"({"display_name": "X", "focus_id": )" + std::string(id) + "}");
    };
    for (const auto* const id :
         {R"("a")", R"("0")", R"("a-b_c9")", R"("rpg_master")", R"("a--")"}) {
        INFO(id);
        CHECK(id_problems(id).empty());
    }
    for (const auto* const id : {R"("")", R"(" ")", R"("A")", R"("-a")", R"("_a")", R"("a b")",
                                 R"("a.b")", R"("\u00e9")", R"("a\n")", R"("devSecOps")"}) {
        INFO(id);
        CHECK(id_problems(id) == "bad_format $.focus_id");
    }
    CHECK(id_problems(repeated("a", 50)).empty());
    CHECK(id_problems(repeated("a", 51)) == "too_long $.focus_id");
    CHECK(id_problems("5") == "bad_type $.focus_id");
}

TEST_CASE("profile: texts that a person must see", "[profile]") {
    CHECK(problems_of(R"({"focus_id": "x", "display_name": ""})") == "blank $.display_name");
    CHECK(problems_of(R"({"focus_id": "x", "display_name": "\u3000\t"})") ==
          "blank $.display_name");
    check_all({
        {R"("emoji": "")", "blank $.emoji"},
        {R"("emoji": "\u00a0")", "blank $.emoji"},
        {R"("emoji": "*")", ""},
        {R"("emoji": "\ud83d\udc09")", ""},
        {R"("emoji": 1)", "bad_type $.emoji"},
        {R"("model_override": "")", "blank $.model_override"},
        {R"("model_override": " \n")", "blank $.model_override"},
        {R"("model_override": "qwen3-mlx")", ""},
        {R"("description": "")", ""},
        {R"("description": 4)", "bad_type $.description"},
        {R"("system_prompt_addon": "")", ""},
        {R"("system_prompt_addon": ["a"])", "bad_type $.system_prompt_addon"},
    });
}

TEST_CASE("profile: lengths are in characters", "[profile]") {
    const auto length = [](std::string_view key, std::string_view piece, int times) {
        return with("\"" + std::string(key) + "\": " + repeated(piece, times));
    };
    CHECK(length("emoji", "\xF0\x9F\x8E\xAF", 10).empty());
    CHECK(length("emoji", "\xF0\x9F\x8E\xAF", 11) == "too_long $.emoji");
    CHECK(length("model_override", "\xC3\xA9", 200).empty());
    CHECK(length("model_override", "m", 201) == "too_long $.model_override");
    CHECK(length("tone", "x", 31) == "too_long $.tone");
    CHECK(length("style", "x", 30) == "not_in_vocabulary $.style");
    CHECK(length("description", "long ", 100'000).empty());
    const std::string name = repeated("\xE6\xBC\xA2", 100);
    CHECK(problems_of(R"({"focus_id": "x", "display_name": )" + name + "}").empty());
    const std::string longer = repeated("n", 101);
    CHECK(problems_of(R"({"focus_id": "x", "display_name": )" + longer + "}") ==
          "too_long $.display_name");
}

TEST_CASE("profile: vocabularies", "[profile]") {
    for (const std::string_view tone : tones) {
        CHECK(with("\"tone\": \"" + std::string(tone) + "\"").empty());
    }
    for (const std::string_view style : styles) {
        CHECK(with("\"style\": \"" + std::string(style) + "\"").empty());
    }
    check_all({
        {R"("tone": "directive")", "not_in_vocabulary $.tone"},
        {R"("tone": "Precise")", "not_in_vocabulary $.tone"},
        {R"("tone": "")", "not_in_vocabulary $.tone"},
        {R"("tone": "warm ")", "not_in_vocabulary $.tone"},
        {R"("style": "precise")", "not_in_vocabulary $.style"},
        {R"("style": false)", "bad_type $.style"},
    });
    const Problem typo = first_with(R"("tone": "percise")");
    CHECK(typo.message == "tone \"percise\" is not a known tone");
    CHECK(typo.hint == "Did you mean \"precise\"?");
    CHECK(first_with(R"("style": "pictorial")").hint ==
          "Allowed: directive, socratic, analytical, narrative, concise.");
}

TEST_CASE("profile: levels and budgets are whole numbers in a range", "[profile]") {
    check_all({
        {R"("delegation_level": 1)", ""},
        {R"("delegation_level": 3)", ""},
        {R"("delegation_level": 2.0)", "bad_type $.delegation_level"},
        {R"("delegation_level": 0)", "out_of_range $.delegation_level"},
        {R"("delegation_level": 4)", "out_of_range $.delegation_level"},
        {R"("delegation_level": -1)", "out_of_range $.delegation_level"},
        {R"("delegation_level": 1e400)", "out_of_range $.delegation_level"},
        {R"("delegation_level": 1.5)", "bad_type $.delegation_level"},
        {R"("delegation_level": "2")", "bad_type $.delegation_level"},
        {R"("token_budget_hint": 0)", ""},
        {R"("token_budget_hint": -0)", ""},
        {R"("token_budget_hint": 2147483647)", ""},
        {R"("token_budget_hint": 1e3)", ""},
        {R"("token_budget_hint": 2147483648)", "out_of_range $.token_budget_hint"},
        {R"("token_budget_hint": 99999999999999999999)", "out_of_range $.token_budget_hint"},
        {R"("token_budget_hint": -1)", "out_of_range $.token_budget_hint"},
        {R"("token_budget_hint": 0.5)", "bad_type $.token_budget_hint"},
    });
    CHECK(first_with(R"("delegation_level": 4)").message ==
          "delegation_level 4 is not between 1 and 3");
}

TEST_CASE("profile: temperature deltas lie in [-1, 1]", "[profile]") {
    check_all({
        {R"("temperature_delta": 0)", ""},
        {R"("temperature_delta": 1)", ""},
        {R"("temperature_delta": -1.0)", ""},
        {R"("temperature_delta": 0.3)", ""},
        {R"("temperature_delta": 1e-300)", ""},
        {R"("temperature_delta": 1e-400)", "out_of_range $.temperature_delta"},
        {R"("temperature_delta": 1.1)", "out_of_range $.temperature_delta"},
        {R"("temperature_delta": -1.01)", "out_of_range $.temperature_delta"},
        {R"("temperature_delta": 1e400)", "out_of_range $.temperature_delta"},
        {R"("temperature_delta": "0.1")", "bad_type $.temperature_delta"},
        {R"("temperature_delta": "NaN")", "bad_type $.temperature_delta"},
    });
}

TEST_CASE("profile: lists and switches", "[profile]") {
    check_all({
        {R"("expertise_keywords": [])", ""},
        {R"("expertise_keywords": {})", "bad_type $.expertise_keywords"},
        {R"("expertise_keywords": ["a", "", {"keyword": "b", "weight": 0}])",
         "blank $.expertise_keywords[1]; out_of_range $.expertise_keywords[2].weight"},
        {R"("expertise_keywords": ["a", "b", "c", "A"])", "duplicate $.expertise_keywords[3]"},
        {R"("auto_skills": ["a", "a"])", "duplicate $.auto_skills[1]"},
        {R"("auto_skills": "a")", "bad_type $.auto_skills"},
        {R"("enabled": false)", ""},
        {R"("enabled": "true")", "bad_type $.enabled"},
        {R"("enabled": 1)", "bad_type $.enabled"},
        {R"("created_at": 5)", "bad_type $.created_at"},
    });
}

TEST_CASE("profile: unknown keys are named, with the nearest column", "[profile]") {
    const Problem typo = first_with(R"("emojii": "x")");
    CHECK(typo.path == "$.emojii");
    CHECK(typo.message == "key \"emojii\" is no column of a profile");
    CHECK(typo.hint == "Did you mean \"emoji\"?");
    CHECK(with(R"("expertise_keyword": [])") == "unknown_key $.expertise_keyword");
    CHECK(first_with(R"("expertise_keyword": [])").hint == "Did you mean \"expertise_keywords\"?");
    CHECK(with(R"("": 1)") == "unknown_key $.");
    CHECK(first_with(R"("vibe": "x")").hint.starts_with("Allowed: focus_id, display_name, emoji"));
}

TEST_CASE("profile: every problem at once, in column order, unknown keys last", "[profile]") {
    const Checked checked(R"({"zzz": 1, "enabled": 0, "auto_skills": [""], "tone": "warmm",
        "focus_id": "X Y", "delegation_level": 9})");
    CHECK(summary(checked.problems) ==
          "bad_format $.focus_id; missing $.display_name; not_in_vocabulary $.tone; "
          "out_of_range $.delegation_level; blank $.auto_skills[0]; bad_type $.enabled; "
          "unknown_key $.zzz");
    CHECK(checked.problems[0].field == "focus_id");
    CHECK(checked.problems[4].field == "auto_skills");
    CHECK(checked.problems[6].field == "zzz");
}

TEST_CASE("profile: a candidate brings a contract, a row does not", "[profile]") {
    CHECK(with(R"("contract": {"words": {"max": 3}})").empty());
    CHECK(with(R"("contract": null)").empty());
    CHECK(with(R"("contract": {})").empty());
    CHECK(with(R"("contract": 5)") == "bad_type $.contract");
    CHECK(with(R"("contract": {"wrds": {"max": 3}, "hype": {"max": "3"}}, "zzz": 1)") ==
          "unknown_key $.contract.wrds; bad_type $.contract.hype.max; unknown_key $.zzz");
    CHECK(first_with(R"("contarct": {})").hint == "Did you mean \"contract\"?");
    const Checked stored(R"({"focus_id": "a", "display_name": "A", "contract": {}})",
                         Origin::document);
    CHECK(summary(stored.problems).ends_with("unknown_key $.contract"));
    CHECK_FALSE(is_profile_column("contract"));
}

TEST_CASE("profile: the sixteen columns", "[profile]") {
    for (const auto* const name :
         {"focus_id", "display_name", "emoji", "description", "tone", "style", "delegation_level",
          "token_budget_hint", "temperature_delta", "expertise_keywords", "system_prompt_addon",
          "model_override", "auto_skills", "enabled", "created_at", "updated_at"}) {
        CHECK(is_profile_column(name));
    }
    for (const auto* const name : {"", "focus", "Focus_id", "builtin", "enabled "}) {
        CHECK_FALSE(is_profile_column(name));
    }
}
