// What is wrong with a candidate profile, said so that a program and a person can act on it.
#pragma once

#include "core/base/core_only.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::check {

// The closed list of codes; the order is that of the text table in problem.cpp.
enum class ProblemCode : std::uint8_t {
    unknown_key,
    missing,
    bad_type,
    not_in_vocabulary,
    out_of_range,
    blank,
    duplicate,
    too_long,
    bad_format,
    // warnings from here on
    risky_keyword,
    possible_secret,
    large_budget,
    // across stored profiles: focus_doctor only
    shared_keyword,
    shadowed_keyword,
    unreachable,
    legacy_id,
    idle_fallback,
    no_fallback,
    hidden_veto,
    inside_word,
};

// The code as SQL shows it.
std::string_view name_of(ProblemCode code) noexcept;

// True if a row with this problem is refused.
bool is_error(ProblemCode code) noexcept;

// "error" or "warning".
std::string_view severity_of(ProblemCode code) noexcept;

struct Problem {
    std::string_view field;  // the column, or the unknown key; outlived by what it was read from
    std::string path;        // where in the document: $.expertise_keywords[3]
    ProblemCode code;
    std::string message;
    std::string hint;  // may be empty
};

using Problems = std::vector<Problem>;

// The text as JSON writes it between its quotes, so that it stays on its line: control characters, the
// other ends of a line, quotes and backslashes. Every other byte is kept.
std::string escaped(std::string_view text);

// The value as it is shown in a message: in double quotes, escaped, long ones cut.
std::string quoted(std::string_view value);

// A number's digits as they are shown in a message: long ones cut.
std::string shown_number(std::string_view digits);

}  // namespace aria_focus::core::check
