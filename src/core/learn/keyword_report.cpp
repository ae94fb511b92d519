#include "core/learn/keyword_report.hpp"

#include <algorithm>

namespace aria_focus::core::learn {

namespace {

// An entry that a message has hit.
struct Found {
    std::uint32_t list;
    std::uint32_t entry;
};

// Finds the distinct entries that a message hits, in the order of profiles and lists.
void find_entries(const match::Matcher& matcher, std::string_view text,
                  match::MatcherScratch& scratch, std::vector<Found>& found, Ticker& ticker) {
    found.clear();
    matcher.scan(text, scratch, ticker, [&](const match::Hit& hit) {
        found.push_back({hit.list, hit.entry});
        return true;
    });
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return a.entry < b.entry; });
    const auto last = std::unique(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return a.entry == b.entry;
    });
    found.erase(last, found.end());
}

}  // namespace

std::vector<KeywordFigures> report_keywords(const route::Router& router,
                                            std::span<const match::KeywordList> lists,
                                            std::span<const LabelledMessage> messages,
                                            Ticker& ticker) {
    const match::Matcher& matcher = router.matcher();
    std::vector<KeywordFigures> out(matcher.entry_count());
    for (std::uint32_t list = 0; list < matcher.list_count(); ++list) {
        const auto [first, last] = matcher.entries_of(list);
        for (std::uint32_t entry = first; entry < last; ++entry) {
            out[entry].profile = list;
            out[entry].entry = entry;
            out[entry].weight = {lists[list].keywords()[entry - first].weight};
        }
    }
    match::MatcherScratch scratch;
    std::vector<Found> found;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        find_entries(matcher, messages[i].text, scratch, found, ticker);
        for (std::size_t at = 0; at < found.size(); ++at) {
            const auto is_of_list = [&](std::size_t other) {
                return other < found.size() && found[other].list == found[at].list;
            };
            KeywordFigures& it = out[found[at].entry];
            ++it.hits;
            it.overlaps += is_of_list(at - 1) || is_of_list(at + 1) ? 1 : 0;
            const bool is_own = messages[i].actual == found[at].list;
            if (is_own == it.weight.is_positive()) {
                ++it.right;
            } else if (!it.example_wrong) {
                it.example_wrong = i;
            }
        }
    }
    return out;
}

}  // namespace aria_focus::core::learn
