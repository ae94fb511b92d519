// contract_bench REPLIES [--quick | --only]: times focus_lint, focus_text_metrics and focus_estimate_tokens in
// the core, over a file of replies with a line of % between them, and over a megabyte of each of the texts that
// a search for the other end of something could make quadratic. A measurement a line: kind, set, quantity,
// engine, value. --only leaves those texts out, to be looked at with perf.
#include "core/base/ticker.hpp"
#include "core/contract/judge.hpp"
#include "core/contract/layers.hpp"
#include "core/contract/reading.hpp"
#include "core/contract/tokens.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace aria_focus::core;
using namespace aria_focus::core::contract;

// Keeps results that nobody reads from being optimised away.
volatile std::uint64_t sink;

// The replies of a file.
std::vector<std::string> read_replies(const char* path) {
    std::ifstream file(path, std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(file), {}};
    std::vector<std::string> replies;
    constexpr std::string_view between = "\n%\n";
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = std::min(all.find(between, at), all.size());
        replies.push_back(all.substr(at, end - at));
        at = end + between.size();
    }
    return replies;
}

// What a formal, concise profile promises, without the JSON.
Contract usual_contract(Ticker& ticker) {
    Contract contract = contract_of_every_text(2000, ticker);
    const auto bound = [&contract](Metric metric, Bound side, double most) {
        contract.limits.push_back(
            {metric, side, {std::to_string(most), most}, Severity::warning, {}, {}, {}, {}});
    };
    bound(Metric::contractions, Bound::max_rate, 1.5);
    bound(Metric::hype, Bound::max_rate, 0.5);
    bound(Metric::wordy, Bound::max_rate, 2);
    for (const Metric metric :
         {Metric::exclamations, Metric::slang, Metric::emojis, Metric::filler_openers}) {
        bound(metric, Bound::max, 0);
    }
    bound(Metric::mean_sentence_words, Bound::max, 20);
    bound(Metric::words, Bound::max, 150);
    return contract;
}

// Everything that is timed.
class Bench {
  public:
    Bench() : lexicons_(ticker_), contract_(usual_contract(ticker_), ticker_) {}

    // All three over one set of texts; `seconds` each.
    void run(const char* kind, const std::string& name, const std::vector<std::string>& texts,
             double seconds) {
        report(kind, name, "lint", texts, seconds, [&](std::string_view text) {
            return lint(text, contract_, {lexicons_, scratch_, ticker_}).size();
        });
        report(kind, name, "metrics", texts, seconds, [&](std::string_view text) {
            Reading reading(text, false, lexicons_, scratch_, ticker_);
            std::uint64_t known = 0;
            for (std::size_t i = 0; i < metric_count; ++i) {
                known += reading.value(static_cast<Metric>(i)).has_value() ? 1 : 0;
            }
            return known;
        });
        report(kind, name, "tokens", texts, seconds,
               [&](std::string_view text) { return estimate_tokens(text, ticker_); });
    }

  private:
    // The fastest of the passes of so many seconds, in nanoseconds of the processor a byte.
    template <class Measure>
    static void report(const char* kind, const std::string& name, const char* what,
                       const std::vector<std::string>& texts, double seconds, Measure&& measure) {
        std::size_t bytes = 0;
        for (const std::string& text : texts) bytes += text.size();
        double best = std::numeric_limits<double>::max(), used = 0;
        for (int passes = 0; passes < 3 || used < seconds; ++passes) {
            const std::clock_t begin = std::clock();
            for (const std::string& text : texts) {
                sink = sink + static_cast<std::uint64_t>(measure(text));
            }
            const double pass = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
            used += pass;
            best = std::min(best, pass);
        }
        std::printf("%s\t%s\t%s\tours\t%.6g\n", kind, name.c_str(), what,
                    best * 1e9 / static_cast<double>(bytes));
        std::fflush(stdout);
    }

    Ticker ticker_;
    LexiconMatcher lexicons_;
    aria_focus::core::match::MatcherScratch scratch_;
    CompiledContract contract_;
};

// What a search for the other end of something could make quadratic.
struct Trap {
    const char* name;
    std::string_view piece;
};
constexpr Trap traps[] = {
    {"backticks", "`"},
    {"brackets", "["},
    {"closing brackets", "]"},
    {"pipes", "|"},
    {"!", "!"},
    {"quotes", "\""},
    {"stars", "*"},
    {"<a", "<a"},
    {"comments", "<!--"},
    {"dashes", "\u2013"},
    {"open links", "[x]("},
    {"fences", "```\n"},
    {"block quotes", "> "},
    {"list items", "- a\n"},
    {"braces", "{{"},
    {"emojis", "\U0001F600"},
    {"mentions", "a.b@"},
};

// A megabyte of a piece.
std::vector<std::string> megabyte(std::string_view piece) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    return {text};
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) return 2;
    const std::string_view option = count > 2 ? arguments[2] : "";
    Bench bench;
    bench.run("contract", "replies", read_replies(arguments[1]), option == "--quick" ? 0.2 : 1.0);
    if (option == "--only") return 0;
    for (const Trap& trap : traps) bench.run("trap", trap.name, megabyte(trap.piece), 0.02);
    return 0;
}
