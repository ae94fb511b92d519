// A text against a contract: what breaks it, and where.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/hits.hpp"
#include "core/contract/lexicon.hpp"
#include "core/match/matcher.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::contract {

// A contract with its phrases compiled.
class CompiledContract {
  public:
    CompiledContract(Contract contract, Ticker& ticker);

    // What it was made of.
    const Contract& contract() const noexcept { return contract_; }
    // All phrases, as a list a use; none where there is no phrase.
    const std::optional<match::Matcher>& phrases() const noexcept { return phrases_; }

  private:
    Contract contract_;
    std::optional<match::Matcher> phrases_;
};

// Where in a text a finding is, as people count: characters, lines and columns from 1.
struct Position {
    std::int64_t at;
    std::int64_t length;
    std::int64_t line;
    std::int64_t column;
};

struct Finding {
    std::string_view rule;  // a metric, phrases.forbidden and the like, or language
    Severity severity;
    std::string message;
    std::optional<Span> span;  // none for the whole text
    std::optional<Position> position;
    std::optional<double> measured;
    std::optional<double> allowed;
    std::string_view suggestion;  // what to write instead; may be empty
};

// What a text is judged with, made once and used again.
struct Judge {
    const LexiconMatcher& lexicons;
    match::MatcherScratch& scratch;
    Ticker& ticker;
};

// All findings: those of the whole text first, then by position and rule. The contract outlives them.
std::vector<Finding> lint(std::string_view text, const CompiledContract& contract,
                          const Judge& judge);

// Puts findings in their order and gives those that have a place their position.
void order_findings(std::string_view text, std::vector<Finding>& findings);

// True if there is no finding of the severity or above. Stops at the first that decides.
bool conforms(std::string_view text, const CompiledContract& contract, Severity severity,
              const Judge& judge);

// A measure as people write it: at most two decimals.
std::string shown(double value);

}  // namespace aria_focus::core::contract
