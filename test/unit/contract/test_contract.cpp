// The form of a contract: what is read, what is refused and where, how layers lie on each other.
#include "core/contract/contract.hpp"

#include "core/contract/builtin.hpp"
#include "core/contract/layers.hpp"
#include "support/catch.hpp"
#include "support/contract_tools.hpp"

#include <string>
#include <string_view>

using namespace aria_focus::core;
using namespace aria_focus::core::contract;
using namespace aria_focus::test;

namespace {

// The problems of a contract: "bad_type $.words; ..."
std::string problems_of(std::string_view json) {
    Ticker ticker;
    check::Problems problems;
    const Json parsed(json);
    read_contract(parsed.view(), check::Reporter(problems), ticker);
    return aria_focus::test::summary(problems);
}

// The first hint.
std::string hint_of(std::string_view json) {
    Ticker ticker;
    check::Problems problems;
    const Json parsed(json);
    read_contract(parsed.view(), check::Reporter(problems), ticker);
    return problems.empty() ? "" : problems.front().hint;
}

// A layer of JSON with its name.
Contract layer(std::string_view json, std::string_view from) {
    Contract contract = contract_of(json);
    set_origin(contract, from);
    return contract;
}

// A tone's contract, a style's and an own one, as they lie on each other.
std::string laid(std::string_view tone, std::string_view style, std::string_view own) {
    Contract effective;
    add_layer(effective, layer(tone, "tone"));
    add_layer(effective, layer(style, "style"));
    add_own(effective, layer(own, "profile"));
    return to_json(effective);
}

}  // namespace

TEST_CASE("contract: what is fine", "[contract][form]") {
    for (
        const auto* const json :
        {"{}", R"({"exclamations": {"max": 0}})", R"({"exclamations": "off"})",
         R"({"tokens": [{"max": 2300}, {"max": 2000, "severity": "suggestion"}]})",
         R"({"contractions": {"max_per_100_words": 1.5, "severity": "error", "located": "suggestion"}})",
         R"({"words": {"min": 10, "max": 10, "min_words": 0, "min_hits": 3, "from": "somewhere"}})",
         R"({"language": "en"})", R"({"phrases": "off"})",
         R"({"mean_sentence_words": {"max": 1e3}})",
         R"({"phrases": {"forbidden": ["synergy", {"keyword": "leverage", "match": "word"}],
              "required": [{"keyword": "WARNING:", "at": "line start"}],
              "required_any": ["no source found", "source:"]}})"}) {
        INFO(json);
        CHECK(problems_of(json).empty());
    }
}

TEST_CASE("contract: every problem has its path", "[contract][form]") {
    struct Case {
        std::string_view json;
        std::string_view problems;
    };
    constexpr Case cases[] = {
        {R"([])", "bad_type $"},
        {R"({"exclamation": {"max": 0}})", "unknown_key $.exclamation"},
        {R"({"words": 3})", "bad_type $.words"},
        {R"({"words": null})", "bad_type $.words"},
        {R"({"words": "of"})", "bad_type $.words"},
        {R"({"words": {}})", "missing $.words"},
        {R"({"words": {"maximum": 3}})", "unknown_key $.words.maximum"},
        {R"({"words": {"max": "3"}})", "bad_type $.words.max"},
        {R"({"words": {"max": 1e999}})", "out_of_range $.words.max"},
        {R"({"words": {"max": 1, "min": 2}})", "out_of_range $.words"},
        {R"({"hype": {"max_per_100_words": 1, "min_per_100_words": 2}})", "out_of_range $.hype"},
        {R"({"mean_sentence_words": {"max_per_100_words": 1}})",
         "out_of_range $.mean_sentence_words.max_per_100_words"},
        {R"({"words": {"max": 1, "min_words": -1}})", "out_of_range $.words.min_words"},
        {R"({"words": {"max": 1, "severity": "warn"}})", "not_in_vocabulary $.words.severity"},
        {R"({"words": {"max": 1, "located": 2}})", "bad_type $.words.located"},
        {R"({"words": [{"max": 1}, 2]})", "bad_type $.words[1]"},
        {R"({"words": [{"max": 1}, {"max": true}]})", "bad_type $.words[1].max"},
        {R"({"language": "de"})", "not_in_vocabulary $.language"},
        {R"({"phrases": []})", "bad_type $.phrases"},
        {R"({"phrases": {"forbid": []}})", "unknown_key $.phrases.forbid"},
        {R"({"phrases": {"forbidden": "a"}})", "bad_type $.phrases.forbidden"},
        {R"({"phrases": {"forbidden": ["a", " "]}})", "blank $.phrases.forbidden[1]"},
        {R"({"phrases": {"forbidden": ["a", "A"]}})", "duplicate $.phrases.forbidden[1]"},
        {R"({"phrases": {"required": [{"keyword": "a", "at": "start"}]}})",
         "not_in_vocabulary $.phrases.required[0].at"},
        {R"({"word": 1, "hype": {"max": "a", "min": "b"}})",
         "unknown_key $.word; bad_type $.hype.max; bad_type $.hype.min"},
    };
    for (const Case& c : cases) {
        INFO(c.json);
        CHECK(problems_of(c.json) == c.problems);
    }
}

TEST_CASE("contract: did you mean", "[contract][form]") {
    CHECK(hint_of(R"({"exclamation": {"max": 0}})") == "Did you mean \"exclamations\"?");
    CHECK(hint_of(R"({"words": {"maks": 0}})") == "Did you mean \"max\"?");
    CHECK(hint_of(R"({"words": {"max": 0, "severity": "eror"}})") == "Did you mean \"error\"?");
    CHECK(hint_of(R"({"zzzzzzzz": {"max": 0}})") ==
          "focus_text_metrics('') has all names as keys.");
}

TEST_CASE("contract: the stricter limit of a severity wins between layers", "[contract][layers]") {
    CHECK(laid(R"({"hype": {"max": 3}})", R"({"hype": {"max": 2, "min_words": 9}})", "{}") ==
          R"({"hype": {"max": 2, "min_words": 9, "severity": "warning", "from": "style"}})");
    CHECK(laid(R"({"hype": {"max": 1}})", R"({"hype": {"max": 2}})", "{}") ==
          R"({"hype": {"max": 1, "severity": "warning", "from": "tone"}})");
    CHECK(laid(R"({"words": {"min": 1}})", R"({"words": {"min": 2}})", "{}") ==
          R"({"words": {"min": 2, "severity": "warning", "from": "style"}})");
    CHECK(laid(R"({"hype": {"max": 1}})", R"({"hype": {"max": 2, "severity": "error"}})", "{}") ==
          R"({"hype": [{"max": 1, "severity": "warning", "from": "tone"}, )"
          R"({"max": 2, "severity": "error", "from": "style"}]})");
    CHECK(laid(R"({"hype": {"max": 1, "min": 0}})", "{}", "{}") ==
          R"({"hype": [{"max": 1, "severity": "warning", "from": "tone"}, )"
          R"({"min": 0, "severity": "warning", "from": "tone"}]})");
}

TEST_CASE("contract: the profile's own member replaces, off removes", "[contract][layers]") {
    CHECK(
        laid(R"({"hype": {"max": 1}})", R"({"slang": {"max": 1}})", R"({"hype": {"max": 5.50}})") ==
        R"({"slang": {"max": 1, "severity": "warning", "from": "style"}, )"
        R"("hype": {"max": 5.5, "severity": "warning", "from": "profile"}})");
    CHECK(laid(R"({"hype": {"max": 1}})", R"({"hype": "off"})", "{}") == "{}");
    CHECK(laid(R"({"hype": {"max": 1}})", "{}", R"({"hype": "off"})") == "{}");
    CHECK(
        laid(R"({"phrases": {"forbidden": ["a"]}})", R"({"phrases": {"forbidden": ["a", "b"]}})",
             "{}") ==
        R"({"phrases": {"forbidden": ["a", "b"], "severity": "warning", "from": "tone, style"}})");
    CHECK(laid(R"({"phrases": {"forbidden": ["a"]}})", "{}", R"({"phrases": "off"})") == "{}");
    CHECK(
        laid(
            "{}", "{}",
            R"({"phrases": {"required": [{"keyword": "a", "match": "word", "at": "line start"}]}})") ==
        R"({"phrases": {"required": [{"keyword": "a", "match": "word", "at": "line start"}], )"
        R"("severity": "warning", "from": "profile"}})");
}

TEST_CASE("contract: what is written is read as the same", "[contract][layers]") {
    const auto check = [](const Contract& contract) {
        const std::string json = to_json(contract);
        INFO(json);
        Contract again = contract_of(json);
        set_origin(again, "x");
        Contract named = contract;
        set_origin(named, "x");
        CHECK(to_json(again) == to_json(named));
    };
    Ticker ticker;
    for (const auto list : {tone_contracts(), style_contracts()}) {
        for (const BuiltinContract& builtin : list) {
            INFO(builtin.word);
            Contract effective = contract_of_every_text(1501, ticker);
            add_layer(effective, layer(builtin.json, builtin.word));
            check(effective);
        }
    }
}

TEST_CASE("contract: every text keeps its budget", "[contract][layers]") {
    Ticker ticker;
    const std::string json = to_json(contract_of_every_text(1501, ticker));
    CHECK(json.find(R"("tokens": [{"max": 1726.15, "severity": "warning", "from": "budget"}, )"
                    R"({"max": 1501, "severity": "suggestion", "from": "budget"}])") != json.npos);
    CHECK(to_json(contract_of_every_text(0, ticker)).find("tokens") == json.npos);
    CHECK(to_json(contract_of_every_text(2147483647, ticker)).find("2469606194.05") != json.npos);
}

TEST_CASE("contract: lower limits of the built-in contracts are suggestions",
          "[contract][builtin]") {
    for (const auto list : {tone_contracts(), style_contracts()}) {
        for (const BuiltinContract& builtin : list) {
            INFO(builtin.word);
            for (const Limit& limit : contract_of(builtin.json).limits) {
                const bool is_lower = limit.bound == Bound::min || limit.bound == Bound::min_rate;
                if (is_lower) CHECK(limit.severity == Severity::suggestion);
            }
        }
    }
}
