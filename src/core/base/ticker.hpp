// Lets a long computation be stopped: whoever loops reports its work, the owner is asked now and then.
#pragma once

#include "core/base/core_only.hpp"

#include <cstddef>
#include <cstdint>

namespace aria_focus::core {
inline namespace base {

class Ticker {
  public:
    // Called now and then; stops the computation by throwing.
    using Poll = void (*)();

    // Without a poll function the computation runs to its end.
    explicit Ticker(Poll poll = nullptr) noexcept : poll_(poll) {}

    // Reports that some units of work (about a nanosecond to ten each) were done.
    void tick(std::size_t units = 1) {
        if (units < left_) {
            left_ -= units;
            return;
        }
        left_ = period;
        if (poll_ != nullptr) poll_();
    }

    // Units of work between two polls: well under a millisecond.
    static constexpr std::size_t period = 64 * 1024;

  private:
    Poll poll_;
    std::size_t left_ = period;
};

}  // namespace base
}  // namespace aria_focus::core
