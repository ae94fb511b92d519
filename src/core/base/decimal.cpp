#include "core/base/decimal.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace aria_focus::core {
inline namespace base {

namespace {

// Takes the digits at the front off the text.
std::string_view take_digits(std::string_view& text) noexcept {
    std::size_t length = 0;
    while (length < text.size() && text[length] >= '0' && text[length] <= '9') ++length;
    const std::string_view digits = text.substr(0, length);
    text.remove_prefix(length);
    return digits;
}

// Takes a sign off the front; true for minus.
bool take_sign(std::string_view& text) noexcept {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    return negative;
}

// Takes `e12` off the front; nothing if it is no exponent. Absurd ones stay absurd, not wrapped.
std::optional<std::int64_t> take_exponent(std::string_view& text) noexcept {
    if (text.empty()) return 0;
    if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
    text.remove_prefix(1);
    const bool negative = take_sign(text);
    const std::string_view digits = take_digits(text);
    if (digits.empty() || !text.empty()) return std::nullopt;
    std::int64_t value = 0;
    for (const char digit : digits) {
        value = std::min<std::int64_t>(value * 10 + (digit - '0'), 1'000'000'000);
    }
    return negative ? -value : value;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    Decimal out;
    out.negative_ = take_sign(text);
    const std::string_view whole = take_digits(text);
    std::string_view fraction;
    const bool has_point = text.starts_with('.');
    if (has_point) {
        text.remove_prefix(1);
        fraction = take_digits(text);
    }
    const auto exponent = take_exponent(text);
    if (!exponent || whole.empty() || has_point == fraction.empty()) return std::nullopt;

    out.digits_.append(whole).append(fraction);
    const std::size_t leading = std::min(out.digits_.find_first_not_of('0'), out.digits_.size());
    out.digits_.erase(0, leading);
    out.digits_.erase(out.digits_.find_last_not_of('0') + 1);
    out.exponent_ =
        *exponent + static_cast<std::int64_t>(whole.size()) - static_cast<std::int64_t>(leading);
    return out;
}

bool Decimal::is_whole() const noexcept {
    return digits_.empty() || static_cast<std::int64_t>(digits_.size()) <= exponent_;
}

std::optional<std::int64_t> Decimal::scaled(int scale) const noexcept {
    if (digits_.empty()) return 0;
    const std::int64_t length = exponent_ + scale;
    if (length > 18 || static_cast<std::int64_t>(digits_.size()) > length) return std::nullopt;
    std::int64_t value = 0;
    for (std::int64_t i = 0; i < length; ++i) {
        const auto at = static_cast<std::size_t>(i);
        value = value * 10 + (at < digits_.size() ? digits_[at] - '0' : 0);
    }
    return negative_ ? -value : value;
}

int Decimal::sign() const noexcept {
    if (digits_.empty()) return 0;
    return negative_ ? -1 : 1;
}

bool Decimal::within(std::int64_t limit) const noexcept {
    if (digits_.empty()) return true;
    if (exponent_ <= 0) return limit > 0;
    if (exponent_ > 10) return false;
    std::int64_t whole = 0;
    for (std::int64_t i = 0; i < exponent_; ++i) {
        const auto at = static_cast<std::size_t>(i);
        whole = whole * 10 + (at < digits_.size() ? digits_[at] - '0' : 0);
    }
    return whole < limit || (whole == limit && is_whole());
}

std::optional<double> to_double(std::string_view text) {
    // The server keeps LC_NUMERIC at C, so strtod reads what its own input function reads.
    const std::string digits(text);
    char* end = nullptr;
    errno = 0;
    const double number = std::strtod(digits.c_str(), &end);
    if (digits.empty() || *end != '\0' || !std::isfinite(number)) return std::nullopt;
    if (errno == ERANGE && number == 0) return std::nullopt;
    return number;
}

double as_meant(double computed) noexcept {
    std::array<char, 32> digits{};  // -1.23456789012345e-308
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), computed,
                      std::chars_format::general, std::numeric_limits<double>::digits10)
            .ptr;
    double meant = computed;  // stays where a denormal's digits are beyond reading
    std::from_chars(digits.data(), end, meant);
    return meant;
}

}  // namespace base
}  // namespace aria_focus::core
