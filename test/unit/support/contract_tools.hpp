// What tests of contracts share: readings, compiled contracts, and findings in one line.
#pragma once

#include "core/base/ticker.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/judge.hpp"
#include "core/contract/lexicon.hpp"
#include "core/contract/reading.hpp"
#include "support/json_builder.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::test {

// All lexicons, compiled once.
inline const core::contract::LexiconMatcher& lexicons() {
    static const core::contract::LexiconMatcher compiled = [] {
        core::Ticker ticker;
        return core::contract::LexiconMatcher(ticker);
    }();
    return compiled;
}

// The value of a metric of a text.
inline std::optional<double> measured(std::string_view text, core::contract::Metric metric,
                                      bool assume_english = false) {
    static core::match::MatcherScratch scratch;
    core::Ticker ticker;
    return core::contract::Reading(text, assume_english, lexicons(), scratch, ticker).value(metric);
}

// A contract from JSON; std::invalid_argument with the first problem where there is one.
inline core::contract::Contract contract_of(std::string_view json) {
    core::Ticker ticker;
    core::check::Problems problems;
    const Json parsed(json);
    core::contract::Contract contract =
        core::contract::read_contract(parsed.view(), core::check::Reporter(problems), ticker);
    if (!problems.empty()) throw std::invalid_argument(problems.front().message);
    return contract;
}

// A compiled contract from JSON.
inline core::contract::CompiledContract compiled(std::string_view json) {
    core::Ticker ticker;
    return core::contract::CompiledContract(contract_of(json), ticker);
}

// The findings of a text.
inline std::vector<core::contract::Finding> findings_of(
    std::string_view text, const core::contract::CompiledContract& contract) {
    static core::match::MatcherScratch scratch;
    core::Ticker ticker;
    return lint(text, contract, {lexicons(), scratch, ticker});
}

// Whether a text conforms.
inline bool conforming(std::string_view text, const core::contract::CompiledContract& contract,
                       core::contract::Severity severity = core::contract::Severity::warning) {
    static core::match::MatcherScratch scratch;
    core::Ticker ticker;
    return conforms(text, contract, severity, {lexicons(), scratch, ticker});
}

// "warning contractions; suggestion contractions 1:4" for two findings.
inline std::string summary(const std::vector<core::contract::Finding>& findings) {
    std::string out;
    for (const core::contract::Finding& finding : findings) {
        if (!out.empty()) out += "; ";
        out += std::string(name_of(finding.severity)) + " " + std::string(finding.rule);
        if (!finding.position) continue;
        out += " " + std::to_string(finding.position->line) + ":" +
               std::to_string(finding.position->column);
    }
    return out;
}

// Every metric bounded so that nearly every text breaks it, and phrases.
inline const core::contract::CompiledContract& contract_of_everything() {
    static const core::contract::CompiledContract contract = [] {
        std::string json = R"({"phrases": {"forbidden": ["a", {"keyword": "x", "at": "line start"}],
            "required": ["zebra"], "required_any": ["b", "c"], "severity": "error"}, "language": "en")";
        for (const std::string_view name : core::contract::metric_names()) {
            json += ", \"" + std::string(name) +
                    R"(": [{"max": 0}, {"min": 3, "severity": "suggestion"}])";
        }
        return compiled(json + "}");
    }();
    return contract;
}

}  // namespace aria_focus::test
