// Lists that were learned, asked through the real matcher.
#include "core/learn/learner.hpp"

#include "core/base/error.hpp"

#include "support/catch.hpp"
#include "support/learn_builder.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::learn;
using namespace aria_focus::test;

namespace {

// The evidence of a list in a message.
double evidence_of(const std::string& list, std::string_view message) {
    Ticker ticker;
    const PresentBuilder builder({list});
    route::Tallies tallies;
    const auto& found = tallies.count(builder.router(), message, ticker);
    return found.empty() ? 0 : found[0].evidence.value();
}

// True if a message says no word twice, has no two words with the same first three characters, and no
// phrase that overlaps another: then no entry hits for two features.
bool is_plain(const Corpus& corpus, std::size_t row) {
    const auto tokens = corpus.tokens(row);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (corpus.words()[tokens[i].word].substr(0, 3) ==
                corpus.words()[tokens[j].word].substr(0, 3))
                return false;
        }
    }
    return true;
}

LearnOptions from_nothing_options() {
    LearnOptions options;
    options.from_lists = false;
    options.cut = 0;
    options.folds = 0;
    return options;
}

}  // namespace

TEST_CASE("The evidence of a learned list is the trained score", "[learn]") {
    Random random(73);
    std::size_t plain = 0;
    std::size_t near = 0;
    std::size_t rows = 0;
    for (int times = 0; times < 8; ++times) {
        const Corpus corpus = corpus_of(random_rows(random, 3, 120));
        Ticker ticker;
        LearnOptions options = from_nothing_options();
        if (times % 2 == 1) options.cut = 0.05;
        const std::vector<std::uint8_t> all(corpus.size(), 1);
        Training training(corpus, {}, options, all, 1, ticker);
        for (Label label = 0; label < 3; ++label) {
            const Model model = training.fit(label, ticker);
            const std::string list = json_of(write_list(training.space(), model));
            for (std::size_t row = 0; row < corpus.size(); ++row) {
                const double found = evidence_of(list, corpus.text(row));
                const bool is_near = std::abs(found - training.scores()[row]) < 0.01;
                ++rows;
                near += is_near ? 1 : 0;
                if (!is_plain(corpus, row)) continue;
                ++plain;
                INFO(corpus.text(row) << ": " << found << " for " << training.scores()[row]);
                CHECK(is_near);
            }
        }
    }
    CHECK(plain > rows / 3);
    CHECK(near > rows * 8 / 10);
}

TEST_CASE("The evidence of a list that went on learning is the trained score", "[learn]") {
    const std::string old =
        R"(["bal", {"keyword": "balta", "match": "word", "weight": 2}, "ker",
            {"keyword": "lon", "match": "prefix", "weight": -0.5}])";
    Random random(74);
    std::size_t near = 0;
    std::size_t rows = 0;
    for (int times = 0; times < 6; ++times) {
        const std::vector<Labelled> written = random_rows(random, 2, 80);
        const Corpus corpus = corpus_of(written);
        const std::vector<std::string> lists = learned_lists(written, {old, "[\"mi\"]"}, [&] {
            LearnOptions options;
            options.folds = 0;
            options.new_entries = 8;
            options.function_words = true;
            options.cut = 0;
            return options;
        }());
        // Own messages get more than others: what the list is for.
        double own = 0;
        double others = 0;
        for (std::size_t row = 0; row < corpus.size(); ++row) {
            (corpus.label(row) == 0 ? own : others) += evidence_of(lists[0], corpus.text(row));
            ++rows;
            near +=
                (evidence_of(lists[0], corpus.text(row)) > 1) == (corpus.label(row) == 0) ? 1 : 0;
        }
        CHECK(own > others);
    }
    CHECK(near > rows * 6 / 10);
}

TEST_CASE("The order of rows does not matter, nor does a row said twice", "[learn]") {
    Random random(75);
    std::vector<Labelled> rows = random_rows(random, 3, 150);
    for (const bool from_lists : {false, true}) {
        LearnOptions options;
        options.from_lists = from_lists;
        options.max_entries = from_lists ? std::nullopt : std::optional<std::size_t>(12);
        const std::vector<std::string> old(3, "[\"ba\", \"lon\"]");
        const auto first = learned_lists(rows, old, options);
        for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random.below(i)]);
        std::vector<Labelled> again = rows;
        again.push_back(rows[0]);
        CHECK(learned_lists(again, old, options) == first);
    }
}

TEST_CASE("What is learned is the same with every compiler", "[learn]") {
    LearnOptions options;
    options.from_lists = false;
    options.max_entries = 3;
    const std::vector<Labelled> rows = {{0, "pay my bill"},     {0, "pay the water bill"},
                                        {0, "bills to pay"},    {1, "book a flight"},
                                        {1, "flights to rome"}, {1, "a flight to oslo"},
                                        {nobody, "hello"},      {0, "when is the bill due"}};
    const auto lists = learned_lists(rows, {"[]", "[]"}, options);
    CHECK(lists[0] == R"([{"keyword": "pay", "match": "word", "weight": 0.577}, )"
                      R"({"keyword": "bill", "match": "word", "weight": 0.521}, )"
                      R"({"keyword": "the", "match": "word", "weight": 0.340}])");
    CHECK(lists[1] == R"([{"keyword": "to", "match": "word", "weight": 0.537}, )"
                      R"({"keyword": "flight", "match": "word", "weight": 0.494}, )"
                      R"({"keyword": "a", "match": "word", "weight": 0.494}])");
}

TEST_CASE("Few entries are what max_entries says", "[learn]") {
    Random random(76);
    const std::vector<Labelled> rows = random_rows(random, 3, 200);
    Ticker ticker;
    const Corpus corpus = corpus_of(rows);
    const PresentBuilder builder({"[\"ba\"]", "[]", "[]"});
    const Present present = builder.present();
    for (const std::size_t most : {1, 5, 20}) {
        for (const bool from_lists : {false, true}) {
            LearnOptions options;
            options.from_lists = from_lists;
            options.new_entries = 30;
            options.max_entries = most;
            Learner learner(corpus, present, options, std::size_t{1} << 30, {}, ticker);
            for (const LearnedList& list : learner.learn(ticker).lists) {
                CHECK(list.entries.size() <= most);
                CHECK(!list.entries.empty());
            }
        }
    }
}

TEST_CASE("Held-out recall is that of messages that were not seen", "[learn]") {
    std::vector<Labelled> rows;
    for (int i = 0; i < 40; ++i) {
        rows.emplace_back(0, "alpha " + std::to_string(i));
        rows.emplace_back(1, "beta " + std::to_string(i));
        rows.emplace_back(
            2, std::string{static_cast<char>('a' + i / 7), static_cast<char>('a' + i % 7)});
    }
    Ticker ticker;
    const Corpus corpus = corpus_of(rows);
    const PresentBuilder builder({"[\"alpha\"]", "[]", "[]"});
    const Present present = builder.present();
    LearnOptions options;
    options.from_lists = false;
    std::size_t steps = 0;
    Learner learner(
        corpus, present, options, std::size_t{1} << 30,
        [&](std::size_t done, std::size_t all) {
            CHECK(done == ++steps);
            CHECK(all == 18);
        },
        ticker);
    const Learned learned = learner.learn(ticker);
    CHECK(steps == 18);
    REQUIRE(learned.lists.size() == 3);
    CHECK(learned.lists[0].recall_before == 1);
    CHECK(learned.lists[1].recall_before == 0);
    CHECK(learned.lists[1].recall_after == 1);
    CHECK(learned.lists[2].recall_after == 0);
    CHECK(learned.lists[1].messages == 40);
}

TEST_CASE("Learning needs two profiles with messages, and its memory", "[learn]") {
    Ticker ticker;
    const PresentBuilder builder({"[]", "[]"});
    const Present present = builder.present();
    const LearnOptions options;
    const auto kind_of = [&](const std::vector<Labelled>& rows, std::size_t memory) {
        const Corpus corpus = corpus_of(rows);
        Learner learner(corpus, present, options, memory, {}, ticker);
        try {
            learner.learn(ticker);
        } catch (const Error& error) {
            return static_cast<int>(error.kind());
        }
        return -1;
    };
    CHECK(kind_of({{0, "a"}, {nobody, "b"}}, 1 << 30) ==
          static_cast<int>(ErrorKind::invalid_argument));
    CHECK(kind_of({{0, "a"}, {1, "b"}}, 100) == static_cast<int>(ErrorKind::limit_exceeded));
    CHECK(kind_of({{0, "a"}, {1, "b"}}, 1 << 30) == -1);
    CHECK(kind_of({{0, ""}, {1, "..."}}, 1 << 30) == -1);
}

TEST_CASE("Weights are thousandths that are not 0", "[learn]") {
    CHECK(rounded_weight(0.0004) == 1);
    CHECK(rounded_weight(-0.0004) == -1);
    CHECK(rounded_weight(1.2346) == 1235);
    CHECK(rounded_weight(-99) == -10000);
}
