#include "core/contract/lexicon.hpp"

#include "core/match/keyword_list.hpp"

#include <algorithm>
#include <string>

namespace aria_focus::core::contract {

namespace {

// In the order of their metrics.
constexpr std::array<const Lexicon*, lexicon_count> lexicons = {
    &contractions, &slang,        &hedges,         &vague_quantifiers,
    &intensifiers, &hype,         &emotive,        &harsh,
    &wordy,        &pleasantries, &filler_openers, &courtesy,
    &connectives,  &temporal,     &interjections,  &person};

// A keyword with the apostrophe of typesetters.
std::string with_curly_apostrophe(std::string_view keyword) {
    std::string out;
    for (const char c : keyword) {
        if (c == '\'') {
            out += "\xE2\x80\x99";
        } else {
            out += c;
        }
    }
    return out;
}

// Compiles all lists; notes which entry of ours each of the matcher's is.
match::Matcher compile(std::vector<const LexiconEntry*>& entries, Ticker& ticker) {
    std::vector<match::KeywordList> lists(lexicons.size());
    for (std::size_t i = 0; i < lexicons.size(); ++i) {
        for (const LexiconEntry& entry : lexicons[i]->entries) {
            lists[i].add(entry.keyword, lexicon_match);
            entries.push_back(&entry);
            if (entry.keyword.find('\'') == entry.keyword.npos) continue;
            lists[i].add(with_curly_apostrophe(entry.keyword), lexicon_match);
            entries.push_back(&entry);
        }
    }
    return match::Matcher::compile(lists, match::Semantics::bounded, ticker);
}

}  // namespace

const std::array<const Lexicon*, lexicon_count>& all_lexicons() noexcept {
    return lexicons;
}

const Lexicon* lexicon_of(std::string_view name) noexcept {
    const auto* const found =
        std::find_if(lexicons.begin(), lexicons.end(),
                     [name](const Lexicon* list) { return list->name == name; });
    return found == lexicons.end() ? nullptr : *found;
}

LexiconMatcher::LexiconMatcher(Ticker& ticker) : matcher_(compile(entries_, ticker)) {}

}  // namespace aria_focus::core::contract
