#include "core/keywords/entries.hpp"

#include "core/keywords/keyword_list_reader.hpp"
#include "core/text/utf8.hpp"

#include <unordered_map>

namespace aria_focus::core::keywords {

using match::Keyword;
using match::KeywordList;

namespace {

// What is longer is no keyword.
constexpr std::size_t most_bytes = text::utf8::longest_character * KeywordList::max_characters;

// The entries of a list by their folded characters: their places in the document.
using Places = std::unordered_map<std::u32string_view, std::uint32_t>;

// Writes them down; the list outlives the result.
Places places_of(const KeywordList& list, Ticker& ticker) {
    Places places;
    for (const Keyword& entry : list.keywords()) {
        ticker.tick();
        places.emplace(list.folded(entry), entry.index);
    }
    return places;
}

}  // namespace

std::vector<std::optional<std::uint32_t>> find_entries(check::JsonView list,
                                                       std::span<const std::string_view> keywords,
                                                       Ticker& ticker) {
    const KeywordList known = sound_keywords(list, ticker);
    const Places places = places_of(known, ticker);
    std::vector<std::optional<std::uint32_t>> found;
    found.reserve(keywords.size());
    for (const std::string_view keyword : keywords) {
        ticker.tick(64);
        if (keyword.size() > most_bytes) {
            found.push_back(std::nullopt);
            continue;
        }
        const KeywordList wanted = KeywordList::of_texts({&keyword, 1});
        const auto place = places.find(wanted.folded(wanted.keywords().front()));
        found.push_back(place == places.end() ? std::nullopt : std::optional(place->second));
    }
    return found;
}

std::vector<EntryPair> pair_entries(check::JsonView before, check::JsonView after, Ticker& ticker) {
    const KeywordList earlier = sound_keywords(before, ticker);
    const KeywordList later = sound_keywords(after, ticker);
    Places left = places_of(earlier, ticker);
    std::vector<EntryPair> pairs;
    for (const Keyword& entry : later.keywords()) {
        ticker.tick();
        const auto found = left.find(later.folded(entry));
        const bool is_new = found == left.end();
        pairs.push_back({is_new ? std::nullopt : std::optional(found->second), entry.index});
        if (!is_new) left.erase(found);
    }
    for (const Keyword& entry : earlier.keywords()) {
        if (left.contains(earlier.folded(entry))) pairs.push_back({entry.index, std::nullopt});
    }
    return pairs;
}

}  // namespace aria_focus::core::keywords
