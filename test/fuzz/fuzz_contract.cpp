// Any text against a contract that bounds everything: each finding's place is what substr gives, positions
// ascend, and conforms says what lint says. The first byte chooses what is bounded.
#include "fuzz.hpp"
#include "support/contract_tools.hpp"

using namespace aria_focus::core;
using namespace aria_focus::core::contract;
using namespace aria_focus::test;

namespace {

// One metric from above, whose hits are graver than the rule.
const CompiledContract& only(std::size_t metric) {
    static const std::vector<CompiledContract> contracts = [] {
        std::vector<CompiledContract> all;
        for (const std::string_view name : metric_names()) {
            all.push_back(
                compiled("{\"" + std::string(name) + R"(": {"max": 1, "located": "error"}})"));
        }
        return all;
    }();
    return contracts[metric % contracts.size()];
}

// Compares a finding's place with a walk over the text. In broken bytes, which no server hands on, a place only
// has to lie inside.
void check_place(std::string_view text, const Finding& finding) {
    const Characterized characters(text);
    if (finding.span->begin > finding.span->end || finding.span->end > text.size()) {
        differ("a place outside of the text: <" + shown(text) + ">");
    }
    if (to_utf8(characters.characters) != text) return;
    const auto at = static_cast<std::size_t>(finding.position->at - 1);
    const auto end = at + static_cast<std::size_t>(finding.position->length);
    if (end >= characters.offsets.size() || characters.offsets[at] != finding.span->begin ||
        characters.offsets[end] != finding.span->end) {
        differ("a place that substr does not give: " + finding.message + " <" + shown(text) + ">");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t longest = 4'000;
    if (size == 0 || size > longest) return 0;
    const CompiledContract& contract = data[0] < 0x20 ? contract_of_everything() : only(data[0]);
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto findings = findings_of(text, contract);
    std::int64_t last = 0;
    for (const Finding& finding : findings) {
        const std::int64_t at = finding.position ? finding.position->at : 0;
        if (at < last) differ("findings out of order: <" + shown(text) + ">");
        last = at;
        if (finding.position) check_place(text, finding);
    }
    for (const Severity severity : {Severity::suggestion, Severity::warning, Severity::error}) {
        const bool grave = std::any_of(findings.begin(), findings.end(),
                                       [&](const Finding& f) { return f.severity >= severity; });
        if (conforming(text, contract, severity) == grave) {
            differ("conforms and lint disagree: <" + shown(text) + ">");
        }
    }
    return 0;
}
