// A number written out in full, so that it can be compared digit by digit.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <regex>
#include <string>

namespace aria_focus::test {

struct NaiveDecimal {
    static constexpr int width = 4000;  // digits on either side of the point

    // Reads a short text; nothing for what is no number.
    static std::optional<NaiveDecimal> parse(const std::string& text) {
        static const std::regex form("([-+]?)([0-9]+)(?:\\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?");
        std::smatch part;
        if (!std::regex_match(text, part, form)) return std::nullopt;
        NaiveDecimal out;
        out.negative = part[1] == "-";
        // Beyond the width every question has the same answer.
        const double power = part[4].matched ? std::strtod(part[4].str().c_str(), nullptr) : 0;
        const int shift = static_cast<int>(std::clamp(power, -width / 2.0, width / 2.0));
        const std::string digits = part[2].str() + part[3].str();
        const int point = width - shift - static_cast<int>(part[2].length());
        for (std::size_t i = 0; i < digits.size(); ++i) {
            out.digits[static_cast<std::size_t>(point) + i] = digits[i];
        }
        return out;
    }

    // True for a zero behind the first so many digits.
    bool ends_at(std::size_t at) const { return digits.find_first_not_of('0', at) == digits.npos; }
    // -1, 0 or 1.
    int sign() const { return ends_at(0) ? 0 : negative ? -1 : 1; }
    // True for a number without fraction.
    bool is_whole() const { return ends_at(width); }
    // True if it lies in [-limit, limit].
    bool within(std::int64_t limit) const {
        std::string most(2 * width, '0');
        const std::string text = std::to_string(limit);
        std::copy(text.begin(), text.end(), most.begin() + (width - static_cast<int>(text.size())));
        return digits <= most;
    }
    // The number times 10^scale if that is whole and at most 18 digits long.
    std::optional<std::int64_t> scaled(std::size_t scale) const {
        if (!ends_at(width + scale)) return std::nullopt;
        if (digits.find_first_not_of('0') < width + scale - 18) return std::nullopt;
        const std::int64_t value = std::stoll(digits.substr(width + scale - 18, 18));
        return negative ? -value : value;
    }

    bool negative = false;
    std::string digits = std::string(2 * width, '0');
};

}  // namespace aria_focus::test
