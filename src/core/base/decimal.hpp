// Decimal text compared exactly, whatever its length and the locale: 1e-400 is not 0.
#pragma once

#include "core/base/core_only.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aria_focus::core {
inline namespace base {

class Decimal {
  public:
    // Reads [-+]digits[.digits][e[-+]digits]; nothing for anything else (NaN, Infinity).
    static std::optional<Decimal> parse(std::string_view text);

    // True for a number without fraction.
    bool is_whole() const noexcept;
    // The number times 10^scale if that is whole and at most 18 digits long.
    std::optional<std::int64_t> scaled(int scale) const noexcept;
    // -1, 0 or 1.
    int sign() const noexcept;
    // True if it lies in [-limit, limit]; limit in 0..10^9.
    bool within(std::int64_t limit) const noexcept;

  private:
    bool negative_ = false;
    std::string digits_;         // significant ones: neither end is 0; empty for zero
    std::int64_t exponent_ = 0;  // value = 0.digits * 10^exponent
};

// The number as the server would store it in a double; nothing where it would refuse it (too large, too
// small) and for what is no number.
std::optional<double> to_double(std::string_view text);

// A double of the 15 significant digits that a double holds of any decimal, as the server's cast to numeric
// makes it: what was computed from decimals shows as the decimal that was meant, 0.7 - 0.2 as 0.5.
double as_meant(double computed) noexcept;

}  // namespace base
}  // namespace aria_focus::core
