// Does a message want several minds? Signals are keyword lists like any other, compiled once by the
// project's own matcher; what they say is added up in thousandths, so that the parts add up exactly.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/thousandths.hpp"
#include "core/base/ticker.hpp"
#include "core/match/matcher.hpp"
#include "core/route/routing.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace aria_focus::core::route {

// One summand of the score.
struct EscalationPart {
    std::string_view name;  // static
    Thousandths value;
};

// How several agents work on one message; none where it does not escalate.
enum class EscalationMode : std::uint8_t { none, roundtable, swarm };

// The word for it; empty for none.
std::string_view name_of(EscalationMode mode) noexcept;

struct Escalation {
    // Five signals, domains, length, cap.
    static constexpr std::size_t max_parts = 8;

    std::array<EscalationPart, max_parts> parts;
    std::size_t part_count = 0;
    Thousandths score;  // the sum of the parts
    EscalationMode mode = EscalationMode::none;

    // The parts that there are.
    std::span<const EscalationPart> used_parts() const noexcept {
        return std::span(parts).first(part_count);
    }
};

class EscalationRules {
  public:
    // Compiles the signals.
    explicit EscalationRules(Ticker& ticker);

    // Assesses a message that speaks to `domains` profiles.
    Escalation assess(std::string_view message, std::size_t domains, match::MatcherScratch& scratch,
                      Ticker& ticker) const;

  private:
    match::Matcher matcher_;
};

// The profiles that a message speaks to with an evidence of at least 1, in the order of rank.
std::vector<std::uint32_t> domains_of(const Router& router, std::vector<Tally> tallies);

}  // namespace aria_focus::core::route
