// A text and what is measured of it, as far as somebody asks: the layers of a reading cost more the more
// they know.
//
//   raw -> layout -> prose -> english
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/hits.hpp"
#include "core/contract/layout.hpp"
#include "core/contract/lexicon.hpp"
#include "core/contract/metric.hpp"
#include "core/contract/prose.hpp"
#include "core/match/matcher.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace aria_focus::core::contract {

class Reading {
  public:
    // The text, the lexicons and the scratch outlive the reading. `assume_english`: the language is not
    // guessed. Raises limit_exceeded for a text beyond the matcher's limit.
    Reading(std::string_view text, bool assume_english, const LexiconMatcher& lexicons,
            match::MatcherScratch& scratch, Ticker& ticker);

    // A metric; none where it is not meaningful. Rounded by nobody.
    std::optional<double> value(Metric metric);

    // The words of the prose, the base of rates.
    std::uint64_t words();
    // True unless the lexicons were asked for and the language is another.
    bool is_english();
    // Where hits are, of the metrics that were asked for.
    const Hits& hits() const noexcept { return hits_; }
    std::string_view text() const noexcept { return text_; }

  private:
    // Reads as far as a stage.
    void reach(Stage stage);
    // The values that each stage brings.
    void set_layout();
    void set_prose();
    void set_english();
    void set_sentences();
    void set_grammar();
    void set_combined();

    // A value of the table.
    std::optional<double>& at(Metric metric) noexcept {
        return values_[static_cast<std::size_t>(metric)];
    }
    // Sets a metric to its count.
    void set_count(Metric metric);

    std::string_view text_;
    bool assume_english_;
    const LexiconMatcher& lexicons_;
    match::MatcherScratch& scratch_;
    Ticker& ticker_;
    Hits hits_;
    Layout layout_;
    Prose prose_;
    Values values_{};
    bool is_english_ = true;
    Stage reached_ = Stage::raw;
    bool tokens_known_ = false;
    bool invisible_known_ = false;
};

}  // namespace aria_focus::core::contract
