// What was decided on a message, and by what; and a text that tells two sets of profiles apart as far as
// decisions depend on them.
#pragma once

#include "core/base/core_only.hpp"
#include "core/route/routing.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::route {

// What decided.
enum class Decider : std::uint8_t {
    keywords,            // rank 1, clear enough
    ambiguous,           // rank 1 is not far enough ahead
    fallback,            // nothing reached the threshold
    first_core_profile,  // as fallback or ambiguous, where the fallback named is not there
    nobody,              // the same, where no fallback is wanted or no profile of level 1 is there
};

// The word for it.
std::string_view name_of(Decider decider) noexcept;

// Who takes a message that no keyword decides, and how he comes to it: fallback, first core profile, nobody.
struct Fallback {
    std::optional<std::uint32_t> focus;
    Decider decider;
};

struct Decision {
    std::optional<std::uint32_t> focus;
    Decider decider;
    Thousandths evidence;                    // of rank 1
    Thousandths margin;                      // of rank 1
    std::optional<std::uint32_t> leader;     // rank 1
    std::optional<std::uint32_t> runner_up;  // the best that did not get the message
};

// Decides on a message whose tallies are ranked.
Decision decide(std::span<const Tally> ranked, const RoutingRules& rules, const Fallback& fallback);

// Writes down all that routing depends on, the same bytes for the same content: for each profile a line with
// level and id, behind it one for each of its keywords with weight (thousandths), match and text.
std::string routing_text(std::span<const RoutingProfile> profiles,
                         std::span<const match::KeywordList> lists, Ticker& ticker);

}  // namespace aria_focus::core::route
