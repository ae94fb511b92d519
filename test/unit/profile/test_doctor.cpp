// What is wrong in a set of stored profiles.
#include "core/profile/doctor.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::check;
using namespace aria_focus::core::profile;
using namespace aria_focus::test;

namespace {

constexpr std::array<std::string_view, 2> tones = {"precise", "neutral"};
constexpr std::array<std::string_view, 2> styles = {"directive", "concise"};

// A row as it is stored, with these pairs behind its own: of equal keys the last one counts.
std::string row(std::string_view id, std::string_view pairs) {
    return R"({"focus_id": ")" + std::string(id) + R"(", "display_name": "X", "emoji": "*",
        "description": null, "tone": "neutral", "style": "directive", "delegation_level": 2,
        "token_budget_hint": 2000, "temperature_delta": 0, "expertise_keywords": [],
        "system_prompt_addon": null, "model_override": null, "auto_skills": [], "enabled": true,
        "created_at": "2024-01-01", "updated_at": "2024-01-01", )" +
           std::string(pairs) + "}";
}

// An enabled level-2 row with these keywords.
std::string with_keywords(std::string_view id, std::string_view keywords) {
    return row(id, R"("enabled": true, "delegation_level": 2, "expertise_keywords": )" +
                       std::string(keywords));
}

// The findings of a set, with the tape that they view into.
struct Examined {
    explicit Examined(std::string_view text) : json(text) {
        Ticker ticker;
        findings = examine(json.view(), {tones, styles}, ticker);
    }

    Json json;
    std::vector<Finding> findings;
};

// The findings of a whole set in one line: id code, or id code: message.
std::string found_in_all(const std::string& rows, bool with_messages = false) {
    std::string out;
    for (const Finding& finding : Examined("[" + rows + "]").findings) {
        CHECK_FALSE(finding.problem.hint.empty());
        if (!out.empty()) out += "; ";
        out += std::string(finding.focus_id) + " " + std::string(name_of(finding.problem.code));
        if (with_messages) out += ": " + finding.problem.message;
    }
    return out;
}

// The same of rows beside a fallback, which these tests are not about.
std::string found(const std::string& rows, bool with_messages = false) {
    return found_in_all(
        row("orchestrator", R"("enabled": true, "delegation_level": 2)") + "," + rows,
        with_messages);
}

}  // namespace

TEST_CASE("doctor: a healthy set has no findings", "[doctor]") {
    CHECK(found_in_all("").empty());
    CHECK(found_in_all(with_keywords("data", R"(["postgres", "sql"])") + "," +
                       with_keywords("social", R"(["tweet"])") + "," +
                       row("orchestrator", R"("enabled": true, "delegation_level": 1)"))
              .empty());
}

TEST_CASE("doctor: what is no set of rows", "[doctor]") {
    const Examined object("{}");
    REQUIRE(object.findings.size() == 1);
    CHECK(object.findings[0].focus_id.empty());
    CHECK(object.findings[0].problem.path == "$");
    CHECK(name_of(object.findings[0].problem.code) == "bad_type");
    CHECK(found("5, " + with_keywords("a", R"(["x"])")) == " bad_type");
}

TEST_CASE("doctor: errors and warnings of each row, row by row", "[doctor]") {
    CHECK(found(row("a", R"("enabled": false, "tone": "rude", "token_budget_hint": 99999)") + "," +
                row("b", R"("enabled": false, "style": null)")) ==
          "a not_in_vocabulary; a large_budget; b missing");
}

TEST_CASE("doctor: an id that today's rule refuses is legacy, not an error", "[doctor]") {
    const Examined examined("[" + row("Dev Ops", R"("delegation_level": 1)") + "]");
    REQUIRE(examined.findings.size() == 1);
    CHECK(examined.findings[0].focus_id == "Dev Ops");
    CHECK(name_of(examined.findings[0].problem.code) == "legacy_id");
    CHECK_FALSE(is_error(examined.findings[0].problem.code));
    CHECK_FALSE(examined.findings[0].problem.hint.empty());
}

TEST_CASE("doctor: keywords that never count", "[doctor]") {
    CHECK(found(with_keywords("a", R"(["deploy", "docker", "deployment"])"), true) ==
          "a shadowed_keyword: keyword \"deployment\" never counts: \"deploy\" stands before it "
          "and hits wherever it would");
    CHECK(found(with_keywords("a", R"(["deployment", "deploy"])")).empty());
    CHECK(found(row("a", R"("enabled": false, "expertise_keywords": ["deploy", "deploys"])")) ==
          "a shadowed_keyword");
}

TEST_CASE("doctor: profiles that no message reaches", "[doctor]") {
    CHECK(found(with_keywords("a", "[]")) == "a unreachable");
    CHECK(found(with_keywords("a", R"([{"keyword": "not", "match": "word", "weight": -1}])"))
              .ends_with("a unreachable"));
    CHECK(found(row("a", R"("enabled": true, "delegation_level": 2)")) == "a unreachable");
    CHECK(found(row("a", R"("enabled": false, "delegation_level": 2)")).empty());
    // The fallback and the first core profile need no keyword, a second core profile does.
    CHECK(found_in_all(row("orchestrator", R"("enabled": true, "delegation_level": 2)")).empty());
    CHECK(found_in_all(row("core", R"("enabled": true, "delegation_level": 1)")).empty());
    CHECK(found_in_all(row("core", R"("enabled": true, "delegation_level": 1)") + "," +
                       row("core2", R"("enabled": true, "delegation_level": 1)")) ==
          "core2 unreachable; core2 idle_fallback");
    CHECK(found_in_all(row("core", R"("enabled": false, "delegation_level": 1)") + "," +
                       row("core2", R"("enabled": true, "delegation_level": 1)"))
              .empty());
}

TEST_CASE("doctor: level 1 profiles that the alphabet passes over", "[doctor]") {
    const auto core = [](std::string_view id, bool enabled = true) {
        return row(id, std::string(R"("delegation_level": 1, "expertise_keywords": ["k)") +
                           std::string(id) + R"("], "enabled": )" + (enabled ? "true" : "false"));
    };
    CHECK(found_in_all(core("alpha")).empty());
    CHECK(found_in_all(core("beta") + "," + core("alpha") + "," + core("gamma"), true) ==
          "beta idle_fallback: this profile never takes unrouted messages: \"alpha\" does, the "
          "first enabled "
          "profile of level 1 by focus_id; "
          "gamma idle_fallback: this profile never takes unrouted messages: \"alpha\" does, the "
          "first enabled "
          "profile of level 1 by focus_id");
    CHECK(found_in_all(core("alpha", false) + "," + core("beta")).empty());
    CHECK(found_in_all(core("alpha") + "," + core("beta") + "," + core("orchestrator")).empty());
    CHECK(found_in_all(core("alpha") + "," + core("beta") + "," + core("orchestrator", false)) ==
          "beta idle_fallback");
}

TEST_CASE("doctor: nobody takes unrouted messages", "[doctor]") {
    CHECK(found_in_all(with_keywords("a", R"(["docker"])"), true) ==
          " no_fallback: no profile takes unrouted messages: neither orchestrator nor a profile of "
          "level 1 is enabled");
    const std::string some = with_keywords("a", R"(["docker"])") + ",";
    CHECK(found_in_all(some + row("core", R"("enabled": false, "delegation_level": 1)")) ==
          " no_fallback");
    CHECK(found_in_all(some + row("orchestrator", R"("enabled": false)")) == " no_fallback");
    CHECK(found_in_all(some + row("core", R"("enabled": true, "delegation_level": 1)")).empty());
    CHECK(found_in_all(some + row("orchestrator", R"("enabled": true)")).empty());
    CHECK(found_in_all(row("a", R"("enabled": false)")).empty());
}

TEST_CASE("doctor: negative keywords inside a phrase", "[doctor]") {
    const std::string veto = R"({"keyword": "dodge", "weight": -10})";
    CHECK(found(with_keywords("cars", R"(["dodge ram", )" + veto + "]"), true) ==
          "cars hidden_veto: negative keyword \"dodge\" does not count inside \"dodge ram\", where "
          "the longer one hits instead");
    CHECK(found(with_keywords("cars", R"(["old dodge", "my dodge", )" + veto + "]"), true) ==
          "cars hidden_veto: negative keyword \"dodge\" does not count inside \"old dodge\", \"my "
          "dodge\", where the longer one hits instead");
    // Put first it counts, and the phrase never does.
    CHECK(found(with_keywords("cars", "[" + veto + R"(, "dodge ram", "jeep"])")) ==
          "cars shadowed_keyword");
    CHECK(found(with_keywords("cars", R"(["ram", )" + veto + "]")).empty());
    CHECK(found(row("cars", R"("enabled": false, "expertise_keywords": ["dodge ram", )" + veto +
                                "]")) == "cars hidden_veto");
}

TEST_CASE("doctor: keywords inside another profile's words", "[doctor]") {
    const std::string web = "," + with_keywords("web", R"(["download", "downtime"])");
    CHECK(found(with_keywords("ops", R"(["down"])") + web, true) ==
          "ops inside_word: keyword \"down\" also hits inside \"download\" of web, \"downtime\" of "
          "web");
    const auto with_match = [&](std::string_view match) {
        return found(with_keywords("ops", R"([{"keyword": "load", "match": ")" +
                                              std::string(match) + R"("}])") +
                     web);
    };
    CHECK(with_match("fragment") == "ops inside_word");
    CHECK(with_match("prefix").empty());
    CHECK(with_match("word").empty());
    CHECK(with_match("auto").empty());
    CHECK(found(row("ops", R"("enabled": false, "expertise_keywords": ["down"])") + web).empty());
    std::string many;
    for (char c = 'a'; c <= 'g'; ++c) {
        many += "," + with_keywords(std::string(1, c), "[\"down" + std::string(1, c) + "\"]");
    }
    CHECK(found(with_keywords("ops", R"(["down"])") + many, true)
              .ends_with("\"downe\" of e and 2 more"));
}

TEST_CASE("doctor: keywords of several enabled profiles", "[doctor]") {
    CHECK(found(with_keywords("a", R"(["docker", "x1"])") + "," +
                    with_keywords("b", R"(["y1", "Docker"])"),
                true) ==
          "a shared_keyword: keyword \"docker\" is also in b; "
          "b shared_keyword: keyword \"Docker\" is also in a");
    CHECK(found(with_keywords("a", R"(["docker"])") + "," +
                row("b", R"("enabled": false, "expertise_keywords": ["docker"])"))
              .empty());
    // A row that no rule has checked: its id breaks no line.
    CHECK(
        found(with_keywords("a", R"(["docker"])") + "," + with_keywords(R"(b\n1)", R"(["docker"])"),
              true)
            .find("is also in b\\n1;") != std::string::npos);
    std::string rows;
    for (int i = 0; i < 8; ++i) {
        if (i > 0) rows += ",";
        rows += with_keywords("p" + std::to_string(i), R"(["docker"])");
    }
    const std::string all = found(rows, true);
    CHECK(all.find(
              "p0 shared_keyword: keyword \"docker\" is also in p1, p2, p3, p4, p5 and 2 more;") ==
          0);
    CHECK(all.find(
              "p7 shared_keyword: keyword \"docker\" is also in p0, p1, p2, p3, p4 and 2 more") !=
          std::string::npos);
}

TEST_CASE("doctor: a large set can be stopped", "[doctor]") {
    std::string rows;
    for (int i = 0; i < 2000; ++i) {
        if (i > 0) rows += ",";
        rows += with_keywords("p" + std::to_string(i), "[\"k" + std::to_string(i) + "\"]");
    }
    const Json json("[" + rows + "]");
    Ticker ticker([] { throw 7; });
    CHECK_THROWS_AS(examine(json.view(), {tones, styles}, ticker), int);
}
