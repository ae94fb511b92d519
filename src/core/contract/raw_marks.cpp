#include "core/contract/raw_marks.hpp"

#include "core/contract/byte_set.hpp"
#include "core/contract/symbols.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace aria_focus::core::contract {

namespace {

// What stands in brackets where a template was not filled in, in small letters; those with a star may go on.
constexpr std::array<std::string_view, 34> blanks = {
    "name",          "your name",     "my name",        "first name",
    "last name",     "full name",     "company",        "company name",
    "your company",  "date",          "your email",     "email",
    "email address", "phone number",  "your title",     "your position",
    "job title",     "recipient",     "recipient name", "recipient's name",
    "client name",   "customer name", "product name",   "project name",
    "address",       "your address",  "city",           "link",
    "url",           "topic",         "insert*",        "add your*",
    "your *",        "placeholder"};

constexpr std::string_view latin_filler = "lorem ipsum";

// What a placeholder begins with.
constexpr ByteSet starts("{[T*lL");

// A character in small letters, as far as ASCII goes.
constexpr char small(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

// True if a text starts with one in small letters.
bool starts_with(std::string_view text, std::string_view start) noexcept {
    return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(),
                                                     [](char a, char b) { return a == small(b); });
}

// True for what a bracket may hold in a template.
bool is_blank(std::string_view inside) noexcept {
    return std::any_of(blanks.begin(), blanks.end(), [inside](std::string_view blank) {
        if (!blank.ends_with('*'))
            return blank.size() == inside.size() && starts_with(inside, blank);
        return starts_with(inside, blank.substr(0, blank.size() - 1)) && inside.size() < 60;
    });
}

// Looks for placeholders in one unit.
class PlaceholderReader {
  public:
    PlaceholderReader(std::string_view text, std::string_view masked, const Unit& unit, Hits& hits)
        : original_(text),
          text_(masked.substr(0, unit.end)),
          begin_(unit.begin),
          at_(begin_),
          hits_(hits) {}

    // The whole unit.
    void read() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            std::size_t size = 0;
            if (starts.has(c)) size = size_at(c);
            if (size != 0) add(size);
            at_ += size == 0 ? 1 : static_cast<std::uint32_t>(size);
        }
    }

  private:
    // The size of the placeholder that starts here; 0 where there is none.
    std::size_t size_at(char c) const noexcept {
        if (c == '{') return braces();
        if (c == '[') return brackets();
        if (c == 'l' || c == 'L') return filler();
        return starts_line() ? todo() : 0;
    }

    // True behind nothing but spaces of the unit or of its line.
    bool starts_line() const noexcept {
        std::uint32_t before = at_;
        while (before > begin_ && text_[before - 1] == ' ') --before;
        return before == begin_ || text_[before - 1] == '\n';
    }

    // Counts a placeholder of so many bytes here.
    void add(std::size_t size) {
        hits_.add(Metric::placeholders, {at_, at_ + static_cast<std::uint32_t>(size)});
    }

    // What is left of the unit.
    std::string_view rest() const noexcept { return text_.substr(at_); }

    // {{name}}: up to 100 bytes on one line.
    std::size_t braces() const noexcept {
        constexpr std::size_t longest = 100;
        const std::string_view shown = rest().substr(0, longest);
        if (!shown.starts_with("{{")) return 0;
        const std::size_t close = shown.find("}}", 2);
        if (close == shown.npos || close == 2 || shown.substr(0, close).find('\n') != shown.npos)
            return 0;
        return close + 2;
    }

    // [Your Name], but not the text of a link.
    std::size_t brackets() const noexcept {
        constexpr std::size_t longest = 70;
        const std::string_view shown = rest().substr(0, longest);
        const std::size_t close = shown.find(']');
        if (close == shown.npos || !is_blank(shown.substr(1, close - 1))) return 0;
        const bool is_link = original_.substr(at_ + close + 1).starts_with('(');
        return is_link ? 0 : close + 1;
    }

    // TODO: at the start of a line, bold or not.
    std::size_t todo() const noexcept {
        for (const std::string_view start : {"TODO:", "**TODO:", "**TODO**:"}) {
            if (rest().starts_with(start)) return start.size();
        }
        return 0;
    }

    // Lorem ipsum.
    std::size_t filler() const noexcept {
        return starts_with(rest(), latin_filler) ? latin_filler.size() : 0;
    }

    std::string_view original_;
    std::string_view text_;  // masked, up to the unit's end
    std::uint32_t begin_;
    std::uint32_t at_;
    Hits& hits_;
};

// Walks over the characters beyond ASCII of a text.
class InvisibleReader {
  public:
    InvisibleReader(std::string_view text, Hits& hits) : text_(text), hits_(hits) {}

    // The whole text.
    void read(Ticker& ticker) {
        const char* const begin = text_.data();
        const char* const end = begin + text_.size();
        const char* ticked = begin;
        for (const char* at = begin; at < end;) {
            if (static_cast<unsigned char>(*at) < 0x80) {
                before_ = static_cast<unsigned char>(*at++);
                in_flag_ = false;
                continue;
            }
            const text::utf8::Decoded next = text::utf8::decode(at, end);
            const char* const after = at + next.length;
            const auto place = static_cast<std::uint32_t>(at - begin);
            const char32_t behind = after < end ? text::utf8::decode(after, end).code_point : 0;
            note(next.code_point, place, next.length, behind);
            at = after;
            ticker.tick(static_cast<std::size_t>(at - ticked));
            ticked = at;
        }
        if (!right_to_left_) {
            for (const Span span : direction_marks_) hits_.add(Metric::invisible_characters, span);
            hits_.count(Metric::invisible_characters, more_marks_);
        }
    }

  private:
    // One character with its neighbours.
    void note(char32_t c, std::uint32_t at, std::uint32_t size, char32_t behind) {
        const bool is_tag = c >= 0xE0020 && c <= 0xE007F;
        if (c == 0x1F3F4) in_flag_ = true;
        if (!is_tag && c != 0x1F3F4) in_flag_ = false;
        right_to_left_ = right_to_left_ || is_right_to_left(c);
        if (is_direction_mark(c)) {
            keep_direction_mark({at, at + size});
        } else if (is_hidden(c, at, behind) && !(is_tag && in_flag_)) {
            hits_.add(Metric::invisible_characters, {at, at + size});
        }
        before_ = c;
    }

    // True for a character that has no business where it is.
    bool is_hidden(char32_t c, std::uint32_t at, char32_t behind) const noexcept {
        if (c == 0xFEFF) return at != 0;
        if (c == zero_width_joiner || c == zero_width_non_joiner) {
            const bool joins_emojis = c == zero_width_joiner && is_pictograph(behind);
            return !joins_emojis && !is_joining_script(before_) && !is_joining_script(behind);
        }
        return is_invisible(c);
    }

    // Direction marks are judged when it is known whether the text has letters of that direction.
    void keep_direction_mark(Span span) {
        if (direction_marks_.size() < Hits::most_located) {
            direction_marks_.push_back(span);
        } else {
            ++more_marks_;
        }
    }

    std::string_view text_;
    Hits& hits_;
    std::vector<Span> direction_marks_;
    std::uint64_t more_marks_ = 0;
    char32_t before_ = 0;
    bool in_flag_ = false;
    bool right_to_left_ = false;
};

}  // namespace

void read_invisible(std::string_view text, Hits& hits, Ticker& ticker) {
    InvisibleReader(text, hits).read(ticker);
}

void read_placeholders(std::string_view text, const Layout& layout, Hits& hits, Ticker& ticker) {
    for (const Unit& unit : layout.units) {
        ticker.tick(unit.end - unit.begin);
        PlaceholderReader(text, layout.masked, unit, hits).read();
    }
}

std::uint64_t count_lines(std::string_view text) noexcept {
    const auto breaks = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    return breaks + (text.empty() || text.back() == '\n' ? 0 : 1);
}

}  // namespace aria_focus::core::contract
