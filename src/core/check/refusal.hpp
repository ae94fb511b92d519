// One error for all problems of a value: what a refused row or document says.
#pragma once

#include "core/base/core_only.hpp"
#include "core/check/problem.hpp"

#include <string>
#include <string_view>

namespace aria_focus::core::check {

struct Refusal {
    std::string message;  // names the thing, the first problem, and how many more there are
    std::string detail;   // a line for every problem, with its path and what was probably meant;
                          // cut after max_refusal_lines
    std::string hint;     // of the first problem that has one
};

// Longer lists of problems end in "and N more".
inline constexpr std::size_t max_refusal_lines = 100;

// Composes the refusal of `subject` (such as: invalid focus profile "x") for at least one problem.
Refusal refuse(std::string_view subject, const Problems& problems);

// Raises the refusal of an argument: invalid_argument.
[[noreturn]] void refuse_argument(std::string_view subject, const Problems& problems);

// Raises the refusal of a document named `name`, such as: invalid agents at $[3].status. Does nothing
// without a problem.
void refuse_document(std::string_view name, const Problems& problems);

}  // namespace aria_focus::core::check
