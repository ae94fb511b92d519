#include "core/problem.hpp"

#include "core/utf8.hpp"

#include <array>

namespace aria_focus::core {

namespace {

// By the order of ProblemCode.
constexpr std::array<std::string_view, 16> code_names = {
    "unknown_key",     "missing",      "bad_type",       "not_in_vocabulary", "out_of_range",
    "blank",           "duplicate",    "too_long",       "bad_format",        "risky_keyword",
    "possible_secret", "large_budget", "shared_keyword", "shadowed_keyword",  "unreachable",
    "legacy_id",
};

// Longer values are cut in messages: the row itself is at hand.
constexpr std::size_t shown_bytes = 120;

}  // namespace

std::string_view name_of(ProblemCode code) noexcept {
    return code_names[static_cast<std::size_t>(code)];
}

bool is_error(ProblemCode code) noexcept {
    return code < ProblemCode::risky_keyword;
}

std::string_view severity_of(ProblemCode code) noexcept {
    return is_error(code) ? "error" : "warning";
}

std::string quoted(std::string_view value) {
    const std::string_view shown = utf8::clip(value, shown_bytes);
    std::string out = "\"";
    out.append(shown);
    if (shown.size() < value.size()) out += "...";
    out += '"';
    return out;
}

std::string shown_number(std::string_view digits) {
    constexpr std::size_t longest = 24;
    if (digits.size() <= longest) return std::string(digits);
    return std::string(digits.substr(0, longest)) + "...";
}

}  // namespace aria_focus::core
