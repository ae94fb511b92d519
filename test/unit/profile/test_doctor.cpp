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

// The findings in one line: id code, or id code: message.
std::string found(const std::string& rows, bool with_messages = false) {
    std::string out;
    for (const Finding& finding : Examined("[" + rows + "]").findings) {
        if (!out.empty()) out += "; ";
        out += std::string(finding.focus_id) + " " + std::string(name_of(finding.problem.code));
        if (with_messages) out += ": " + finding.problem.message;
    }
    return out;
}

}  // namespace

TEST_CASE("doctor: a healthy set has no findings", "[doctor]") {
    CHECK(found("").empty());
    CHECK(found(with_keywords("data", R"(["postgres", "sql"])") + "," +
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
    const Examined examined("[" + with_keywords("Dev Ops", R"(["docker"])") + "]");
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
    CHECK(found(row("orchestrator", R"("enabled": true, "delegation_level": 2)")).empty());
    CHECK(found(row("core", R"("enabled": true, "delegation_level": 1)")).empty());
    CHECK(found(row("core", R"("enabled": true, "delegation_level": 1)") + "," +
                row("core2", R"("enabled": true, "delegation_level": 1)")) == "core2 unreachable");
    CHECK(found(row("core", R"("enabled": false, "delegation_level": 1)") + "," +
                row("core2", R"("enabled": true, "delegation_level": 1)"))
              .empty());
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
