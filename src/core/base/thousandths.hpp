// What weights, evidence and scores are summed in: whole thousandths, so that a sum is exact and its parts
// may come in any order.
#pragma once

#include "core/base/core_only.hpp"

#include <compare>
#include <cstdint>

namespace aria_focus::core {
inline namespace base {

struct Thousandths {
    static constexpr std::int32_t in_one = 1000;

    std::int64_t count = 0;

    // So many ones.
    static constexpr Thousandths of(std::int32_t ones) noexcept {
        return {std::int64_t{ones} * in_one};
    }
    // More than nothing?
    constexpr bool is_positive() const noexcept { return count > 0; }
    // The number itself, rounded once.
    constexpr double value() const noexcept { return static_cast<double>(count) / in_one; }

    // Adds to it.
    constexpr Thousandths& operator+=(Thousandths other) noexcept {
        count += other.count;
        return *this;
    }
    // A sum.
    friend constexpr Thousandths operator+(Thousandths a, Thousandths b) noexcept { return a += b; }
    // A difference.
    friend constexpr Thousandths operator-(Thousandths a, Thousandths b) noexcept {
        return {a.count - b.count};
    }
    friend constexpr auto operator<=>(const Thousandths&, const Thousandths&) = default;
};

}  // namespace base
}  // namespace aria_focus::core
