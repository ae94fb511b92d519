// Escalation recomputed from its rules: word by word, in floating point nowhere.
#pragma once

#include "core/route/escalation.hpp"
#include "core/text/unicode.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aria_focus::test {

// A judgement in one line: score, mode, parts.
inline std::string line_of(const core::route::Escalation& found) {
    std::string out =
        std::to_string(found.score.count) + " " + std::string(name_of(found.mode)) + ":";
    for (const core::route::EscalationPart& part : found.used_parts()) {
        out += " " + std::string(part.name) + " " + std::to_string(part.value.count);
    }
    return out;
}

// The words of a sign and their match, straight from the rules.
struct NaiveSign {
    const char* name;
    int weight;
    std::vector<OracleEntry> entries;
};

// An entry; ASCII only.
inline OracleEntry word(const char* text, core::match::Match match = core::match::Match::word) {
    const std::string_view view(text);
    return {std::u32string(view.begin(), view.end()), match, 1000};
}

// All signs: five signals and the decision words.
inline const std::vector<NaiveSign>& naive_signs() {
    static const std::vector<NaiveSign> signs = {
        {"several-minds",
         900,
         {word("roundtable"), word("swarm"), word("discuss"), word("debate"), word("brainstorm")}},
        {"comparison",
         700,
         {word("compare"), word("versus"), word("vs"), word("trade-off"), word("trade off"),
          word("tradeoff"), word("pros and cons"), word("pros-and-cons")}},
        {"strategy",
         600,
         {word("should we"), word("should-we"), word("strategy"),
          word("architect", core::match::Match::prefix), word("rewrite"), word("refactor"),
          word("migrate"), word("redesign")}},
        {"opinion",
         400,
         {word("what do you think"), word("what-do-you-think"), word("your opinion"),
          word("your-opinion"), word("recommend"), word("advise"), word("suggest")}},
        {"cross-domain",
         300,
         {word("also"), word("both"), word("and also"), word("end-to-end"), word("end to end"),
          word("full-stack"), word("full stack"), word("holistic")}},
        {"decision",
         0,
         {word("should"), word("decide"), word("choose"), word("pick"), word("vote"),
          word("yes or no"), word("yes-or-no")}},
    };
    return signs;
}

// The judgement recomputed: word by word, in floating point nowhere.
inline std::string naive_judgement(std::u32string_view message, std::size_t domains) {
    std::vector<std::pair<std::string, int>> parts;
    for (std::size_t i = 0; i < 5; ++i) {
        const NaiveSign& sign = naive_signs()[i];
        if (!oracle_hits(sign.entries, message, true).empty())
            parts.emplace_back(sign.name, sign.weight);
    }
    if (domains >= 2)
        parts.emplace_back("domains", std::min<int>(150 * static_cast<int>(domains), 400));
    int words = 0;
    for (std::size_t i = 0; i < message.size(); ++i) {
        const bool goes_on = i > 0 && core::text::unicode::is_word(message[i - 1]);
        if (core::text::unicode::is_word(message[i]) && !goes_on) ++words;
    }
    if (words > 50) parts.emplace_back("length", std::min(5 * (words - 50), 200));
    int sum = 0;
    for (const auto& [name, size] : parts) sum += size;
    if (sum > 1000) parts.emplace_back("cap", 1000 - sum);
    const int score = std::min(sum, 1000);
    const auto first = [&](const char* text) {
        const auto hits = oracle_hits({word(text)}, message, true);
        return hits.empty() ? message.size() : hits[0].begin;
    };
    std::string mode;
    if (score >= 600) {
        const bool decides = !oracle_hits(naive_signs()[5].entries, message, true).empty();
        mode = decides ? "swarm" : "roundtable";
        if (first("swarm") != first("roundtable")) {
            mode = first("swarm") < first("roundtable") ? "swarm" : "roundtable";
        }
    }
    std::string out = std::to_string(score) + " " + mode + ":";
    for (const auto& [name, size] : parts) out += " " + name + " " + std::to_string(size);
    return out;
}

}  // namespace aria_focus::test
