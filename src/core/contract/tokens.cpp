#include "core/contract/tokens.hpp"

#include "core/contract/function_words.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace aria_focus::core::contract {

namespace {

// What characters of a script beyond ASCII take, up to and with a code point: each character, and each run
// of them. Latin has its own rules.
struct ScriptWeight {
    char32_t last;
    double per_character;
    double per_run;
};
constexpr double of_others = 2.0;
constexpr std::array<ScriptWeight, 29> scripts = {{
    {0x03FF, 0.26, 0.74},      // Greek
    {0x052F, 0.00, 1.66},      // Cyrillic; see rare_cyrillic
    {0x058F, 0.29, 0.0},       // Armenian
    {0x05FF, 0.38, 0.38},      // Hebrew
    {0x08FF, 0.24, 0.56},      // Arabic
    {0x097F, 0.37, 0.0},       // Devanagari
    {0x09FF, 0.39, 0.0},       // Bengali
    {0x0B7F, 0.41, 0.0},       // Gurmukhi, Gujarati, Oriya
    {0x0BFF, 0.37, 0.0},       // Tamil
    {0x0C7F, 0.50, 0.0},       // Telugu
    {0x0CFF, 0.42, 0.0},       // Kannada
    {0x0D7F, 0.37, 0.0},       // Malayalam
    {0x0DFF, 0.64, 0.0},       // Sinhala
    {0x0E7F, 0.42, 0.0},       // Thai
    {0x0EFF, 1.87, 0.0},       // Lao
    {0x0FFF, of_others, 0.0},  // Tibetan
    {0x109F, 0.56, 0.0},       // Myanmar
    {0x10FF, 0.31, 0.0},       // Georgian
    {0x11FF, 0.75, 0.0},       // Hangul letters
    {0x139F, 1.98, 0.0},       // Ethiopic
    {0x177F, of_others, 0.0},  //
    {0x17FF, 0.63, 0.0},       // Khmer
    {0x1FFF, 1.0, 0.0},        // polytonic Greek; extended Latin does not come here
    {0x206F, 0.20, 0.0},       // general punctuation
    {0x2BFF, 0.80, 0.0},       // arrows, boxes, symbols
    {0x303F, 1.06, 0.0},       // marks of East Asia
    {0x30FF, 0.69, 0.0},       // kana
    {0x9FFF, 0.77, 0.0},       // Han
    {0xD7AF, 0.52, 0.61},      // Hangul syllables; Yi before them is rare
}};
constexpr double of_wide_forms = 1.06;
constexpr double beyond_bmp = 2.5;
// A letter of the Cyrillic block that Russian has not.
constexpr double rare_cyrillic = 0.95;

// What pieces of ASCII take.
constexpr double word = 1.01, middle_letter = 0.06, late_letter = 0.25, capitalised = 0.04;
constexpr double capital = 0.06;  // a letter of a word in capitals
constexpr double three_digits = 1.26, digit = 0.21;
constexpr double spaces = 0.73;
constexpr double break_behind_mark = 0.77, break_elsewhere = 1.40;
constexpr double mark = 0.57, repeated_mark = 0.69;  // of eight marks behind the fourth
// A Latin word with letters beyond ASCII, and those letters.
constexpr double accented_word = 0.52, late_accented = 0.35, latin_1 = 0.82, more_latin = 1.49;
// What a word takes in addition in a language that the tokenizer has seen little of.
constexpr double foreign_word = 0.36, foreign_letter = 0.42;

// What the bytes of a text begin.
enum class Kind : std::uint8_t { letter, digit, space, line, mark, multibyte };

// By byte.
constexpr std::array<Kind, 256> kinds = [] {
    std::array<Kind, 256> table{};
    for (int c = 0; c < 256; ++c) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        Kind kind = Kind::mark;
        if (c >= 0x80) kind = Kind::multibyte;
        if (is_letter) kind = Kind::letter;
        if (c >= '0' && c <= '9') kind = Kind::digit;
        if (c == ' ') kind = Kind::space;
        if (c == '\n' || c == '\r' || c == '\t') kind = Kind::line;
        table[static_cast<std::size_t>(c)] = kind;
    }
    return table;
}();

// True for a letter of a Latin word beyond ASCII, combining marks among them.
constexpr bool is_latin(char32_t c) noexcept {
    return (c >= 0xC0 && c < 0x370 && c != 0xD7 && c != 0xF7) || c == 0xAA || c == 0xB5 ||
           c == 0xBA || (c >= 0x1E00 && c < 0x1F00);
}

// True for a letter of the Cyrillic block that Russian has not.
constexpr bool is_rare_cyrillic(char32_t c) noexcept {
    return c >= 0x400 && c < 0x530 && (c < 0x410 || c >= 0x450) && c != 0x401 && c != 0x451;
}

// Adds up what the pieces of a text take.
class TokenCounter {
  public:
    TokenCounter(std::string_view text, Ticker& ticker)
        : begin_(text.data()), at_(begin_), end_(begin_ + text.size()), ticker_(ticker) {}

    // The sum over all pieces.
    std::int64_t count() {
        while (at_ < end_) {
            const char* const piece = at_;
            take_piece();
            ticker_.tick(static_cast<std::size_t>(at_ - piece));
        }
        return static_cast<std::int64_t>(std::ceil(sum_ + foreign_share() * foreign_));
    }

  private:
    // What a byte begins.
    static Kind kind_of(char byte) noexcept { return kinds[static_cast<unsigned char>(byte)]; }

    // The piece that begins here.
    void take_piece() {
        const Kind kind = kind_of(*at_);
        if (kind == Kind::multibyte) {
            const text::utf8::Decoded next = text::utf8::decode(at_, end_);
            return is_latin(next.code_point) ? take_word() : take_run_of_script(next);
        }
        if (kind == Kind::letter) return take_word();
        if (kind == Kind::mark) return take_marks();
        const char* const first = at_;
        while (at_ < end_ && kind_of(*at_) == kind) ++at_;
        const auto size = static_cast<double>(at_ - first);
        if (kind == Kind::digit) sum_ += three_digits * std::ceil(size / 3) + digit * size;
        if (kind == Kind::space && size > 1) sum_ += spaces;
        if (kind == Kind::line) {
            const bool behind_mark = first > begin_ && kind_of(first[-1]) == Kind::mark;
            sum_ += behind_mark ? break_behind_mark : break_elsewhere;
        }
    }

    // A Latin word: in ASCII its pieces split where a capital follows a small letter.
    void take_word() {
        const char* const first = at_;
        std::uint32_t hash = hash_start;
        while (at_ < end_ && kind_of(*at_) == Kind::letter) {
            hash = hash_step(hash, static_cast<char>(*at_++ | 0x20));
        }
        std::size_t letters = static_cast<std::size_t>(at_ - first);
        double accents = 0;
        while (at_ < end_) {
            const Kind kind = kind_of(*at_);
            if (kind != Kind::letter && kind != Kind::multibyte) break;
            const text::utf8::Decoded next = text::utf8::decode(at_, end_);
            if (kind == Kind::multibyte && !is_latin(next.code_point)) break;
            if (kind == Kind::multibyte) accents += weight_of_latin(next.code_point);
            ++letters;
            at_ += next.length;
        }
        ++words_;
        const bool is_ascii = static_cast<std::size_t>(at_ - first) == letters;
        note_familiar({first, static_cast<std::size_t>(at_ - first)}, hash, is_ascii);
        if (is_ascii) return take_pieces(first);
        sum_ += accented_word + accents + late_accented * beyond(letters, 5);
    }

    // How much longer something is than a limit.
    static double beyond(std::size_t size, std::size_t limit) noexcept {
        return size > limit ? static_cast<double>(size - limit) : 0;
    }

    // What a Latin letter beyond ASCII takes; those of Vietnamese take nothing in addition.
    static double weight_of_latin(char32_t c) noexcept {
        if (c >= 0x1E00) return 0;
        return c < 0x100 ? latin_1 : more_latin;
    }

    // Counts a word that every tokenizer has seen often.
    void note_familiar(std::string_view text, std::uint32_t hash, bool is_ascii) {
        std::array<char, 8> lower{};
        if (!is_ascii || text.size() > lower.size()) return;
        std::transform(text.begin(), text.end(), lower.begin(),
                       [](char c) { return static_cast<char>(c | 0x20); });
        if (function_words.find({lower.data(), text.size()}, hash) != 0) ++familiar_;
    }

    // The pieces of an ASCII word.
    void take_pieces(const char* first) {
        while (first < at_) {
            const char* end = first + 1;
            bool capitals = is_capital(*first);
            while (end < at_ && !(is_capital(*end) && !is_capital(end[-1]))) {
                capitals = capitals && is_capital(*end);
                ++end;
            }
            add_piece(static_cast<std::size_t>(end - first), is_capital(*first), capitals);
            first = end;
        }
    }

    // One piece of a word.
    void add_piece(std::size_t size, bool is_capitalised, bool is_all_capitals) {
        const double middle = std::min(beyond(size, 6), 3.0), late = beyond(size, 9);
        sum_ += word + middle_letter * middle + late_letter * late;
        foreign_ += foreign_word + foreign_letter * (middle + late);
        if (is_all_capitals && size > 1) sum_ += capital * static_cast<double>(size);
        if (is_capitalised && !(is_all_capitals && size > 1)) sum_ += capitalised;
    }

    // True for an ASCII capital.
    static bool is_capital(char c) noexcept { return c >= 'A' && c <= 'Z'; }

    // A run of one mark; an apostrophe between letters is a part of the word.
    void take_marks() {
        const char* const first = at_;
        while (at_ < end_ && *at_ == *first) ++at_;
        const auto size = static_cast<std::size_t>(at_ - first);
        const bool joins = *first == '\'' && size == 1 && first > begin_ && at_ < end_ &&
                           kind_of(first[-1]) == Kind::letter && kind_of(*at_) == Kind::letter;
        if (joins) return;
        ++marks_;
        sum_ += mark + repeated_mark * beyond(size, 4) / 8;
    }

    // What a character beyond ASCII takes, as its script does.
    static ScriptWeight weight_of(char32_t c) noexcept {
        if (c > 0xFFFF) return {c, beyond_bmp, 0};
        const auto* const found =
            std::find_if(scripts.begin(), scripts.end(),
                         [c](const ScriptWeight& script) { return c <= script.last; });
        if (found != scripts.end()) return *found;
        return {0xFFFF, c >= 0xFF00 ? of_wide_forms : of_others, 0};
    }

    // Characters of one script that follow each other.
    void take_run_of_script(text::utf8::Decoded next) {
        const ScriptWeight script = weight_of(next.code_point);
        sum_ += script.per_run;
        do {
            const char32_t c = next.code_point;
            sum_ += script.per_character;
            if (is_rare_cyrillic(c)) sum_ += rare_cyrillic;
            at_ += next.length;
            if (at_ == end_ || kind_of(*at_) != Kind::multibyte) return;
            next = text::utf8::decode(at_, end_);
        } while (!is_latin(next.code_point) && weight_of(next.code_point).last == script.last);
    }

    // From 0, a text of a large language or of a program, to 1.
    double foreign_share() const noexcept {
        if (words_ == 0) return 0;
        const auto words = static_cast<double>(words_);
        const double unfamiliar = 1 - static_cast<double>(familiar_) / words / 0.20;
        const double prose = 1 - static_cast<double>(marks_) / words / 0.5;
        return std::max(unfamiliar, 0.0) * std::max(prose, 0.0);
    }

    const char* begin_;
    const char* at_;
    const char* end_;
    Ticker& ticker_;
    double sum_ = 0;
    double foreign_ = 0;  // what a foreign text takes in addition
    std::size_t words_ = 0;
    std::size_t familiar_ = 0;  // of these words
    std::size_t marks_ = 0;
};

}  // namespace

std::int64_t estimate_tokens(std::string_view text, Ticker& ticker) {
    return TokenCounter(text, ticker).count();
}

}  // namespace aria_focus::core::contract
