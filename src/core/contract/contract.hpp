// A contract: limits of metrics and lists of phrases, as read from a jsonb object.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"
#include "core/check/reporter.hpp"
#include "core/contract/metric.hpp"
#include "core/match/keyword_list.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::contract {

// How grave a finding is.
enum class Severity : std::uint8_t { suggestion, warning, error };

// The word for it, and the severity of a word.
std::string_view name_of(Severity severity) noexcept;
std::optional<Severity> severity_of(std::string_view name) noexcept;
// The words, by severity.
inline constexpr std::array<std::string_view, 3> severity_names = {"suggestion", "warning",
                                                                   "error"};

// Which side of a value is bounded; the rates are per 100 words.
enum class Bound : std::uint8_t { max, min, max_rate, min_rate };

// The key of a bound.
std::string_view name_of(Bound bound) noexcept;

// A number of a contract: as written, and as compared.
struct Number {
    std::string digits;
    double value;
};

// One bound of one metric. A rule with several bounds is read as several limits.
struct Limit {
    Metric metric;
    Bound bound;
    Number number;
    Severity severity = Severity::warning;
    std::optional<Severity> located;  // of single hits; that of the limit where there is none
    std::optional<Number> min_words;  // below it the limit is silent
    std::optional<Number> min_hits;   // below it a rate is not judged
    std::string from;                 // the layer that brought it; decides nothing
};

// Where a phrase must stand to count.
enum class PhrasePlace : std::uint8_t { anywhere, line_start, text_start };
inline constexpr std::array<std::string_view, 3> phrase_places = {"anywhere", "line start",
                                                                  "text start"};

struct Phrase {
    std::string text;
    match::Match match = match::Match::automatic;
    PhrasePlace place = PhrasePlace::anywhere;
};

// What a list of phrases is for.
enum class PhraseUse : std::uint8_t { forbidden, required, required_any };
inline constexpr std::array<std::string_view, 3> phrase_uses = {"forbidden", "required",
                                                                "required_any"};

struct Phrases {
    std::array<std::vector<Phrase>, phrase_uses.size()> lists;  // by PhraseUse
    Severity severity = Severity::warning;
    std::string from;

    bool empty() const noexcept { return lists[0].empty() && lists[1].empty() && lists[2].empty(); }
};

struct Contract {
    std::vector<Limit> limits;
    std::bitset<metric_count> named;  // metrics with a key, `off` among them
    Phrases phrases;
    bool phrases_named = false;
    bool assume_english = false;
    bool language_named = false;
};

// Reads a contract and reports every problem; what has one is left out.
Contract read_contract(check::JsonView contract, const check::Reporter& report, Ticker& ticker);

}  // namespace aria_focus::core::contract
