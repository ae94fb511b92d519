// What every profile gets of every message, kept so that "would this message be right if that profile got
// so much?" is answered without routing it again.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/thousandths.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/judging.hpp"
#include "core/route/routing.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace aria_focus::core::learn {

// Of evidence penalties are not taken off; a profile without a hit has 0. That is as good as
// none: what is routed has more.
class Standings {
  public:
    // All arguments outlive this.
    Standings(const route::Router& router, std::span<const LabelledMessage> messages,
              const JudgeRules& rules, Ticker& ticker);

    // What a profile gets of a message.
    Thousandths evidence(std::size_t message, std::uint32_t profile) const noexcept;
    // What the message loses for its unknown words.
    Thousandths penalty(std::size_t message) const noexcept { return penalties_[message]; }
    // True if it is right today.
    bool is_right(std::size_t message) const noexcept { return is_right_[message] != 0; }
    // True if it were right with so much for one profile, and such a penalty.
    bool is_right_with(std::size_t message, std::uint32_t profile, Thousandths evidence,
                       Thousandths penalty) const noexcept;
    // The profiles that have a hit, ascending.
    std::span<const route::Tally> tallies(std::size_t message) const noexcept {
        return std::span(tallies_).subspan(starts_[message],
                                           starts_[message + 1] - starts_[message]);
    }

    // Bytes of memory that they take.
    std::size_t memory() const noexcept;

  private:
    // The two best profiles other than the message's own.
    struct Rivals {
        std::uint32_t best = nobody;
        Thousandths evidence;
        Thousandths next;
    };

    // Takes over the tallies of a message.
    void add(const LabelledMessage& message, std::span<const route::Tally> tallies);

    std::span<const LabelledMessage> messages_;
    JudgeRules rules_;
    std::vector<route::Tally> tallies_;
    std::vector<std::size_t> starts_ = {0};
    std::vector<Rivals> rivals_;
    std::vector<Thousandths> own_;  // what the message's own profile gets
    std::vector<Thousandths> penalties_;
    std::vector<std::uint8_t> is_right_;
};

}  // namespace aria_focus::core::learn
