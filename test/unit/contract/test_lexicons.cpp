// Each entry of each lexicon: a sentence that must be hit, one that must not.
#include "core/contract/lexicon.hpp"

#include "core/text/unicode.hpp"
#include "support/catch.hpp"
#include "support/contract_tools.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core::contract;
using aria_focus::test::measured;

namespace {

struct Sentences {
    std::string_view keyword;
    std::string_view hit;
    std::string_view miss;
};

constexpr Sentences contractions_sentences[] = {
#include "sentences/contractions.inc"
};
constexpr Sentences slang_sentences[] = {
#include "sentences/slang.inc"
};
constexpr Sentences hedges_sentences[] = {
#include "sentences/hedges.inc"
};
constexpr Sentences vague_quantifiers_sentences[] = {
#include "sentences/vague_quantifiers.inc"
};
constexpr Sentences intensifiers_sentences[] = {
#include "sentences/intensifiers.inc"
};
constexpr Sentences hype_sentences[] = {
#include "sentences/hype.inc"
};
constexpr Sentences emotive_sentences[] = {
#include "sentences/emotive.inc"
};
constexpr Sentences harsh_sentences[] = {
#include "sentences/harsh.inc"
};
constexpr Sentences wordy_sentences[] = {
#include "sentences/wordy.inc"
};
constexpr Sentences pleasantries_sentences[] = {
#include "sentences/pleasantries.inc"
};
constexpr Sentences filler_openers_sentences[] = {
#include "sentences/filler_openers.inc"
};
constexpr Sentences courtesy_sentences[] = {
#include "sentences/courtesy.inc"
};
constexpr Sentences connectives_sentences[] = {
#include "sentences/connectives.inc"
};
constexpr Sentences temporal_sentences[] = {
#include "sentences/temporal.inc"
};
constexpr Sentences interjections_sentences[] = {
#include "sentences/interjections.inc"
};
constexpr Sentences person_sentences[] = {
#include "sentences/person.inc"
};

// By the order of all_lexicons().
constexpr std::array<std::span<const Sentences>, lexicon_count> all_sentences = {
    contractions_sentences,   slang_sentences,
    hedges_sentences,         vague_quantifiers_sentences,
    intensifiers_sentences,   hype_sentences,
    emotive_sentences,        harsh_sentences,
    wordy_sentences,          pleasantries_sentences,
    filler_openers_sentences, courtesy_sentences,
    connectives_sentences,    temporal_sentences,
    interjections_sentences,  person_sentences};

// Where in a text the hits of a list are, as texts.
std::vector<std::string> hits_of(std::string_view text, Metric metric) {
    static aria_focus::core::match::MatcherScratch scratch;
    aria_focus::core::Ticker ticker;
    Reading reading(text, true, aria_focus::test::lexicons(), scratch, ticker);
    reading.value(metric);
    std::vector<std::string> hits;
    for (const Hit& hit : reading.hits().located()) {
        if (hit.metric != metric) continue;
        hits.emplace_back(aria_focus::test::lexicons().entry(hit.entry).keyword);
    }
    return hits;
}

}  // namespace

TEST_CASE("lexicons: every entry has its sentences, and no other is there",
          "[contract][lexicons]") {
    for (std::size_t i = 0; i < lexicon_count; ++i) {
        const Lexicon& lexicon = *all_lexicons()[i];
        INFO(lexicon.name);
        std::set<std::string_view> entries, sentences;
        for (const LexiconEntry& entry : lexicon.entries)
            CHECK(entries.insert(entry.keyword).second);
        for (const Sentences& row : all_sentences[i]) sentences.insert(row.keyword);
        CHECK(entries == sentences);
        CHECK(lexicon_of(lexicon.name) == &lexicon);
        CHECK(row_of(lexicon.metric).name == lexicon.name);
    }
    CHECK(lexicon_of("hedge") == nullptr);
}

TEST_CASE("lexicons: every entry is hit where it must and not where it must not",
          "[contract][lexicons]") {
    for (std::size_t i = 0; i < lexicon_count; ++i) {
        const Lexicon& lexicon = *all_lexicons()[i];
        for (const Sentences& row : all_sentences[i]) {
            INFO(lexicon.name << ": " << row.keyword);
            const auto entry =
                std::find_if(lexicon.entries.begin(), lexicon.entries.end(),
                             [&](const LexiconEntry& e) { return e.keyword == row.keyword; });
            REQUIRE(entry != lexicon.entries.end());
            const auto hits = hits_of(row.hit, lexicon.metric);
            if (entry->place == Place::never) {
                CHECK(hits.size() == 1);  // of another entry
            } else {
                CHECK(std::find(hits.begin(), hits.end(), row.keyword) != hits.end());
            }
            CHECK(hits_of(row.miss, lexicon.metric).empty());
        }
    }
}

TEST_CASE("lexicons: both kinds of apostrophe", "[contract][lexicons]") {
    CHECK(measured("It isn\xE2\x80\x99t, it isn't, and it ISN'T.", Metric::contractions) == 3);
}
