// Whether a text conforms, without making findings: the cheapest limits first.
#include "core/contract/breach.hpp"
#include "core/contract/judge.hpp"
#include "core/contract/phrase_reader.hpp"
#include "core/contract/reading.hpp"

#include <algorithm>
#include <vector>

namespace aria_focus::core::contract {

namespace {

// Decides whether a text conforms.
class Decider {
  public:
    Decider(std::string_view text, const CompiledContract& contract, Severity severity,
            const Judge& judge)
        : contract_(contract.contract()),
          severity_(severity),
          reading_(text, contract_.assume_english, judge.lexicons, judge.scratch, judge.ticker),
          phrases_(text, contract, judge) {}

    // The cheapest stage first.
    bool decide() {
        for (const Stage stage : {Stage::raw, Stage::layout, Stage::prose, Stage::english}) {
            for (const Limit& limit : contract_.limits) {
                if (row_of(limit.metric).stage == stage && breaks(limit)) return false;
            }
            if (stage == Stage::raw && contract_.phrases.severity >= severity_ && !phrases_hold())
                return false;
        }
        return severity_ > Severity::suggestion || !is_silent();
    }

  private:
    // True if the limit, or a single hit, is grave enough and the text breaks it.
    bool breaks(const Limit& limit) {
        const bool has_hits = is_upper(limit.bound) && severity_of_hits(limit) >= severity_;
        if (limit.severity < severity_ && !has_hits) return false;
        if (!broken(limit, reading_)) return false;
        if (limit.severity >= severity_) return true;
        const auto& located = reading_.hits().located();
        return std::any_of(located.begin(), located.end(),
                           [&limit](const Hit& hit) { return hit.metric == limit.metric; });
    }

    // True if the phrases are as they must be.
    bool phrases_hold() const {
        const auto& lists = contract_.phrases.lists;
        std::vector<bool> present(lists[static_cast<std::size_t>(PhraseUse::required)].size());
        bool any = lists[static_cast<std::size_t>(PhraseUse::required_any)].empty(),
             forbidden = false;
        phrases_.read([&](PhraseUse use, std::uint32_t entry, Span) {
            if (use == PhraseUse::required) present[entry] = true;
            if (use == PhraseUse::required_any) any = true;
            forbidden = use == PhraseUse::forbidden;
            return !forbidden;
        });
        return !forbidden && any &&
               std::find(present.begin(), present.end(), false) == present.end();
    }

    // True if rules of English words are silent, which is a suggestion.
    bool is_silent() {
        const bool has_english =
            std::any_of(contract_.limits.begin(), contract_.limits.end(),
                        [](const Limit& l) { return row_of(l.metric).stage == Stage::english; });
        return has_english && !reading_.is_english();
    }

    const Contract& contract_;
    Severity severity_;
    Reading reading_;
    PhraseReader phrases_;
};

}  // namespace

bool conforms(std::string_view text, const CompiledContract& contract, Severity severity,
              const Judge& judge) {
    return Decider(text, contract, severity, judge).decide();
}

}  // namespace aria_focus::core::contract
