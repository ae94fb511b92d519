#include "core/text/nearest.hpp"

#include "core/text/utf8.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace aria_focus::core::text {

namespace {

// How a hint begins that names what was probably meant.
constexpr std::string_view suggestion = "Did you mean \"";

constexpr std::size_t furthest = 2;
// No name is longer; a longer value is near to none of them.
constexpr std::size_t longest_name = 60;

}  // namespace

std::size_t edit_distance(std::string_view a_text, std::string_view b_text) {
    const std::u32string a = utf8::to_code_points(a_text);
    const std::u32string b = utf8::to_code_points(b_text);
    const std::size_t width = b.size() + 1;
    std::vector<std::size_t> before(width), above(width), row(width);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before.swap(above);
        above.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

std::string_view nearest_name(std::string_view value, std::span<const std::string_view> names,
                              Ticker& ticker) {
    const std::size_t size = utf8::count(value);
    if (size > longest_name) return {};
    std::string_view best;
    std::size_t best_distance = furthest + 1;
    for (const std::string_view name : names) {
        ticker.tick(1 + name.size() / 8);
        const std::size_t other = utf8::count(name);
        // So many must be inserted or deleted at least.
        if (std::max(size, other) - std::min(size, other) >= best_distance) continue;
        ticker.tick(size * other);
        const std::size_t distance = edit_distance(value, name);
        // A short value is at distance 2 from anything as short: that is no likeness.
        if (distance < best_distance && distance < size) {
            best_distance = distance;
            best = name;
        }
    }
    return best;
}

std::string_view nearest_name(std::string_view value, std::span<const std::string_view> names) {
    Ticker ticker;
    return nearest_name(value, names, ticker);
}

std::string suggest(std::string_view name) {
    return std::string(suggestion) + std::string(name) + "\"?";
}

bool is_suggestion(std::string_view hint) noexcept {
    return hint.starts_with(suggestion);
}

std::string name_hint(std::string_view value, std::span<const std::string_view> names) {
    const std::string_view near = nearest_name(value, names);
    if (!near.empty()) return suggest(near);
    if (names.empty()) return "No word is allowed yet.";
    std::string out = "Allowed: ";
    for (const std::string_view name : names) {
        if (name != names.front()) out += ", ";
        out += name;
    }
    return out + ".";
}

}  // namespace aria_focus::core::text
