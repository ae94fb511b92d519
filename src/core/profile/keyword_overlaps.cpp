#include "core/profile/keyword_overlaps.hpp"

#include "core/match/matcher.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace aria_focus::core::profile {

namespace {

using match::Hit;
using match::Keyword;
using match::KeywordList;
using match::Matcher;
using match::MatcherScratch;

// Keywords that more lists have decide nothing between these anyway.
constexpr std::size_t most_owners = 16;

// True if words run on from this character, or up to it.
bool joins(char32_t c) noexcept {
    return text::unicode::is_word(c) && !text::unicode::is_spaceless(c);
}

// True if a place of a text lies between two characters of one word.
bool is_inside_word(std::string_view text, std::size_t at) noexcept {
    if (at == 0 || at == text.size()) return false;
    const char* const begin = text.data();
    return joins(text::utf8::decode_before(begin, begin + at).code_point) &&
           joins(text::utf8::decode(begin + at, begin + text.size()).code_point);
}

// A list of this one keyword; its index is that in its own list.
KeywordList list_of(const KeywordList& from, std::uint32_t index) {
    KeywordList list;
    const Keyword& keyword = from.keywords()[index];
    list.add(from.text(keyword), keyword.match, keyword.weight, index);
    return list;
}

// Which lists have a keyword, case aside.
class Owners {
  public:
    Owners(std::span<const ShadowedList> lists, Ticker& ticker) {
        std::unordered_map<std::u32string_view, std::uint32_t> numbers;
        for (std::uint32_t i = 0; i < lists.size(); ++i) {
            numbers_.emplace_back();
            for (const Keyword& keyword : lists[i].keywords.keywords()) {
                ticker.tick(64);
                const auto next = static_cast<std::uint32_t>(owners_.size());
                const auto [at, is_new] =
                    numbers.try_emplace(lists[i].keywords.folded(keyword), next);
                if (is_new) owners_.emplace_back();
                owners_[at->second].push_back(i);
                numbers_.back().push_back(at->second);
            }
        }
    }

    // How many lists have this keyword.
    std::size_t count(Place keyword) const noexcept { return of(keyword).size(); }

    // Whether this list has it.
    bool has(std::uint32_t list, Place keyword) const noexcept {
        return std::binary_search(of(keyword).begin(), of(keyword).end(), list);
    }

  private:
    // The lists that have it, in ascending order.
    const std::vector<std::uint32_t>& of(Place keyword) const noexcept {
        return owners_[numbers_[keyword.list][keyword.keyword]];
    }

    std::vector<std::vector<std::uint32_t>> numbers_;  // of each keyword of each list
    std::vector<std::vector<std::uint32_t>> owners_;   // by that number
};

// Scans every keyword as a message for the lists.
class InnerHitFinder {
  public:
    InnerHitFinder(std::span<const ShadowedList> lists, Ticker& ticker)
        : lists_(lists), ticker_(ticker), owners_(lists, ticker) {}

    // All of them.
    std::vector<InnerHits> find() {
        compile();
        for (std::uint32_t list = 0; list < lists_.size(); ++list) {
            const auto& keywords = lists_[list].keywords.keywords();
            for (std::uint32_t at = 0; at < keywords.size(); ++at) {
                if (keywords[at].weight > 0 && lists_[list].shadows[at] < 0) scan({list, at});
            }
        }
        std::erase_if(found_, [](const InnerHits& hits) { return hits.count == 0; });
        return std::move(found_);
    }

  private:
    // Compiles the lists without the keywords that many have.
    void compile() {
        std::vector<KeywordList> own(lists_.size());
        for (std::uint32_t list = 0; list < lists_.size(); ++list) {
            const KeywordList& from = lists_[list].keywords;
            for (std::uint32_t at = 0; at < from.keywords().size(); ++at) {
                ticker_.tick(64);
                const Keyword& keyword = from.keywords()[at];
                if (owners_.count({list, at}) > most_owners) continue;
                own[list].add(from.text(keyword), keyword.match, keyword.weight);
                found_.push_back({{list, at}, {}, 0});
            }
        }
        matcher_ = Matcher::compile(own, match::Semantics::bounded, ticker_);
    }

    // What hits inside a word of one keyword.
    void scan(Place word) {
        const KeywordList& list = lists_[word.list].keywords;
        const std::string_view text = list.text(list.keywords()[word.keyword]);
        matcher_->scan(text, scratch_, ticker_, [&](const Hit& hit) {
            if (is_inside_word(text, hit.begin) || is_inside_word(text, hit.end)) {
                add(found_[hit.entry], word);
            }
            return true;
        });
    }

    // Notes that a keyword hits inside this word, if it does harm, and once.
    void add(InnerHits& hits, Place word) const {
        ticker_.tick(8);
        if (!does_harm(hits.keyword, word)) return;
        if (hits.count > 0 && hits.last.list == word.list && hits.last.keyword == word.keyword)
            return;
        hits.last = word;
        if (++hits.count <= InnerHits::most_kept) hits.words.push_back(word);
    }

    // Whether a keyword takes away from the list of a word what that stands for.
    bool does_harm(Place keyword, Place word) const noexcept {
        return keyword.list != word.list && weight_of(keyword) >= weight_of(word) &&
               !owners_.has(keyword.list, word) && !owners_.has(word.list, keyword);
    }

    // What it weighs, in thousandths.
    std::int32_t weight_of(Place keyword) const noexcept {
        return lists_[keyword.list].keywords.keywords()[keyword.keyword].weight;
    }

    std::span<const ShadowedList> lists_;
    Ticker& ticker_;
    Owners owners_;
    std::optional<Matcher> matcher_;
    MatcherScratch scratch_;
    std::vector<InnerHits> found_;  // by the matcher's entries
};

// The keywords of a list, negative or positive ones, that are not shadowed.
std::vector<std::uint32_t> unshadowed(const KeywordList& list,
                                      const std::vector<std::int32_t>& shadows, bool negative) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < list.keywords().size(); ++i) {
        if (shadows[i] < 0 && (list.keywords()[i].weight < 0) == negative) out.push_back(i);
    }
    return out;
}

}  // namespace

std::vector<HiddenVeto> find_hidden_vetoes(const KeywordList& list,
                                           const std::vector<std::int32_t>& shadows,
                                           Ticker& ticker) {
    std::vector<HiddenVeto> found;
    const std::vector<std::uint32_t> vetoes = unshadowed(list, shadows, true);
    if (vetoes.empty()) return found;
    // Each a list of its own: vetoes do not hide each other here.
    std::vector<KeywordList> lists;
    lists.reserve(vetoes.size());
    for (const std::uint32_t veto : vetoes) lists.push_back(list_of(list, veto));
    const Matcher matcher = Matcher::compile(lists, match::Semantics::bounded, ticker);
    MatcherScratch scratch;
    for (const std::uint32_t phrase : unshadowed(list, shadows, false)) {
        const std::string_view text = list.text(list.keywords()[phrase]);
        matcher.scan(text, scratch, ticker, [&](const Hit& hit) {
            const std::uint32_t veto = vetoes[hit.list];
            if (hit.begin > 0 || phrase < veto) found.push_back({veto, phrase});
            return true;
        });
    }
    std::sort(found.begin(), found.end(), [](const HiddenVeto& a, const HiddenVeto& b) {
        return std::tie(a.veto, a.phrase) < std::tie(b.veto, b.phrase);
    });
    const auto end =
        std::unique(found.begin(), found.end(), [](const HiddenVeto& a, const HiddenVeto& b) {
            return a.veto == b.veto && a.phrase == b.phrase;
        });
    found.erase(end, found.end());
    return found;
}

std::vector<InnerHits> find_inner_hits(std::span<const ShadowedList> lists, Ticker& ticker) {
    if (lists.size() < 2) return {};
    return InnerHitFinder(lists, ticker).find();
}

}  // namespace aria_focus::core::profile
