#include "core/profile/skill_list.hpp"

#include "core/text/text.hpp"

#include <string>
#include <unordered_map>

namespace aria_focus::core::profile {

void check_skill_list(check::JsonView list, const check::Reporter& report, Ticker& ticker) {
    if (list.kind() != check::JsonKind::array) {
        report.wrong_kind(report.name(), check::JsonKind::array, list,
                          "Write [\"browser\", \"llm\"].");
        return;
    }
    std::unordered_map<std::string_view, std::uint32_t> first;
    list.each_element([&](std::uint32_t index, check::JsonView skill) {
        ticker.tick(64);
        const check::Reporter here = report.at(index);
        if (skill.kind() != check::JsonKind::string) {
            here.wrong_kind("a skill", check::JsonKind::string, skill,
                            "Write it in double quotes.");
        } else if (text::is_blank(skill.text(), ticker)) {
            here.report(check::ProblemCode::blank, "a skill is blank",
                        "Remove it, or write its name.");
        } else if (const auto [at, is_new] = first.emplace(skill.text(), index); !is_new) {
            here.report(check::ProblemCode::duplicate,
                        "skill " + check::quoted(skill.text()) + " stands already at " +
                            report.at(at->second).path(),
                        "Keep one of them.");
        }
    });
}

}  // namespace aria_focus::core::profile
