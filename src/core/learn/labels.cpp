#include "core/learn/labels.hpp"

#include "core/base/error.hpp"
#include "core/check/problem.hpp"
#include "core/text/nearest.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace aria_focus::core::learn {

Label LabelReader::read(const std::optional<std::string_view>& label) {
    if (!label) return nobody;
    if (const auto found = router_.find(*label)) return *found;
    if (disabled_.count(*label) != 0) {
        ++of_disabled_;
        return nobody;
    }
    const auto at = unknown_.find(*label);
    if (at == unknown_.end()) {
        unknown_.emplace(*label, 1);
    } else {
        ++at->second;
    }
    return nobody;
}

void LabelReader::refuse(Ticker& ticker) const {
    std::vector<std::string_view> names(disabled_.begin(), disabled_.end());
    for (const route::RoutingProfile& profile : router_.profiles())
        names.push_back(profile.focus_id);
    std::string detail;
    for (const auto& [label, count] : unknown_) {
        detail += detail.empty() ? "" : "\n";
        detail += check::quoted(label) + ": " + std::to_string(count) +
                  (count == 1 ? " message" : " messages");
        const std::string_view near = text::nearest_name(label, names, ticker);
        if (!near.empty()) detail += "; did you mean " + check::quoted(near) + "?";
    }
    const std::string& first = unknown_.begin()->first;
    throw Error(
        ErrorKind::invalid_argument,
        unknown_.size() == 1 ? "label " + check::quoted(first) + " names no profile"
                             : std::to_string(unknown_.size()) + " labels name no profile",
        detail,
        "After a rename: UPDATE aria_engine.focus_examples SET focus_id = 'new' WHERE focus_id = "
        "'old'. A message of nobody has the label NULL.");
}

LabelSummary LabelReader::finish(std::span<const LabelledMessage> messages, Ticker& ticker) const {
    if (!unknown_.empty()) refuse(ticker);
    std::vector<std::tuple<std::string_view, Label>> sorted;
    sorted.reserve(messages.size());
    for (const LabelledMessage& message : messages)
        sorted.emplace_back(message.text, message.actual);
    std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) {
        ticker.tick();
        return a < b;
    });
    LabelSummary out;
    out.disabled = of_disabled_;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (std::get<0>(sorted[i]) != std::get<0>(sorted[i - 1])) continue;
        if (std::get<1>(sorted[i]) == std::get<1>(sorted[i - 1])) {
            ++out.repeated;
        } else {
            // Counted once, at the second of its labels.
            const bool is_second =
                std::get<1>(sorted[i - 1]) ==
                std::get<1>(*std::lower_bound(
                    sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(i),
                    std::tuple<std::string_view, Label>(std::get<0>(sorted[i]), 0)));
            if (!is_second) continue;
            if (out.contradicting++ == 0) out.first_contradicting = std::get<0>(sorted[i]);
        }
    }
    return out;
}

}  // namespace aria_focus::core::learn
