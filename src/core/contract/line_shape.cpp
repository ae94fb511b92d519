#include "core/contract/line_shape.hpp"

#include <algorithm>
#include <array>

namespace aria_focus::core::contract {

namespace {

// A marker without the white space behind it; size 0 where there is none.
struct Sign {
    std::size_t size;
    std::uint32_t width;
    bool ordered;
};

// Bullets that are characters of their own.
constexpr std::array<std::string_view, 4> bullets = {"\xE2\x80\xA2", "\xE2\x80\xA3", "\xE2\x96\xAA",
                                                     "\xE2\x97\xA6"};

// The sign that a line starts with.
Sign sign_of(std::string_view content) noexcept {
    if (content.empty()) return {};
    if (content[0] == '-' || content[0] == '*' || content[0] == '+') return {1, 1, false};
    for (const std::string_view bullet : bullets) {
        if (content.starts_with(bullet)) return {bullet.size(), 1, false};
    }
    constexpr std::size_t most_digits = 9;
    const std::size_t digits = std::min(content.find_first_not_of("0123456789"), content.size());
    const bool is_number = digits >= 1 && digits <= most_digits && digits < content.size() &&
                           (content[digits] == '.' || content[digits] == ')');
    if (!is_number) return {};
    return {digits + 1, static_cast<std::uint32_t>(digits + 1), true};
}

}  // namespace

std::optional<Marker> marker_of(std::string_view content) noexcept {
    const Sign sign = sign_of(content);
    const bool ends =
        sign.size < content.size() && content[sign.size] != ' ' && content[sign.size] != '\t';
    if (sign.size == 0 || ends) return std::nullopt;
    const bool first = !sign.ordered || content.substr(0, sign.size - 1) == "1";
    const std::size_t behind =
        std::min(content.find_first_not_of(" \t", sign.size), content.size());
    const std::size_t blank = behind - sign.size;
    const auto space = static_cast<std::uint32_t>(blank >= 1 && blank <= 4 ? blank : 1);
    return Marker{static_cast<std::uint32_t>(behind), sign.width + space, sign.ordered, first};
}

bool is_table_rule(std::string_view line) noexcept {
    return line.find_first_not_of("|:- \t\r") == line.npos && line.find('-') != line.npos &&
           line.find('|') != line.npos;
}

bool is_thematic_break(std::string_view content) noexcept {
    const char mark = content[0];
    if (mark != '-' && mark != '*' && mark != '_') return false;
    const auto marks = std::count(content.begin(), content.end(), mark);
    return marks >= 3 && std::all_of(content.begin(), content.end(),
                                     [mark](char c) { return c == mark || c == ' ' || c == '\t'; });
}

}  // namespace aria_focus::core::contract
