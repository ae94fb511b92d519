#include "core/profile/skill_list.hpp"

#include "core/text/text.hpp"

#include <string>
#include <unordered_map>

namespace aria_focus::core::profile {

void check_skill_list(check::JsonView list, std::string_view field, std::string_view path,
                      check::Problems& problems, Ticker& ticker) {
    if (list.kind() != check::JsonKind::array) {
        problems.push_back(
            {field, std::string(path), check::ProblemCode::bad_type,
             std::string(field) + " must be an array, not " + std::string(name_of(list.kind())),
             "Write [\"browser\", \"llm\"]."});
        return;
    }
    const auto path_of = [path](std::uint32_t index) {
        return std::string(path) + "[" + std::to_string(index) + "]";
    };
    std::unordered_map<std::string_view, std::uint32_t> first;
    list.each_element([&](std::uint32_t index, check::JsonView skill) {
        ticker.tick(64);
        const auto report = [&](check::ProblemCode code, std::string message, std::string hint) {
            problems.push_back({field, path_of(index), code, std::move(message), std::move(hint)});
        };
        if (skill.kind() != check::JsonKind::string) {
            report(check::ProblemCode::bad_type,
                   "a skill must be a string, not " + std::string(name_of(skill.kind())),
                   "Write it in double quotes.");
        } else if (text::is_blank(skill.text(), ticker)) {
            report(check::ProblemCode::blank, "a skill is blank", "Remove it, or write its name.");
        } else if (const auto [at, is_new] = first.emplace(skill.text(), index); !is_new) {
            report(check::ProblemCode::duplicate,
                   "skill " + check::quoted(skill.text()) + " stands already at " +
                       path_of(at->second),
                   "Keep one of them.");
        }
    });
}

}  // namespace aria_focus::core::profile
