#include "core/contract/english.hpp"

#include "core/contract/byte_set.hpp"
#include "core/contract/grammar_words.hpp"

#include <algorithm>
#include <string_view>

namespace aria_focus::core::contract {

namespace {

// Follows hits through the units and sentences of a text, in ascending order.
class PlaceFinder {
  public:
    PlaceFinder(const Layout& layout, const Prose& prose) : layout_(layout), prose_(prose) {}

    // True if a place lies in a block quote.
    bool is_quoted(std::uint32_t at) noexcept {
        while (unit_ < layout_.units.size() && layout_.units[unit_].end <= at) ++unit_;
        return unit_ < layout_.units.size() && layout_.units[unit_].quoted;
    }
    // True if the first word of a sentence starts here.
    bool starts_sentence(std::uint32_t at) noexcept {
        while (sentence_ < prose_.sentences.size() && prose_.sentences[sentence_].begin < at)
            ++sentence_;
        return sentence_ < prose_.sentences.size() && prose_.sentences[sentence_].begin == at;
    }

  private:
    const Layout& layout_;
    const Prose& prose_;
    std::size_t unit_ = 0;
    std::size_t sentence_ = 0;
};

// Looks at the words of one sentence after the other.
class GrammarReader {
  public:
    GrammarReader(const Layout& layout, const Prose& prose, Hits& hits)
        : text_(layout.masked), words_(prose.words), hits_(hits) {}

    // One sentence.
    void read(const Sentence& sentence) {
        first_ = sentence.first_word;
        end_ = first_ + sentence.word_count;
        const Span span{sentence.begin, sentence.end};
        if (is_passive()) hits_.add(Metric::passive_sentences_percent, span);
        note_past();
        if (sentence.ending == Ending::question) return;
        const std::uint32_t verb = order_verb();
        if (verb == end_) return;
        hits_.add(Metric::imperative_sentences_percent, span);
        const bool is_kind =
            has(verb, word_class::kind_order) ||
            std::any_of(words_.begin() + first_, words_.begin() + end_,
                        [](const Word& word) { return (word.classes & word_class::please) != 0; });
        if (!is_kind) hits_.add(Metric::orders_without_please_percent, span);
    }

  private:
    // True if a word of the sentence has one of these bits.
    bool has(std::uint32_t word, std::uint32_t classes) const noexcept {
        return word < end_ && (words_[word].classes & classes) != 0;
    }
    // The letters of a word.
    std::string_view letters(std::uint32_t word) const noexcept {
        return std::string_view(text_).substr(words_[word].begin,
                                              words_[word].end - words_[word].begin);
    }
    // True for a word with this ending and at least two letters before it.
    bool ends_with(std::uint32_t word, std::string_view ending) const noexcept {
        return word < end_ && letters(word).size() >= ending.size() + 2 &&
               letters(word).ends_with(ending);
    }
    // True for a regular past form.
    bool is_regular_past(std::uint32_t word) const noexcept {
        return ends_with(word, "ed") && !has(word, word_class::no_past);
    }

    // A form of be, what may stand between, and a participle that is no adjective.
    bool is_passive() const noexcept {
        constexpr std::uint32_t most_between = 3;
        for (std::uint32_t be = first_; be < end_; ++be) {
            if (!has(be, word_class::be)) continue;
            std::uint32_t next = be + 1;
            while (next < be + 1 + most_between &&
                   (has(next, word_class::between) || ends_with(next, "ly"))) {
                ++next;
            }
            const bool is_participle = has(next, word_class::participle) || is_regular_past(next);
            if (is_participle && !has(next, word_class::state)) return true;
        }
        return false;
    }

    // Verbs in the past: irregular ones, and -ed where no form of be or have makes a participle of it.
    void note_past() {
        for (std::uint32_t word = first_; word < end_; ++word) {
            const bool is_irregular = has(word, word_class::past);
            if (!is_irregular && !is_regular_past(word)) continue;
            const bool after_auxiliary =
                word > first_ &&
                has(word - 1, word_class::be | word_class::verb_form | word_class::between);
            if (after_auxiliary && !has(word, word_class::be)) continue;
            hits_.add(Metric::past_tense, {words_[word].begin, words_[word].end});
        }
    }

    // The verb that makes an order of the sentence; end_ where there is none.
    std::uint32_t order_verb() const noexcept {
        if (const std::uint32_t verb = order_at(first_); verb != end_) return verb;
        if (!has(first_, word_class::condition)) return end_;
        // "If it fails, restart it."
        for (std::uint32_t word = first_ + 1; word < end_; ++word) {
            const std::string_view gap(text_.data() + words_[word - 1].end,
                                       words_[word].begin - words_[word - 1].end);
            if (gap.find(',') != gap.npos || gap.find(':') != gap.npos) return order_at(word);
        }
        return end_;
    }

    // The verb of an order that starts at a word, behind what may stand before it.
    std::uint32_t order_at(std::uint32_t word) const noexcept {
        constexpr std::uint32_t most_before = 3;
        for (std::uint32_t i = 0; i < most_before && has(word, word_class::lead_in); ++i) {
            if (word > first_ && has(word - 1, word_class::be)) return end_;
            ++word;
        }
        return is_order(word) ? word : end_;
    }

    // True for a verb in its base form that is not the subject: nothing behind it makes a noun of it.
    bool is_order(std::uint32_t verb) const noexcept {
        constexpr std::uint32_t looked_at = 5;
        if (!has(verb, word_class::order)) return false;
        const char behind = words_[verb].end < text_.size() ? text_[words_[verb].end] : ' ';
        if (behind == ':' || behind == '-' || behind == '/') return false;  // a label, a compound
        if (has(verb + 1, word_class::determiner)) return true;
        for (std::uint32_t word = verb + 1; word < std::min(verb + 1 + looked_at, end_); ++word) {
            if (has(word, word_class::verb_form) || is_regular_past(word)) return false;
            if (words_[word].end < text_.size() && text_[words_[word].end] == ',') break;
        }
        return true;
    }

    const std::string& text_;
    const std::vector<Word>& words_;
    Hits& hits_;
    std::uint32_t first_ = 0;
    std::uint32_t end_ = 0;
};

// The vowels of English spelling.
constexpr ByteSet vowels("aeiouyAEIOUY");

// Groups of vowels, without the silent e at the end; at least one.
std::uint64_t syllables_of(std::string_view word) noexcept {
    std::uint64_t groups = 0;
    bool inside = false;
    for (const char letter : word) {
        const bool vowel = vowels.has(letter);
        groups += vowel && !inside ? 1 : 0;
        inside = vowel;
    }
    const bool silent = word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee");
    const bool silent_ending =
        word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    if (groups > 1 &&
        (silent || silent_ending ||
         (word.ends_with("es") && word.size() > 4 &&
          std::string_view("sxzhc").find(word[word.size() - 3]) == std::string_view::npos))) {
        --groups;
    }
    return std::max<std::uint64_t>(groups, 1);
}

}  // namespace

void read_lexicons(const Layout& layout, const Prose& prose, const LexiconMatcher& lexicons,
                   match::MatcherScratch& scratch, Hits& hits, Ticker& ticker) {
    PlaceFinder places(layout, prose);
    lexicons.matcher().scan(layout.masked, scratch, ticker, [&](const match::Hit& hit) {
        const LexiconEntry& entry = lexicons.entry(hit.entry);
        const bool is_small = layout.masked[hit.begin] >= 'a' && layout.masked[hit.begin] <= 'z';
        const bool counts = entry.place == Place::anywhere ||
                            (entry.place == Place::small && is_small) ||
                            (entry.place == Place::sentence && places.starts_sentence(hit.begin));
        if (counts && !places.is_quoted(hit.begin)) {
            hits.add(all_lexicons()[hit.list]->metric, {hit.begin, hit.end}, hit.entry);
        }
        return true;
    });
}

std::uint64_t read_grammar(const Layout& layout, const Prose& prose, Hits& hits, Ticker& ticker) {
    GrammarReader reader(layout, prose, hits);
    std::uint64_t looked_at = 0;
    for (const Sentence& sentence : prose.sentences) {
        if (layout.units[sentence.unit].quoted) continue;
        ticker.tick(8 * sentence.word_count);
        reader.read(sentence);
        ++looked_at;
    }
    return looked_at;
}

std::uint64_t count_syllables(const Layout& layout, const Prose& prose, Ticker& ticker) {
    const std::string_view text = layout.masked;
    std::uint64_t sum = 0;
    for (const Word& word : prose.words) {
        ticker.tick(word.end - word.begin);
        sum += syllables_of(text.substr(word.begin, word.end - word.begin));
    }
    return sum;
}

}  // namespace aria_focus::core::contract
