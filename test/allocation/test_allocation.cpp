// Every allocation of every operation of the core fails once: bad_alloc comes out and nothing else, no
// memory is lost, and the same objects give the right answer when they are asked again.
#include "core/agent/delegation.hpp"
#include "core/agent/settings.hpp"
#include "core/base/error.hpp"
#include "core/check/refusal.hpp"
#include "core/profile/doctor.hpp"
#include "core/profile/profile.hpp"
#include "core/profile/profile_warnings.hpp"
#include "core/profile/skill_list.hpp"
#include "core/route/escalation.hpp"
#include "core/text/nearest.hpp"

#include "fail_everywhere.hpp"
#include "support/catch.hpp"
#include "support/naive_escalation.hpp"
#include "support/naive_highlight.hpp"
#include "support/router_builder.hpp"
#include "support/strong_focus.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::agent;
using namespace aria_focus::core::check;
using namespace aria_focus::core::keywords;
using namespace aria_focus::core::match;
using namespace aria_focus::core::profile;
using namespace aria_focus::core::route;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

// Keyword lists that need the heap in many ways: long texts, other scripts, open keys, shadows.
constexpr std::array<std::string_view, 3> list_texts = {
    R"(["deploy", "deployment of everything that we have", "c++", "ci", "a", "aa", "aaa",
        {"keyword": "docker image", "match": "word", "weight": -2.5}])",
    R"([{"keyword": "to", "match": "fragment"}, "\u6f22\u5b57", "\u00e9tude", "#tag", ".js",
        "\u212aubernetes cluster in the cloud", {"keyword": "e", "match": "fragment"}])",
    R"(["deploy", "image", "rolling back the deployment", "on call"])",
};

// The lists, parsed.
std::vector<ParsedList> parse_lists() {
    std::vector<ParsedList> out;
    for (const std::string_view text : list_texts) out.push_back(good_list(text));
    return out;
}

// Their keyword lists alone.
std::vector<KeywordList> lists_of(const std::vector<ParsedList>& parsed) {
    std::vector<KeywordList> out;
    for (const ParsedList& one : parsed) out.push_back(one.list);
    return out;
}

// A message of several windows, with much in it.
std::string long_message() {
    std::string out;
    for (int i = 0; i < 300; ++i) {
        out +=
            "Deploy  the Docker\tImage to .JS \xC3\x89tude \xE6\xBC\xA2\xE5\xAD\x97 \xE2\x84\xAA"
            "ubernetes \xC5\xBF c++ #tag aaaa ";
    }
    return out;
}

// Problems with all their words.
std::string all_words(const Problems& problems) {
    std::string out;
    for (const Problem& one : problems) {
        out += std::string(one.field) + "|" + one.path + "|" + one.message + "|" + one.hint + "\n";
    }
    return out;
}

constexpr std::array<std::string_view, 2> tones = {"precise", "neutral"};
constexpr std::array<std::string_view, 2> styles = {"directive", "concise"};
constexpr Vocabularies vocabularies{tones, styles};

constexpr std::string_view bad_profile =
    R"({"focus_id": "Not An Id", "display_name": " ", "tone": "precize", "style": 7,
        "delegation_level": 4, "token_budget_hint": 40000.5, "temperature_delta": 1e400,
        "expertise_keywords": ["a", "A", {"keyword": "x", "wieght": 1}, "the"],
        "system_prompt_addon": "password: hunter2hunter2 is what it is",
        "auto_skills": ["x", "x", "", 7], "enabled": "yes", "surprise": 1})";

constexpr std::string_view rows =
    R"([{"focus_id": "a", "display_name": "A", "emoji": "*", "tone": "neutral",
         "style": "directive", "delegation_level": 2, "token_budget_hint": 2000,
         "temperature_delta": 0, "expertise_keywords": ["sql", "sql server", "the"],
         "auto_skills": [], "enabled": true, "created_at": "2024-01-01", "updated_at": "2024-01-01"},
        {"focus_id": "B b", "display_name": "B", "emoji": "*", "tone": "neutral",
         "style": "directive", "delegation_level": 3, "token_budget_hint": 99999,
         "temperature_delta": 0, "expertise_keywords": ["sql"],
         "auto_skills": [], "enabled": true, "created_at": "2024-01-01", "updated_at": "2024-01-01"},
        7])";

constexpr std::string_view agents_text =
    R"([{"agent_id": "an agent with a long name", "focus_type": "boss", "model": "m1",
         "parent_agent_id": 7},
        {"agent_id": 7, "focus_type": "ops", "fallback_model": "m2", "status": "busy"},
        {"agent_id": "c", "focus_type": "web", "enabled": false},
        {"agent_id": "d", "focus_type": "nobody", "parent_agent_id": "c"}])";

constexpr std::string_view bad_agents =
    R"([{"agent_id": null, "enabled": 7}, 7, {"agent_id": "x", "pheromone_score": "much"}])";

// What an operation answers, or the refusal that it raises.
template <class Act>
std::string or_refusal(Act&& act) {
    try {
        return act();
    } catch (const Error& error) {
        return error.message() + "|" + error.detail() + "|" + error.hint();
    }
}

// The router of some profiles, built within the operation.
Router three_profiles(const std::vector<KeywordList>& lists, Ticker& ticker) {
    return Router({{"boss", 1}, {"ops", 2}, {"web", 3}}, lists, ticker);
}

}  // namespace

TEST_CASE("allocation: the allocator fails when told to", "[allocation]") {
    const auto text = [](int) { return std::string(1000, 'x'); };
    CHECK(fail_everywhere(no_state, text) == 1);
    bool is_out = false;
    {
        const FailingAllocator allocator(1, Failing::once);
        try {
            // A new that nobody looks at may be left out.
            void* volatile kept = ::operator new(100);
            ::operator delete(kept);
        } catch (const std::bad_alloc&) {
            is_out = true;
        }
    }
    CHECK(is_out);
}

TEST_CASE("allocation: reading keyword lists", "[allocation]") {
    std::size_t count = 0;
    for (const std::string_view text : list_texts) {
        const Json json(text);
        count += fail_everywhere(no_state, [&](int) {
            Problems problems;
            Ticker ticker;
            const auto list = read_keyword_list(json.view(), Reporter(problems), ticker);
            std::string out = all_words(problems);
            for (const Keyword& one : list.keywords()) out += std::string(list.text(one)) + " ";
            return out;
        });
    }
    CHECK(count > 30);
}

TEST_CASE("allocation: compiling and scanning", "[allocation]") {
    const std::vector<ParsedList> parsed = parse_lists();
    const std::vector<KeywordList> lists = lists_of(parsed);
    const std::string message = long_message();
    const auto scratch = [] { return std::make_unique<MatcherScratch>(); };
    for (const Semantics semantics : {Semantics::bounded, Semantics::plain}) {
        const std::size_t count =
            fail_everywhere(scratch, [&](std::unique_ptr<MatcherScratch>& state) {
                Ticker ticker;
                const Matcher matcher = Matcher::compile(lists, semantics, ticker);
                const auto hits = collect_hits(matcher, message, *state, ticker);
                return std::to_string(hits.size()) +
                       to_text({hits.begin(), hits.begin() + std::min<long>(50, hits.size())});
            });
        CHECK(count > 40);
    }
}

TEST_CASE("allocation: compiling thousands of keywords", "[allocation]") {
    std::string text = "[";
    for (int i = 0; i < 2'000; ++i) {
        text += (i == 0 ? "\"" : ", \"") + std::to_string(i * 7919 % 10'007) + " words\"";
    }
    const ParsedList parsed = good_list(text + "]");
    const auto scratch = [] { return std::make_unique<MatcherScratch>(); };
    CHECK(
        fail_everywhere(scratch, [&](std::unique_ptr<MatcherScratch>& state) {
            Ticker ticker;
            const Matcher matcher = Matcher::compile({&parsed.list, 1}, Semantics::bounded, ticker);
            return to_text(collect_hits(matcher, "7919 words, 5 words", *state, ticker));
        }) > 20);
}

TEST_CASE("allocation: ranking, routing, marking", "[allocation]") {
    const std::vector<ParsedList> parsed = parse_lists();
    const std::vector<KeywordList> lists = lists_of(parsed);
    const std::string message = long_message();
    const auto tallies = [] { return std::make_unique<Tallies>(); };
    const std::size_t count = fail_everywhere(tallies, [&](std::unique_ptr<Tallies>& state) {
        Ticker ticker;
        const Router router = three_profiles(lists, ticker);
        std::string out;
        for (const std::string_view one :
             {std::string_view(message), std::string_view("on call")}) {
            const auto& counted = state->count(router, one, ticker);
            std::vector<Tally> ranked = counted;
            rank(router, ranked);
            for (const Tally& tally : ranked) {
                out += router.profiles()[tally.profile].focus_id + " " +
                       std::to_string(tally.evidence.count) + " " + std::to_string(tally.hits) +
                       " ";
                const auto [first, last] = router.matcher().entries_of(tally.profile);
                for (const std::uint32_t entry : state->distinct(first, last)) {
                    out += std::string(router.matcher().text(entry)) + ",";
                }
            }
            out += std::to_string(route::route(router, counted, {}).value_or(99)) + "\n";
        }
        const auto hits =
            collect_hits(router.matcher(), "Deploy an image", state->scratch(), ticker, 2);
        return out + marked_text("Deploy an image", hits, "<", ">");
    });
    CHECK(count > 50);
}

TEST_CASE("allocation: the score of the engine", "[allocation]") {
    const std::vector<ParsedList> parsed = parse_lists();
    const std::vector<KeywordList> lists = lists_of(parsed);
    CHECK(fail_everywhere([] { return std::make_unique<MatcherScratch>(); },
                          [&](std::unique_ptr<MatcherScratch>& state) {
                              Ticker ticker;
                              const Router router = three_profiles(lists, ticker);
                              const Matcher plain = compile_plain(router.matcher(), ticker);
                              std::string out;
                              for (const double score :
                                   specialty_scores(plain, "deploy to deploy", *state, ticker)) {
                                  out += std::to_string(score) + " ";
                              }
                              return out + std::to_string(
                                               specialty_score(plain, 2, "deploy", *state, ticker));
                          }) > 80);
}

TEST_CASE("allocation: checking a profile", "[allocation]") {
    const Json json(bad_profile);
    for (const Origin origin : {Origin::candidate, Origin::row, Origin::document}) {
        CHECK(fail_everywhere(no_state, [&](int) {
                  Ticker ticker;
                  const Problems problems =
                      check_profile(json.view(), vocabularies, origin, ticker);
                  const Refusal refusal = refuse("profile", problems);
                  return all_words(problems) + all_words(warn_profile(json.view(), ticker)) +
                         refusal.message + refusal.detail + refusal.hint;
              }) > 100);
    }
    CHECK(fail_everywhere(no_state, [&](int) {
              Ticker ticker;
              Problems problems;
              check_skill_list(Json(R"(["x", "x", "", 7])").view(), Reporter(problems), ticker);
              return all_words(problems);
          }) > 10);
}

TEST_CASE("allocation: examining stored profiles", "[allocation]") {
    const Json json(rows);
    CHECK(fail_everywhere(no_state, [&](int) {
              Ticker ticker;
              std::string out;
              for (const Finding& one : examine(json.view(), vocabularies, ticker)) {
                  out += std::string(one.focus_id) + " " + all_words({one.problem});
              }
              return out;
          }) > 100);
}

TEST_CASE("allocation: agents", "[allocation]") {
    const std::vector<ParsedList> parsed = parse_lists();
    const std::vector<KeywordList> lists = lists_of(parsed);
    const Json good(agents_text);
    const Json bad(bad_agents);
    const std::array<ModelOverride, 1> overrides = {{{"ops", "an override of the model"}}};
    const auto tallies = [] { return std::make_unique<Tallies>(); };
    CHECK(
        fail_everywhere(tallies, [&](std::unique_ptr<Tallies>& state) {
            Ticker ticker;
            const Router router = three_profiles(lists, ticker);
            const std::vector<Agent> agents = read_agents(good.view(), ticker);
            const Matcher plain = compile_plain(router.matcher(), ticker);
            Reading reading = read_message(router, "deploy the image", *state, ticker);
            reading.specialty =
                specialty_scores(plain, "deploy the image", state->scratch(), ticker);
            std::string out;
            for (const auto& one : score_agents(agents, router, reading, TieBreaker("s"), ticker)) {
                out += std::string(agents[one.agent].agent_id) + std::to_string(one.total) + " ";
            }
            for (const auto& one :
                 select_agents(agents, router, reading, 5, TieBreaker(), ticker)) {
                out += std::string(agents[one.agent].agent_id) + std::to_string(one.evidence.count);
            }
            for (const auto& one :
                 fallback_chain("an agent with a long name", agents, overrides, ticker)) {
                out += std::string(one.model) + " ";
            }
            return out;
        }) > 80);
    CHECK(fail_everywhere(no_state, [&](int) {
              return or_refusal([&] {
                  Ticker ticker;
                  return std::to_string(read_agents(bad.view(), ticker).size());
              });
          }) > 20);
}

TEST_CASE("allocation: settings", "[allocation]") {
    const Json agent(R"({"system_prompt": "You are the agent that deploys.", "temperature": 0.75,
                         "max_tokens": 4096, "model": "gpt", "skills": ["goals", "llm", "goals"]})");
    const Json bad(R"({"temperature": "hot", "max_tokens": 1.5, "skills": [7, {}]})");
    CHECK(fail_everywhere(no_state, [&](int) {
              const FocusEffect focus = strong_focus("a focus with a long name");
              Ticker ticker;
              const auto made = compose_settings(focus, read_settings(agent.view(), "agent"),
                                                 BaseSettings{}, ticker);
              std::string out;
              for (const Decision& one : made.decisions) out += one.words + "|";
              for (const std::string_view skill : made.skills) out += std::string(skill) + " ";
              return out;
          }) > 20);
    CHECK(fail_everywhere(no_state, [&](int) {
              return or_refusal([&] {
                  read_settings(bad.view(), "request");
                  return std::string("accepted");
              });
          }) > 20);
}

TEST_CASE("allocation: escalation", "[allocation]") {
    CHECK(fail_everywhere([] { return std::make_unique<MatcherScratch>(); },
                          [](std::unique_ptr<MatcherScratch>& state) {
                              Ticker ticker;
                              const EscalationRules rules(ticker);
                              return line_of(rules.assess("Should we discuss the architecture?", 3,
                                                          *state, ticker));
                          }) > 50);
    const std::vector<ParsedList> parsed = parse_lists();
    const std::vector<KeywordList> lists = lists_of(parsed);
    Ticker ticker;
    const Router router = three_profiles(lists, ticker);
    CHECK(fail_everywhere([] { return std::make_unique<Tallies>(); },
                          [&](std::unique_ptr<Tallies>& state) {
                              const auto& counted =
                                  state->count(router, "deploy the image", ticker);
                              return std::to_string(domains_of(router, counted).size());
                          }) > 5);
}

TEST_CASE("allocation: did you mean", "[allocation]") {
    constexpr std::array<std::string_view, 3> names = {"analytical", "precise", "neutral"};
    CHECK(fail_everywhere(no_state, [&](int) {
              Ticker ticker;
              return std::string(nearest_name("analytcial", names, ticker)) +
                     name_hint("precize", names) + name_hint("nothing like them", names);
          }) > 5);
}
