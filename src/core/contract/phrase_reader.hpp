// The hits of a contract's phrases in a text.
#pragma once

#include "core/base/core_only.hpp"
#include "core/contract/judge.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace aria_focus::core::contract {

// What may stand between a line's start and a phrase that must start the line.
inline constexpr std::string_view line_openers = " \t>#*_-+";

// The hits of the contract's phrases that stand where they must.
class PhraseReader {
  public:
    PhraseReader(std::string_view text, const CompiledContract& contract, const Judge& judge)
        : text_(text), contract_(contract), judge_(judge) {}

    // Calls on_hit(use, entry of that list, span) -> bool for each, until it returns false.
    template <class OnHit>
    void read(OnHit&& on_hit) const {
        if (!contract_.phrases()) return;
        const match::Matcher& matcher = *contract_.phrases();
        matcher.scan(text_, judge_.scratch, judge_.ticker, [&](const match::Hit& hit) {
            const std::uint32_t entry = hit.entry - matcher.entries_of(hit.list).first;
            const Phrase& phrase = contract_.contract().phrases.lists[hit.list][entry];
            if (!stands(phrase.place, hit.begin)) return true;
            return on_hit(static_cast<PhraseUse>(hit.list), entry, Span{hit.begin, hit.end});
        });
    }

  private:
    // True if a hit here is where the phrase must be.
    bool stands(PhrasePlace place, std::uint32_t at) const noexcept {
        if (place == PhrasePlace::anywhere) return true;
        constexpr std::size_t most_openers = 64;
        std::size_t before = at;
        while (before > 0 && at - before < most_openers &&
               line_openers.find(text_[before - 1]) != std::string_view::npos) {
            --before;
        }
        if (before == 0) return true;
        return place == PhrasePlace::line_start && text_[before - 1] == '\n';
    }

    std::string_view text_;
    const CompiledContract& contract_;
    const Judge& judge_;
};

}  // namespace aria_focus::core::contract
