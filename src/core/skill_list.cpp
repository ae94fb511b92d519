#include "core/skill_list.hpp"

#include "core/text.hpp"

#include <string>
#include <unordered_map>

namespace aria_focus::core {

void check_skill_list(JsonView list, std::string_view field, std::string_view path,
                      Problems& problems, Ticker& ticker) {
    if (list.kind() != JsonKind::array) {
        problems.push_back(
            {field, std::string(path), ProblemCode::bad_type,
             std::string(field) + " must be an array, not " + std::string(name_of(list.kind())),
             "Write [\"browser\", \"llm\"]."});
        return;
    }
    const auto path_of = [path](std::uint32_t index) {
        return std::string(path) + "[" + std::to_string(index) + "]";
    };
    std::unordered_map<std::string_view, std::uint32_t> first;
    list.each_element([&](std::uint32_t index, JsonView skill) {
        ticker.tick(64);
        const auto report = [&](ProblemCode code, std::string message, std::string hint) {
            problems.push_back({field, path_of(index), code, std::move(message), std::move(hint)});
        };
        if (skill.kind() != JsonKind::string) {
            report(ProblemCode::bad_type,
                   "a skill must be a string, not " + std::string(name_of(skill.kind())),
                   "Write it in double quotes.");
        } else if (is_blank(skill.text(), ticker)) {
            report(ProblemCode::blank, "a skill is blank", "Remove it, or write its name.");
        } else if (const auto [at, is_new] = first.emplace(skill.text(), index); !is_new) {
            report(ProblemCode::duplicate,
                   "skill " + quoted(skill.text()) + " stands already at " + path_of(at->second),
                   "Keep one of them.");
        }
    });
}

}  // namespace aria_focus::core
