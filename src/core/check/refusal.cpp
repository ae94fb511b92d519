#include "core/check/refusal.hpp"

#include "core/base/error.hpp"
#include "core/text/nearest.hpp"

#include <algorithm>

namespace aria_focus::core::check {

namespace {

// How many problems there are beside the first: many clients show the message alone.
std::string beyond_first(std::size_t problems) {
    if (problems < 2) return {};
    const std::string count = std::to_string(problems - 1);
    return " (and " + count + (problems == 2 ? " more problem)" : " more problems)");
}

// A problem's line. One hint stands beside the whole list; a name that was probably meant is of use
// for its own line only.
std::string line_of(const Problem& problem) {
    std::string out = problem.path + ": " + problem.message + ".";
    if (text::is_suggestion(problem.hint)) out += " " + problem.hint;
    return out;
}

}  // namespace

Refusal refuse(std::string_view subject, const Problems& problems) {
    Refusal out;
    out.message = std::string(subject) + ": " + problems.front().message;
    out.message += beyond_first(problems.size());
    const std::size_t lines = std::min(problems.size(), max_refusal_lines);
    for (std::size_t i = 0; i < lines; ++i) {
        if (i > 0) out.detail += '\n';
        out.detail += line_of(problems[i]);
    }
    if (lines < problems.size()) {
        out.detail += "\n... and " + std::to_string(problems.size() - lines) + " more.";
    }
    const auto helpful = std::find_if(problems.begin(), problems.end(),
                                      [](const Problem& problem) { return !problem.hint.empty(); });
    if (helpful != problems.end()) out.hint = helpful->hint;
    return out;
}

void refuse_argument(std::string_view subject, const Problems& problems) {
    Refusal refusal = refuse(subject, problems);
    throw Error(ErrorKind::invalid_argument, std::move(refusal.message), std::move(refusal.detail),
                std::move(refusal.hint));
}

void refuse_document(std::string_view name, const Problems& problems) {
    if (problems.empty()) return;
    refuse_argument("invalid " + std::string(name) + " at " + problems.front().path, problems);
}

}  // namespace aria_focus::core::check
