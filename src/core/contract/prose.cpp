#include "core/contract/prose.hpp"

#include "core/contract/abbreviation.hpp"
#include "core/contract/grammar_words.hpp"
#include "core/contract/symbols.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace aria_focus::core::contract {

namespace {

constexpr std::size_t longest_known_word = 16;  // no word of the tables is longer
constexpr std::uint32_t long_sentence = 25;     // words; longer ones count

// What an ASCII byte is to the walk.
enum class Byte : std::uint8_t { other, letter, digit, multibyte, end, hash, at };

// By byte.
constexpr std::array<Byte, 256> bytes = [] {
    std::array<Byte, 256> table{};
    for (std::size_t c = 0; c < 256; ++c) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) table[c] = Byte::letter;
        if (c >= '0' && c <= '9') table[c] = Byte::digit;
        if (c >= 0x80) table[c] = Byte::multibyte;
    }
    table['.'] = table['!'] = table['?'] = Byte::end;
    table['#'] = Byte::hash;
    table['@'] = Byte::at;
    return table;
}();

// What a byte is.
Byte kind_of(char byte) noexcept {
    return bytes[static_cast<unsigned char>(byte)];
}

// True for digits of the scripts that people count in.
bool is_digit(char32_t c) noexcept {
    return (c >= U'0' && c <= U'9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9) ||
           (c >= 0x966 && c <= 0x96F) || (c >= 0xFF10 && c <= 0xFF19);
}

// True for Latin letters, and for marks on them.
bool is_latin(char32_t c) noexcept {
    return c < 0x370 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x2C60 && c < 0x2C80) ||
           (c >= 0xA720 && c < 0xA800) || (c >= 0xFF21 && c <= 0xFF5A);
}

// True for a letter, digit or mark of a word; the styles of emojis are marks, too, and belong to none.
bool is_word_character(char32_t c) noexcept {
    return text::unicode::is_word(c) && !(c >= 0xFE00 && c <= 0xFE0F) && c != 0x20E3;
}

// Walks over the units of a text.
class ProseReader {
  public:
    ProseReader(const Layout& layout, Hits& hits)
        : layout_(layout), text_(layout.masked), hits_(hits) {}

    // One unit.
    void read(std::uint32_t index) {
        unit_index_ = index;
        unit_ = layout_.units[index];
        at_ = unit_.begin;
        start_sentence();
        while (at_ < unit_.end) {
            switch (kind_of(text_[at_])) {
                case Byte::letter:
                case Byte::digit: take_word(); break;
                case Byte::multibyte: take_wide(); break;
                case Byte::end: take_end(); break;
                case Byte::hash: take_tag(Metric::hashtags); break;
                case Byte::at: take_tag(Metric::mentions); break;
                case Byte::other: ++at_;
            }
        }
        end_sentence(unit_.end, Ending::open);
    }

    // What has been found so far.
    Prose& prose() noexcept { return prose_; }

  private:
    // The character at a place of the unit, and where the one behind it is.
    text::utf8::Decoded decode(std::uint32_t at) const noexcept {
        return text::utf8::decode(text_.data() + at, text_.data() + unit_.end);
    }
    // The character before a place; 0 at the unit's start.
    char32_t before(std::uint32_t at) const noexcept {
        if (at == unit_.begin) return 0;
        return text::utf8::decode_before(text_.data() + unit_.begin, text_.data() + at).code_point;
    }
    // The character at a place; 0 at the unit's end.
    char32_t character(std::uint32_t at) const noexcept {
        return at < unit_.end ? decode(at).code_point : 0;
    }

    // A word, and the numbers in it.
    void take_word() {
        const std::uint32_t begin = at_;
        std::uint32_t hash = hash_start;
        while (at_ < unit_.end && kind_of(text_[at_]) == Byte::letter) {
            hash = hash_step(hash, static_cast<char>(text_[at_++] | 0x20));
        }
        const bool goes_on =
            at_ < unit_.end && (kind_of(text_[at_]) == Byte::digit || text_[at_] == '\'' ||
                                kind_of(text_[at_]) == Byte::multibyte);
        if (goes_on) hash = take_rest_of_word(begin);
        add_word(begin, hash);
    }

    // Goes on to the end of a word with digits, apostrophes or letters beyond ASCII; returns its hash, in
    // which every kind of apostrophe is the plain one.
    std::uint32_t take_rest_of_word(std::uint32_t begin) {
        std::uint32_t hash = hash_start;
        at_ = begin;
        while (at_ < unit_.end) {
            const Byte kind = kind_of(text_[at_]);
            if (kind == Byte::letter) {
                hash = hash_step(hash, static_cast<char>(text_[at_++] | 0x20));
            } else if (kind == Byte::digit) {
                hash = hash_step(hash, text_[at_]);
                take_digit();
            } else {
                const text::utf8::Decoded next = decode(at_);
                const bool is_apostrophe = next.code_point == U'\'' || next.code_point == 0x2019;
                if (is_apostrophe &&
                    !(at_ > begin && is_word_character(character(at_ + next.length))))
                    break;
                if (!is_apostrophe && !is_word_character(next.code_point)) break;
                hash = hash_step(hash, is_apostrophe ? '\'' : text_[at_]);
                if (!is_apostrophe) note_letter(next.code_point);
                at_ += next.length;
            }
        }
        return hash;
    }

    // A digit: counts a number where one starts, and skips to its end inside this word.
    void take_digit() {
        if (at_ >= number_end_) count_number();
        ++at_;
    }

    // A run of digits with inner . , : - / is one number.
    void count_number() {
        std::uint32_t end = at_;
        for (;;) {
            while (is_digit(character(end))) end += decode(end).length;
            const bool goes_on =
                end < unit_.end &&
                std::string_view(".,:-/").find(text_[end]) != std::string_view::npos &&
                is_digit(character(end + 1));
            if (!goes_on) break;
            ++end;
        }
        number_end_ = end;
        hits_.add(Metric::numbers, {at_, end});
    }

    // What a letter beyond ASCII says about the language; digits of other scripts count as numbers.
    void note_letter(char32_t c) {
        accented_ = true;
        if (is_digit(c)) {
            if (at_ >= number_end_) count_number();
            return;
        }
        if (!is_latin(c)) prose_.other_script = true;
    }

    // Keeps a word.
    void add_word(std::uint32_t begin, std::uint32_t hash) {
        const std::uint32_t classes = classes_of(begin, hash);
        prose_.words.push_back({begin, at_, classes});
        const char first = text_[begin];
        const bool is_code = first == 'x' && is_masked(begin);
        if (kind_of(first) != Byte::digit && !is_code) {
            ++prose_.plain_words;
            if ((classes & word_class::english) != 0) ++prose_.english_words;
            if (accented_) ++prose_.accented_words;
        }
        accented_ = false;
        note_capitals(begin);
    }

    // True for the noun that stands for inline code: three x and more.
    bool is_masked(std::uint32_t begin) const noexcept {
        return at_ - begin >= 3 &&
               text_.substr(begin, at_ - begin).find_first_not_of('x') == text_.npos;
    }

    // What the tables say about a word.
    std::uint32_t classes_of(std::uint32_t begin, std::uint32_t hash) const noexcept {
        std::array<char, longest_known_word> lower{};
        std::size_t size = 0;
        for (std::uint32_t at = begin; at < at_;) {
            if (size == lower.size()) return 0;
            if (kind_of(text_[at]) == Byte::multibyte) {
                const text::utf8::Decoded next = decode(at);
                if (next.code_point != 0x2019) return 0;
                lower[size++] = '\'';
                at += next.length;
            } else {
                const bool is_letter = kind_of(text_[at]) == Byte::letter;
                lower[size++] = is_letter ? static_cast<char>(text_[at] | 0x20) : text_[at];
                ++at;
            }
        }
        return grammar_words.find({lower.data(), size}, hash);
    }

    // A word of four letters and more, all of them capitals.
    void note_capitals(std::uint32_t begin) {
        if (!(text_[begin] >= 'A' && text_[begin] <= 'Z') || at_ - begin < 4) return;
        const std::string_view word = text_.substr(begin, at_ - begin);
        const auto capitals =
            std::count_if(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
        const bool others = std::any_of(word.begin(), word.end(), [](char c) {
            return kind_of(c) == Byte::multibyte || (c >= 'a' && c <= 'z');
        });
        if (capitals >= 4 && !others) hits_.add(Metric::capital_words, {begin, at_});
    }

    // A character beyond ASCII that no word has begun with yet.
    void take_wide() {
        const text::utf8::Decoded next = decode(at_);
        const SymbolRun symbol = symbol_at(text_.substr(at_, unit_.end - at_));
        if (symbol.symbol != Symbol::none) {
            const bool is_emoji = symbol.symbol == Symbol::emoji;
            hits_.add(is_emoji ? Metric::emojis : Metric::status_marks, {at_, at_ + symbol.size});
            at_ += symbol.size;
        } else if (is_word_character(next.code_point)) {
            const std::uint32_t begin = at_;
            add_word(begin, take_rest_of_word(begin));
        } else if (ends_sentence(next.code_point)) {
            take_end();
        } else {
            at_ += next.length;
        }
    }

    // # or @ before a word.
    void take_tag(Metric metric) {
        const char32_t last = before(at_);
        const std::uint32_t begin = at_++;
        const char32_t next = character(at_);
        const bool starts = !is_word_character(last) && last != U'#' && last != U'@' &&
                            last != U'.' && last != U'_' && last != U'/' && is_word_character(next);
        if (!starts || (metric == Metric::hashtags && is_digit(next))) return;
        std::uint32_t end = at_;
        while (is_word_character(character(end)) || character(end) == U'_')
            end += decode(end).length;
        if (metric == Metric::hashtags && is_colour(text_.substr(at_, end - at_))) return;
        hits_.add(metric, {begin, end});
    }

    // True for hexadecimal digits as colours have them, one of them 0 to 9.
    static bool is_colour(std::string_view tag) noexcept {
        return (tag.size() == 3 || tag.size() == 6 || tag.size() == 8) &&
               tag.find_first_not_of("0123456789abcdefABCDEF") == tag.npos &&
               tag.find_first_of("0123456789") != tag.npos;
    }

    // A run of marks that may end a sentence.
    void take_end() {
        const std::uint32_t begin = at_;
        bool question = false, exclamation = false, wide = false;
        for (char32_t c = character(at_); ends_sentence(c); c = character(at_)) {
            question = question || is_question_mark(c);
            exclamation = exclamation || is_exclamation_mark(c);
            wide = is_wide_end(c);
            at_ += decode(at_).length;
            if (wide && c == 0x3002) break;
        }
        if (exclamation && is_exclamation(begin)) hits_.add(Metric::exclamations, {begin, at_});
        const char32_t next = character(at_);
        if (question && !is_word_character(next) && next != U'=')
            hits_.add(Metric::questions, {begin, at_});
        if (ends_here(begin, wide))
            end_sentence(at_, question ? Ending::question : Ending::statement);
    }

    // False for the marks of programs and of mathematics: n!  5! = 120  !=  #!  !important
    bool is_exclamation(std::uint32_t begin) const noexcept {
        const char32_t last = before(begin), next = character(at_);
        const bool is_bare = at_ - begin == 1 && text_[begin] == '!';
        if (last == U'#' || next == U'=' || (is_bare && is_word_character(next))) return false;
        if (!is_bare) return true;
        if (last >= U'a' && last <= U'z' && !is_word_character(before(begin - 1))) return false;
        if (!is_digit(last)) return true;
        const std::size_t behind = text_.substr(0, unit_.end).find_first_not_of(' ', at_);
        return behind == text_.npos ||
               std::string_view("=+*/-)^").find(text_[behind]) == std::string_view::npos;
    }

    // True if the marks from `begin` to here end a sentence; goes behind closing marks if so.
    bool ends_here(std::uint32_t begin, bool wide) {
        std::uint32_t end = at_;
        bool closes_quote = false;
        while (is_quote_or_bracket(character(end))) {
            closes_quote = closes_quote || character(end) == U'"' || character(end) == 0x201D;
            end += decode(end).length;
        }
        const char32_t next = character(end);
        const bool has_space = end == unit_.end || text::unicode::is_white_space(next);
        if (!wide && !has_space && end == at_) return false;
        const bool is_period = at_ - begin == 1 && text_[begin] == '.';
        if (is_period && !period_ends(text_, unit_.begin, begin, unit_.end)) return false;
        // "Is it?" she asked: the sentence goes on behind the quotation.
        if (closes_quote && goes_on(end)) return false;
        at_ = end;
        return true;
    }

    // True if a small letter follows behind white space.
    bool goes_on(std::uint32_t at) const noexcept {
        const std::size_t next = text_.substr(0, unit_.end).find_first_not_of(" \n\t", at);
        return next != text_.npos && text_[next] >= 'a' && text_[next] <= 'z';
    }

    // What comes next belongs to a new sentence.
    void start_sentence() { first_word_ = static_cast<std::uint32_t>(prose_.words.size()); }

    // Keeps a sentence that has a word; a heading has none.
    void end_sentence(std::uint32_t end, Ending ending) {
        const auto count = static_cast<std::uint32_t>(prose_.words.size()) - first_word_;
        if (count > 0 && unit_.kind != UnitKind::heading) {
            const std::uint32_t begin = prose_.words[first_word_].begin;
            prose_.sentences.push_back({begin, end, first_word_, count, unit_index_, ending});
            hits_.count(Metric::sentences);
            if (count > long_sentence) hits_.add(Metric::long_sentences, {begin, end});
        } else if (count == 0 && ending == Ending::question && !prose_.sentences.empty()) {
            // "Really ?": the mark stands alone.
            prose_.sentences.back().ending = ending;
        }
        at_ = std::max(at_, end);
        start_sentence();
    }

    const Layout& layout_;
    std::string_view text_;
    Hits& hits_;
    Prose prose_;
    Unit unit_{};
    std::uint32_t unit_index_ = 0;
    std::uint32_t at_ = 0;
    std::uint32_t first_word_ = 0;
    std::uint32_t number_end_ = 0;
    bool accented_ = false;
};

}  // namespace

Prose read_prose(const Layout& layout, Hits& hits, Ticker& ticker) {
    ProseReader reader(layout, hits);
    reader.prose().words.reserve(layout.masked.size() / 6);
    for (std::uint32_t i = 0; i < layout.units.size(); ++i) {
        ticker.tick(1 + 2 * (layout.units[i].end - layout.units[i].begin));
        reader.read(i);
    }
    return std::move(reader.prose());
}

bool is_english(const Prose& prose) noexcept {
    constexpr std::uint64_t enough = 15;
    constexpr double least_share = 0.12;
    if (prose.plain_words < enough) return !prose.other_script && prose.accented_words < 2;
    return static_cast<double>(prose.english_words) >=
           least_share * static_cast<double>(prose.plain_words);
}

}  // namespace aria_focus::core::contract
