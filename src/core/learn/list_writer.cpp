#include "core/learn/list_writer.hpp"

#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace aria_focus::core::learn {

namespace {

// Adds up what an entry hides.
class Worth {
  public:
    Worth(const FeatureSpace& space, const Model& model) : space_(space), model_(model) {}

    // What a feature is worth together with all that it hides.
    double with_hidden(std::uint32_t feature) {
        hidden_.clear();
        const Feature& it = space_[feature];
        switch (it.kind) {
            case FeatureKind::word: hide_word(it.word, whole); break;
            case FeatureKind::prefix: hide_word(it.word, it.other); break;
            case FeatureKind::phrase: hide_word(it.word, whole); hide_word(it.other, whole);
        }
        if (model_.is_independent && it.kind != FeatureKind::phrase) hidden_.clear();
        hidden_.push_back(feature);
        return sum();
    }

    // What the features of a word are worth, or those of its first `size` bytes; it is a word of a text.
    void hide_word(std::uint32_t word, std::size_t size) {
        const std::size_t first = hidden_.size();
        for (const std::uint32_t feature : space_.of_word(word)) {
            const Feature& it = space_[feature];
            const bool is_inside =
                it.kind == FeatureKind::prefix ? it.other <= size : size == whole;
            if (!is_inside || model_.weights[feature] == 0) continue;
            // Where prefixes do not add up, the last one, or the word itself, is what hits.
            if (model_.is_independent) hidden_.resize(first);
            hidden_.push_back(feature);
        }
    }

    static constexpr std::size_t whole = std::numeric_limits<std::size_t>::max();

  private:
    // The sum over hidden_, each once.
    double sum() {
        std::sort(hidden_.begin(), hidden_.end());
        hidden_.erase(std::unique(hidden_.begin(), hidden_.end()), hidden_.end());
        double out = 0;
        for (const std::uint32_t feature : hidden_) out += model_.weights[feature];
        return out;
    }

    const FeatureSpace& space_;
    const Model& model_;
    std::vector<std::uint32_t> hidden_;
};

// Puts entries into order: longer ones before their own beginning, else by weight.
void sort_entries(std::vector<LearnedEntry>& entries) {
    std::sort(entries.begin(), entries.end(),
              [](const LearnedEntry& a, const LearnedEntry& b) { return a.text < b.text; });
    // An entry goes with the weightiest of itself and its beginnings.
    std::vector<double> rank(entries.size());
    std::vector<std::size_t> beginnings;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        while (!beginnings.empty() &&
               !entries[i].text.starts_with(entries[beginnings.back()].text)) {
            beginnings.pop_back();
        }
        rank[i] = entries[i].weight;
        if (!beginnings.empty()) rank[i] = std::max(rank[i], rank[beginnings.back()]);
        beginnings.push_back(i);
    }
    std::vector<std::size_t> order(entries.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (rank[a] != rank[b]) return rank[a] > rank[b];
        const std::size_t size_a = entries[a].text.size();
        const std::size_t size_b = entries[b].text.size();
        return size_a != size_b ? size_a > size_b : entries[a].text < entries[b].text;
    });
    std::vector<LearnedEntry> sorted;
    sorted.reserve(entries.size());
    for (const std::size_t at : order) sorted.push_back(std::move(entries[at]));
    entries = std::move(sorted);
}

// The entry of a feature.
LearnedEntry entry_of(const FeatureSpace& space, std::uint32_t feature, double weight) {
    const bool is_prefix = space[feature].kind == FeatureKind::prefix;
    return {space.text(feature), is_prefix ? match::Match::prefix : match::Match::word, weight,
            false, feature};
}

}  // namespace

std::int32_t rounded_weight(double weight) noexcept {
    constexpr double unit = match::KeywordList::weight_unit;
    constexpr double most = match::KeywordList::max_weight * unit;
    const auto thousandths =
        static_cast<std::int32_t>(std::lround(std::clamp(weight * unit, -most, most)));
    if (thousandths != 0) return thousandths;
    return weight < 0 ? -1 : 1;
}

std::vector<LearnedEntry> write_list(const FeatureSpace& space, const Model& model) {
    Worth worth(space, model);
    std::vector<LearnedEntry> entries;
    for (std::uint32_t feature = 0; feature < space.size(); ++feature) {
        if (model.weights[feature] == 0) continue;
        entries.push_back(entry_of(space, feature, worth.with_hidden(feature)));
    }
    sort_entries(entries);
    return entries;
}

namespace {

// Brings an old list and new entries together.
class ListMerger {
  public:
    ListMerger(const FeatureSpace& space, const Model& model, const OldEntries& old, Ticker& ticker)
        : space_(space), model_(model), old_(old), worth_(space, model), ticker_(ticker) {
        const auto& keywords = old.list.keywords();
        for (std::uint32_t i = 0; i < keywords.size(); ++i)
            old_texts_.push_back(old.list.folded(keywords[i]));
    }

    // The new list.
    std::vector<LearnedEntry> merge() {
        for (std::uint32_t feature = 0; feature < space_.size(); ++feature) {
            if (model_.weights[feature] != 0) add_new(feature);
        }
        sort_entries(new_);
        const auto anchors = find_anchors();
        std::vector<LearnedEntry> out;
        for (std::uint32_t at = 0; at <= old_texts_.size(); ++at) {
            for (std::size_t i = 0; i < new_.size(); ++i) {
                if (anchors[i] == at) out.push_back(std::move(new_[i]));
            }
            if (at < old_texts_.size()) add_old(at, out);
        }
        return out;
    }

  private:
    // What an old entry is worth.
    double old_weight(std::uint32_t entry) const { return model_.weights[space_.size() + entry]; }

    // What the old list's hits in a text are worth.
    double old_worth(std::string_view text) {
        std::vector<std::uint32_t> hits;
        const std::uint32_t first = old_.matcher.entries_of(old_.index).first;
        old_.matcher.scan(text, scratch_, ticker_, [&](const match::Hit& hit) {
            if (hit.list == old_.index) hits.push_back(hit.entry - first);
            return true;
        });
        std::sort(hits.begin(), hits.end());
        hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
        double out = 0;
        for (const std::uint32_t entry : hits) out += old_weight(entry);
        return out;
    }

    // A new entry carries what it hides of both.
    void add_new(std::uint32_t feature) {
        LearnedEntry entry = entry_of(space_, feature, worth_.with_hidden(feature));
        entry.weight += old_worth(entry.text);
        new_.push_back(std::move(entry));
    }

    // For each new entry the first old one that would hide it, or the end.
    std::vector<std::uint32_t> find_anchors() {
        const auto edges = match::edges_of(old_.list);
        std::unordered_map<std::u32string_view, std::uint32_t> by_text;
        for (std::uint32_t i = 0; i < old_texts_.size(); ++i) by_text.emplace(old_texts_[i], i);
        std::vector<std::uint32_t> anchors;
        for (const LearnedEntry& entry : new_) {
            const std::u32string text = text::utf8::to_code_points(entry.text);
            auto anchor = static_cast<std::uint32_t>(old_texts_.size());
            for (std::size_t size = 1; size < text.size(); ++size) {
                const auto found = by_text.find(std::u32string_view(text).substr(0, size));
                if (found == by_text.end()) continue;
                const bool goes_on = text::unicode::is_word(text[size]);
                if (!edges[found->second].end || !goes_on) anchor = std::min(anchor, found->second);
            }
            anchors.push_back(anchor);
        }
        return anchors;
    }

    // An old entry carries what it hides of the new ones, and stays if that is anything.
    void add_old(std::uint32_t at, std::vector<LearnedEntry>& out) {
        const match::Keyword& keyword = old_.list.keywords()[at];
        const double hidden = new_worth(old_texts_[at], keyword.match);
        const double weight = old_weight(at) + hidden;
        if (weight == 0 && hidden == 0 && !hides_old(at)) return;
        out.push_back({std::string(old_.list.text(keyword)), keyword.match, weight, true, at});
    }

    // True if another old entry might hit inside this one's text.
    bool hides_old(std::uint32_t at) const {
        return std::any_of(old_texts_.begin(), old_texts_.end(), [&](std::u32string_view other) {
            return other.size() < old_texts_[at].size() &&
                   old_texts_[at].find(other) != std::u32string_view::npos;
        });
    }

    // What the new entries that could hit inside an old one's text are worth.
    double new_worth(std::u32string_view old_text, match::Match match) const {
        const bool is_closed = match::edges_of(old_text, match).end;
        double out = 0;
        for (const LearnedEntry& entry : new_) {
            const std::u32string text = text::utf8::to_code_points(entry.text);
            if (text.size() <= old_text.size() && holds(old_text, text, entry.match, is_closed)) {
                out += model_.weights[entry.source];
            }
        }
        return out;
    }

    // True if a text has a word, prefix or phrase inside it.
    static bool holds(std::u32string_view outer, std::u32string_view text, match::Match match,
                      bool is_closed) {
        for (auto at = outer.find(text); at != outer.npos; at = outer.find(text, at + 1)) {
            const std::size_t end = at + text.size();
            const bool starts = at == 0 || !text::unicode::is_word(outer[at - 1]);
            const bool is_last = end == outer.size();
            const bool goes_on = is_last ? !is_closed : text::unicode::is_word(outer[end]);
            const bool fits = match == match::Match::prefix ? goes_on : is_last || !goes_on;
            if (starts && fits) return true;
        }
        return false;
    }

    const FeatureSpace& space_;
    const Model& model_;
    const OldEntries& old_;
    Worth worth_;
    Ticker& ticker_;
    match::MatcherScratch scratch_;
    std::vector<std::u32string_view> old_texts_;
    std::vector<LearnedEntry> new_;
};

}  // namespace

std::vector<LearnedEntry> write_list(const FeatureSpace& space, const Model& model,
                                     const OldEntries& old, Ticker& ticker) {
    return ListMerger(space, model, old, ticker).merge();
}

}  // namespace aria_focus::core::learn
