#include "core/contract/prompt_limits.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace aria_focus::core::contract {

namespace {

// A word in small letters, or a mark that ends a statement.
struct Word {
    std::string text;
    Span span;
};

// What a bound does with the number behind it.
struct Bound {
    bool is_least;
    bool is_most;
    std::int64_t shift;  // "under 280" is at most 279
};
constexpr Bound most{false, true, 0}, below{false, true, -1}, least{true, false, 0},
    above{true, false, 1}, exact{true, true, 0};

// The words of a bound in front of a number; a longer one stands before those that it begins with.
struct Formula {
    std::array<std::string_view, 3> words;  // empty ones at the end
    Bound bound;
};
constexpr std::array<Formula, 23> in_front = {{
    {{"no", "more", "than"}, most},    {{"not", "more", "than"}, most},
    {{"never", "more", "than"}, most}, {{"no", "fewer", "than"}, least},
    {{"no", "less", "than"}, least},   {{"not", "fewer", "than"}, least},
    {{"not", "exceed", ""}, most},     {{"never", "exceed", ""}, most},
    {{"at", "most", ""}, most},        {{"up", "to", ""}, most},
    {{"limited", "to", ""}, most},     {{"fewer", "than", ""}, below},
    {{"less", "than", ""}, below},     {{"maximum", "of", ""}, most},
    {{"at", "least", ""}, least},      {{"more", "than", ""}, above},
    {{"minimum", "of", ""}, least},    {{"maximum", "", ""}, most},
    {{"max", "", ""}, most},           {{"under", "", ""}, below},
    {{"below", "", ""}, below},        {{"within", "", ""}, most},
    {{"exactly", "", ""}, exact},
}};
// Behind a unit.
constexpr std::array<Formula, 6> behind = {{
    {{"or", "less", ""}, most},
    {{"or", "fewer", ""}, most},
    {{"at", "most", ""}, most},
    {{"or", "more", ""}, least},
    {{"at", "least", ""}, least},
    {{"maximum", "", ""}, most},
}};

// Units, without the s of the plural.
struct Unit {
    std::string_view word;
    Metric metric;
};
constexpr std::array<Unit, 16> units = {{{"word", Metric::words},
                                         {"character", Metric::characters},
                                         {"token", Metric::tokens},
                                         {"sentence", Metric::sentences},
                                         {"paragraph", Metric::paragraphs},
                                         {"line", Metric::lines},
                                         {"hashtag", Metric::hashtags},
                                         {"mention", Metric::mentions},
                                         {"emoji", Metric::emojis},
                                         {"link", Metric::links},
                                         {"heading", Metric::headings},
                                         {"question", Metric::questions},
                                         {"item", Metric::list_items},
                                         {"step", Metric::list_items},
                                         {"bullet", Metric::list_items},
                                         {"point", Metric::list_items}}};

constexpr std::array<std::string_view, 21> numerals = {
    "zero",     "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};

// Behind these a limit is of a part of the reply.
constexpr std::array<std::string_view, 9> of_a_part = {"per", "each",    "every",  "a",  "an",
                                                       "of",  "between", "apiece", "for"};

// True for what a word is made of.
constexpr bool is_word_byte(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

// True for an ASCII digit.
constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// Cuts the prompt: words, numbers with inner commas, and every other mark but blanks alone.
std::vector<Word> words_of(std::string_view text, Ticker& ticker) {
    std::vector<Word> words;
    ticker.tick(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        std::string word;
        while (at < text.size()) {
            const bool is_comma = text[at] == ',' && at > begin && is_digit(text[at - 1]) &&
                                  at + 1 < text.size() && is_digit(text[at + 1]);
            if (!is_word_byte(text[at]) && !is_comma) break;
            const char c = text[at++];
            if (!is_comma) word += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
        }
        if (word.empty()) word = text[at++];
        if (word == " " || word == "\n" || word == "\t" || word == "\r") continue;
        words.push_back(
            {std::move(word), {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)}});
    }
    return words;
}

// Reads the limits of one prompt.
class LimitReader {
  public:
    explicit LimitReader(std::vector<Word> words) : words_(std::move(words)) {}

    // All of them.
    std::vector<StatedLimit> read() {
        for (std::size_t at = 0; at < words_.size();) at = read_at(at);
        return std::move(limits_);
    }

  private:
    // A number with its unit.
    struct Quantity {
        std::int64_t number;
        Metric metric;
        std::size_t end;  // the word behind
    };

    // Reads what begins at a word; where to go on.
    std::size_t read_at(std::size_t at) {
        for (const Formula& formula : in_front) {
            const std::size_t size = size_at(formula, at);
            if (size != 0) return read_quantities(formula.bound, at, at + size);
        }
        const auto quantity = quantity_at(at);
        if (!quantity) return at + 1;
        for (const Formula& formula : behind) {
            const std::size_t size = size_at(formula, quantity->end);
            if (size != 0) add(formula.bound, *quantity, at, quantity->end + size);
        }
        return quantity->end;
    }

    // "two hashtags and one emoji" behind a bound.
    std::size_t read_quantities(const Bound& bound, std::size_t begin, std::size_t at) {
        std::optional<Quantity> quantity = quantity_at(at);
        if (!quantity) return at;
        add(bound, *quantity, begin, quantity->end);
        while (word(quantity->end) == "and" || word(quantity->end) == "or") {
            const std::size_t next = quantity->end + 1;
            const auto more = quantity_at(next);
            if (!more) break;
            add(bound, *more, next, more->end);
            quantity = more;
        }
        return quantity->end;
    }

    // A number, one more word perhaps, and a unit.
    std::optional<Quantity> quantity_at(std::size_t at) const {
        const auto number = number_at(at);
        if (!number) return std::nullopt;
        for (std::size_t place = at + 1; place <= at + 2; ++place) {
            if (const auto metric = unit_at(place)) return Quantity{*number, *metric, place + 1};
        }
        return std::nullopt;
    }

    // Digits or a numeral.
    std::optional<std::int64_t> number_at(std::size_t at) const {
        const std::string_view text = word(at);
        const auto numeral = std::find(numerals.begin(), numerals.end(), text);
        if (numeral != numerals.end()) return numeral - numerals.begin();
        constexpr std::size_t most_digits = 9;
        if (text.empty() || text.size() > most_digits ||
            !std::all_of(text.begin(), text.end(), is_digit)) {
            return std::nullopt;
        }
        return std::stoll(std::string(text));
    }

    // The metric that a unit counts.
    std::optional<Metric> unit_at(std::size_t at) const noexcept {
        std::string_view text = word(at);
        if (text.ends_with('s')) text.remove_suffix(1);
        const auto found = std::find_if(units.begin(), units.end(),
                                        [text](const Unit& unit) { return unit.word == text; });
        if (found == units.end()) return std::nullopt;
        return found->metric;
    }

    // How many words a formula has here; 0 where it is not.
    std::size_t size_at(const Formula& formula, std::size_t at) const noexcept {
        std::size_t size = 0;
        for (const std::string_view wanted : formula.words) {
            if (wanted.empty()) break;
            if (word(at + size) != wanted) return 0;
            ++size;
        }
        return size;
    }

    // Keeps a limit of the whole reply.
    void add(const Bound& bound, const Quantity& quantity, std::size_t begin, std::size_t end) {
        if (std::find(of_a_part.begin(), of_a_part.end(), word(end)) != of_a_part.end()) return;
        StatedLimit limit{quantity.metric,
                          {words_[begin].span.begin, words_[end - 1].span.end},
                          std::nullopt,
                          std::nullopt};
        if (bound.is_least) limit.least = quantity.number + bound.shift;
        if (bound.is_most) limit.most = quantity.number + bound.shift;
        limits_.push_back(limit);
    }

    // A word; empty behind the last.
    std::string_view word(std::size_t at) const noexcept {
        return at < words_.size() ? std::string_view(words_[at].text) : std::string_view();
    }

    std::vector<Word> words_;
    std::vector<StatedLimit> limits_;
};

}  // namespace

std::vector<StatedLimit> read_stated_limits(std::string_view prompt, Ticker& ticker) {
    return LimitReader(words_of(prompt, ticker)).read();
}

}  // namespace aria_focus::core::contract
