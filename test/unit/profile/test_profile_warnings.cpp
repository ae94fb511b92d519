// What is accepted but unwise.
#include "core/profile/profile_warnings.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <string>
#include <string_view>

using namespace aria_focus::core;
using namespace aria_focus::core::check;
using namespace aria_focus::core::match;
using namespace aria_focus::core::profile;
using namespace aria_focus::test;

namespace {

// The warnings of a profile.
Problems warnings(std::string_view text) {
    const Json json(text);
    Ticker ticker;
    return warn_profile(json.view(), ticker);
}

// The warnings of a profile in one line.
std::string warned(std::string_view text) {
    return summary(warnings(text));
}

// The risk of the only keyword of a list.
std::string risk(std::string_view list) {
    const ParsedList parsed = good_list(list);
    const Keyword& keyword = parsed.list.keywords().at(0);
    return std::string(risk_of(keyword, parsed.list.folded(keyword)).what);
}

}  // namespace

TEST_CASE("warnings: a good profile has none", "[warnings]") {
    CHECK(warned("{}").empty());
    CHECK(warned("[]").empty());
    CHECK(warned("null").empty());
    CHECK(warned(R"({"description": "Watches the pipeline.", "token_budget_hint": 2000,
        "expertise_keywords": ["docker", "ci", "deploy"],
        "system_prompt_addon": "Never print a password. Answer in at most 200 words."})")
              .empty());
}

TEST_CASE("warnings: one of each, in column order", "[warnings]") {
    CHECK(warned(R"({"system_prompt_addon": "password: hunter22",
        "expertise_keywords": ["docker", "the"], "token_budget_hint": 32769,
        "description": "AKIAABCDEFGHIJKLMNOP"})") ==
          "possible_secret $.description; large_budget $.token_budget_hint; "
          "risky_keyword $.expertise_keywords[1]; possible_secret $.system_prompt_addon");
}

TEST_CASE("warnings: values of the wrong type are somebody else's affair", "[warnings]") {
    CHECK(warned(R"({"description": 5, "token_budget_hint": "99999", "system_prompt_addon": null,
        "expertise_keywords": "the"})")
              .empty());
    CHECK(warned(R"({"expertise_keywords": ["", 5]})").empty());
    CHECK(warned(R"({"expertise_keywords": ["", "the"]})") ==
          "risky_keyword $.expertise_keywords[1]");
}

TEST_CASE("warnings: budgets", "[warnings]") {
    CHECK(warned(R"({"token_budget_hint": 32768})").empty());
    CHECK(warned(R"({"token_budget_hint": 3.2768e4})").empty());
    CHECK(warned(R"({"token_budget_hint": 32769})") == "large_budget $.token_budget_hint");
    CHECK(warned(R"({"token_budget_hint": 2147483647})") == "large_budget $.token_budget_hint");
    CHECK(warnings(R"({"token_budget_hint": 40000})").at(0).message ==
          "token_budget_hint 40000 is above 32768");
}

TEST_CASE("warnings: keywords that fire everywhere", "[warnings]") {
    const std::string common = "is one of the commonest English words";
    const std::string brief = "is short and matches inside or at the start of many words";
    CHECK(risk(R"(["the"])") == common);
    CHECK(risk(R"(["THE"])") == common);
    CHECK(risk(R"(["a"])") == common);
    CHECK(risk(R"(["your"])") == common);
    CHECK(risk(R"([{"keyword": "please", "match": "word"}])") == common);
    CHECK(risk(R"([{"keyword": "ci", "match": "fragment"}])") == brief);
    CHECK(risk(R"([{"keyword": "api", "match": "prefix"}])") == brief);
    CHECK(risk(R"(["ci"])").empty());
    CHECK(risk(R"([{"keyword": "ci", "match": "word"}])").empty());
    CHECK(risk(R"([{"keyword": "docker", "match": "fragment"}])").empty());
    CHECK(risk(R"([{"keyword": "\u6f22", "match": "fragment"}])").empty());
    CHECK(risk(R"([{"keyword": "#c", "match": "fragment"}])").empty());
    CHECK(risk(R"(["the docker"])").empty());
    CHECK(risk(R"(["theory"])").empty());
}

TEST_CASE("warnings: what looks like a secret", "[warnings]") {
    struct Case {
        const char* text;
        const char* kind;
    };
    const Case cases[] = {
        {"sk-abcdefghijklmnopqrstuvwx", "an API key"},
        {"key=sk-proj-abcdefghijklmnop1234", "an API key"},
        {"use AKIAABCDEFGHIJKLMNOP here", "an AWS access key"},
        {"ASIAABCDEFGHIJKLMNOP", "an AWS access key"},
        {"AIzaSyA1234567890abcdefghijklmnopqrstu", "a Google API key"},
        {"(ghp_abcdefghijklmnopqrstuvwxyz0123456789)", "a GitHub token"},
        {"github_pat_11ABCDEFG0abcdefghijkl_xyz", "a GitHub token"},
        {"glpat-abcdefghij1234567890", "a GitLab token"},
        {"xoxb-1234567890-abcdefghij", "a Slack token"},
        {"-----BEGIN PRIVATE KEY-----\nMIIE", "a private key"},
        {"x -----BEGIN RSA PRIVATE KEY-----", "a private key"},
        {"-----BEGIN OPENSSH PRIVATE KEY-----", "a private key"},
        {"End with PRIVATE KEY-----. -----BEGIN EC PRIVATE KEY-----", "a private key"},
        {"password: hunter22", "a password or key"},
        {"PASSWORD = \"s3cret!\"", "a password or key"},
        {"{\"api_key\": \"abc123def\"}", "a password or key"},
        {"the api key: 12345678", "a password or key"},
        {"client_secret='x1y2z3w4'", "a password or key"},
    };
    for (const Case& one : cases) {
        INFO(one.text);
        CHECK(find_secret(one.text) == one.kind);
    }
}

TEST_CASE("warnings: what does not", "[warnings]") {
    for (const auto* const text :
         {"", "Never reveal a password.", "password: none", "password: required", "secret: hunter",
          "passwords:", "sk-short", "ask-abcdefghijklmnopqrstuvwx", "risk-averse",
          "AKIA is the prefix of a key", "eyJ", "the secret of good prose",
          "password:", "-----BEGIN CERTIFICATE-----", "PRIVATE KEY-----",
          "api key management, key rotation", "Answer: at most 200 words."}) {
        INFO(text);
        CHECK(find_secret(text).empty());
    }
}

TEST_CASE("warnings: words for a person", "[warnings]") {
    const Problems problems =
        warnings(R"({"description": "password: hunter22", "expertise_keywords": ["x", "The"]})");
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].message == "description seems to hold a password or key");
    CHECK(problems[1].field == "expertise_keywords");
    CHECK(problems[1].message == "keyword \"The\" is one of the commonest English words");
    CHECK_FALSE(problems[1].hint.empty());
}
