// What another set of profiles would change.
#include "core/learn/changes.hpp"

#include "support/catch.hpp"
#include "support/random.hpp"
#include "support/router_builder.hpp"

#include <string>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::learn;
using namespace aria_focus::test;

namespace {

// The id behind a label.
std::string name_of(const route::Router& router, Label label) {
    return label == nobody ? "-" : router.profiles()[label].focus_id;
}

// The changes in one line: "0 ops>dba 1000>2000 {sql}", then fixed and broken.
std::string changes(const route::Router& before, const route::Router& after,
                    const std::vector<NamedMessage>& messages) {
    Ticker ticker;
    const RouteChanges found = find_changes(before, after, messages, 1, ticker);
    std::string out;
    for (const RouteChange& it : found.changes) {
        out += std::to_string(it.message) + ' ' + name_of(before, it.before) + '>' +
               name_of(after, it.after) + ' ' + std::to_string(it.evidence_before.count) + '>' +
               std::to_string(it.evidence_after.count) + " {";
        for (std::uint32_t i = 0; i < it.keywords.count; ++i) {
            out += (i == 0 ? "" : ",");
            out += after.matcher().text(found.keywords[it.keywords.first + i]);
        }
        out += "} ";
    }
    return out + std::to_string(found.fixed) + " fixed, " + std::to_string(found.broken) +
           " broken";
}

}  // namespace

TEST_CASE("changes: messages that go elsewhere", "[changes]") {
    const route::Router before = router_of(
        {{"dba", 2, R"(["sql"])"}, {"old", 2, R"(["cobol"])"}, {"ops", 2, R"(["deploy"])"}});
    const route::Router after =
        router_of({{"dba", 2, R"(["sql", "index", "deploy"])"},
                   {"new", 2, R"([{"keyword": "cobol", "weight": 2}])"},
                   {"ops", 2, R"([{"keyword": "deploy", "weight": 0.5}])"}});
    CHECK(changes(before, before, {{"sql deploy", "ops"}, {"hum", {}}}) == "0 fixed, 0 broken");
    CHECK(changes(before, after, {{"sql", "dba"}, {"hum", {}}}) == "0 fixed, 0 broken");
    CHECK(changes(before, after, {{"an index", "dba"}}) ==
          "0 ->dba 0>1000 {index} 1 fixed, 0 broken");
    CHECK(changes(before, after, {{"an index", {}}}) == "0 ->dba 0>1000 {index} 0 fixed, 1 broken");
    CHECK(changes(before, after, {{"x", {}}, {"deploy", "ops"}}) ==
          "1 ops>dba 1000>1000 {deploy} 0 fixed, 1 broken");
    // a profile that only one set has
    CHECK(changes(before, after, {{"cobol", "new"}}) ==
          "0 old>new 1000>2000 {cobol} 1 fixed, 0 broken");
    CHECK(changes(before, after, {{"cobol", "old"}}) ==
          "0 old>new 1000>2000 {cobol} 0 fixed, 1 broken");
    CHECK(changes(after, router_of({}), {{"cobol sql", "x"}}) ==
          "0 new>- 2000>0 {} 1 fixed, 0 broken");
    CHECK(changes(before, router_of({{"greeter", 2, R"(["hi", "sql"])"}}),
                  {{"hi", "greeter"}, {"sql", "dba"}}) ==
          "0 ->greeter 0>1000 {hi} 1 dba>greeter 1000>1000 {sql} 1 fixed, 1 broken");
    // a tie is an error, and goes to the profile that it should not
    CHECK(changes(before, after, {{"sql deploy", "ops"}}) == "0 fixed, 0 broken");
    CHECK(changes(before, after, {{"sql deploy", "dba"}}) ==
          "0 ops>dba 1000>2000 {sql,deploy} 1 fixed, 0 broken");
}

TEST_CASE("changes: a naive comparison agrees", "[changes][random]") {
    const std::vector<std::string> words = {"deploy", "sql", "plan", "poem", "ci", "hum"};
    Random random(62);
    Ticker ticker;
    std::size_t changed = 0;
    for (int round = 0; round < 300; ++round) {
        const auto some = [&] {
            std::string list;
            for (const std::string& word : words) {
                if (random.once_in(2)) list += (list.empty() ? "\"" : ", \"") + word + '"';
            }
            return "[" + list + "]";
        };
        const std::vector<std::string> lists = {some(), some(), some(), some()};
        const route::Router before =
            router_of({{"a", 2, lists[0].c_str()}, {"b", 1, lists[1].c_str()}});
        const route::Router after =
            router_of({{"a", 2, lists[2].c_str()}, {"b", 1, lists[3].c_str()}});
        std::vector<std::string> texts;
        for (int i = 0; i < 20; ++i) texts.push_back(random.pick(words) + ' ' + random.pick(words));
        std::vector<NamedMessage> messages;
        for (const std::string& text : texts) messages.push_back({text, {}});
        std::vector<std::size_t> expected;
        route::Tallies tallies;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const auto was = route::route(before, tallies.count(before, texts[i], ticker), {});
            const auto is = route::route(after, tallies.count(after, texts[i], ticker), {});
            if (was != is) expected.push_back(i);
        }
        const RouteChanges found = find_changes(before, after, messages, 1, ticker);
        std::vector<std::size_t> got;
        for (const RouteChange& it : found.changes) got.push_back(it.message);
        INFO("seed " << seed());
        REQUIRE(got == expected);
        changed += got.size();
    }
    CHECK(changed > 1'000);
}
