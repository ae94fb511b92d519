#include "core/contract/masker.hpp"

#include "core/contract/byte_set.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace aria_focus::core::contract {

namespace {

// What inline code becomes: a word that is in no list.
constexpr char noun = 'x';
// Longer runs of backticks open nothing.
constexpr std::size_t longest_run = 64;

constexpr std::array<std::string_view, 5> schemes = {"http://", "https://", "ftp://",
                                                     "mailto:", "www."};

// Bytes at which something may begin.
constexpr ByteSet specials("`<\\&]!hfmwHFMW");

// True for an ASCII letter.
constexpr bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// True for an ASCII letter or digit.
constexpr bool is_alphanumeric(char c) noexcept {
    return is_letter(c) || (c >= '0' && c <= '9');
}

// Masks one unit.
class Masker {
  public:
    Masker(std::string& masked, Span span, Hits& hits)
        : begin_(masked.data() + span.begin),
          at_(begin_),
          end_(masked.data() + span.end),
          origin_(span.begin),
          hits_(hits) {}

    // The whole unit; returns how much inline code it has.
    std::uint64_t mask() {
        while (at_ < end_) {
            if (!specials.has(*at_)) {
                ++at_;
                continue;
            }
            switch (*at_) {
                case '`': take_backticks(); break;
                case '<': take_angle(); break;
                case '\\': at_ = std::min(at_ + 2, end_); break;
                case '&': take_entity(); break;
                case ']': take_target(); break;
                case '!': take_image(); break;
                default: take_address();
            }
        }
        return codes_;
    }

  private:
    // The rest of the unit.
    std::string_view rest() const noexcept { return {at_, static_cast<std::size_t>(end_ - at_)}; }
    // Blanks up to a place and goes on there.
    void blank_to(char* end) {
        std::fill(at_, end, ' ');
        at_ = end;
    }

    // A run of backticks, which opens code if a run as long follows.
    void take_backticks() {
        const std::size_t size = std::min(rest().find_first_not_of('`'), rest().size());
        char* const content = at_ + size;
        char* const close = size <= longest_run ? find_closer(content, size) : nullptr;
        if (close == nullptr) {
            at_ = content;
            return;
        }
        ++codes_;
        std::fill(at_, close + size, noun);
        at_ = close + size;
    }

    // The next run of exactly so many backticks; null where there is none. The last run of each length is
    // noted on the first call, so a search that fails costs nothing.
    char* find_closer(char* from, std::size_t size) {
        if (!runs_known_) note_runs(from);
        if (last_run_[size] == nullptr || last_run_[size] < from) return nullptr;
        for (char* at = from;;) {
            at = std::find(at, end_, '`');
            char* const stop = std::find_if(at, end_, [](char c) { return c != '`'; });
            if (static_cast<std::size_t>(stop - at) == size) return at;
            at = stop;
        }
    }

    // Notes where the last run of each length starts.
    void note_runs(char* from) {
        runs_known_ = true;
        for (char* at = std::find(from, end_, '`'); at < end_;) {
            char* const stop = std::find_if(at, end_, [](char c) { return c != '`'; });
            const auto size = static_cast<std::size_t>(stop - at);
            if (size <= longest_run) last_run_[size] = at;
            at = std::find(stop, end_, '`');
        }
    }

    // A comment, a tag or an address between angle brackets.
    void take_angle() {
        if (rest().starts_with("<!--") && take_comment()) return;
        char* const close = end_of_tag();
        if (close == nullptr) {
            ++at_;
        } else {
            blank_to(close);
        }
    }

    // A comment; false if it has no end.
    bool take_comment() {
        if (no_comment_ends_) return false;
        const std::size_t close = rest().find("-->", 4);
        no_comment_ends_ = close == std::string_view::npos;
        if (no_comment_ends_) return false;
        blank_to(at_ + close + 3);
        return true;
    }

    // Behind the tag or autolink that starts here; null where it is none.
    char* end_of_tag() {
        char* const name = at_ + (rest().starts_with("</") ? 2 : 1);
        if (name >= end_ || !is_letter(*name)) return nullptr;
        char* const close = std::find_if(name, end_, [](char c) { return c == '>' || c == '<'; });
        if (close == end_ || *close == '<') return nullptr;
        const std::string_view inside(name, static_cast<std::size_t>(close - name));
        if (starts_address(inside)) hits_.add(Metric::links, span_to(close + 1));
        const std::size_t blank = inside.find_first_of(" \t\n");
        // Prose such as "a <b and c> d" is no tag: it has no attribute.
        const bool is_tag =
            blank == inside.npos || inside.find('=') != inside.npos || inside.back() == '/';
        return is_tag ? close + 1 : nullptr;
    }

    // From here to a place, in bytes of the text.
    Span span_to(const char* end) const noexcept {
        return {origin_ + static_cast<std::uint32_t>(at_ - begin_),
                origin_ + static_cast<std::uint32_t>(end - begin_)};
    }

    // &amp; and the like.
    void take_entity() {
        constexpr std::size_t longest = 10;
        const std::size_t size = rest().substr(0, longest + 1).find(';');
        const bool is_entity =
            size > 2 && size <= longest &&
            std::all_of(at_ + 1, at_ + size, [](char c) { return is_alphanumeric(c) || c == '#'; });
        blank_or_skip(is_entity ? size + 1 : 0);
    }

    // Blanks so many bytes, or goes one byte on.
    void blank_or_skip(std::size_t size) {
        if (size == 0) {
            ++at_;
        } else {
            blank_to(at_ + size);
        }
    }

    // The target of a link, behind the bracket that ends the link's text.
    void take_target() {
        ++at_;
        const bool of_image = in_image_;
        in_image_ = false;
        if (at_ == end_ || *at_ != '(') return;
        char* const close = end_of_target();
        if (close == nullptr) return;
        if (!of_image) hits_.add(Metric::links, span_to(close));
        blank_to(close);
    }

    // Behind the target's closing bracket; null where there is none. Two brackets inside may be open, so
    // that a search that fails passes few other openings: linear.
    char* end_of_target() {
        int depth = 0;
        for (char* at = at_; at < end_; ++at) {
            if (*at == '(' && ++depth > 3) return nullptr;
            if (*at == ')' && --depth == 0) return at + 1;
        }
        return nullptr;
    }

    // The mark before an image's text is no exclamation.
    void take_image() {
        if (rest().starts_with("![")) {
            in_image_ = true;
            *at_ = ' ';
        }
        ++at_;
    }

    // An address with its scheme, at the start of a word.
    void take_address() {
        const bool inside_word = at_ > begin_ && is_alphanumeric(at_[-1]);
        if (inside_word || !starts_address(rest())) {
            while (at_ < end_ && is_alphanumeric(*at_)) ++at_;
            return;
        }
        char* const end = end_of_address();
        // The text of a link that is its own target counts once.
        const bool in_link = at_ > begin_ && at_[-1] == '[';
        if (!in_link) hits_.add(Metric::links, span_to(end));
        blank_to(end);
    }

    // True where a text begins as an address does.
    static bool starts_address(std::string_view text) noexcept {
        return std::any_of(schemes.begin(), schemes.end(), [text](std::string_view scheme) {
            const bool fits = text.size() > scheme.size() &&
                              std::equal(scheme.begin(), scheme.end(), text.begin(),
                                         [](char a, char b) { return a == b || a == (b | 0x20); });
            return fits && static_cast<unsigned char>(text[scheme.size()]) > ' ';
        });
    }

    // Behind the address that starts here, without the marks of the sentence around it.
    char* end_of_address() {
        // \xE3 and \xEF begin the marks of East Asia, which no space sets off.
        char* end = std::find_if(at_, end_, [](char c) {
            return static_cast<unsigned char>(c) <= ' ' ||
                   std::strchr("<>\"`|\xE3\xEF", c) != nullptr;
        });
        const bool has_bracket = std::find(at_, end, '(') != end;
        const auto trails = [&](char c) {
            return std::strchr(".,;:!?*_'", c) != nullptr || c == ']' || (c == ')' && !has_bracket);
        };
        // "[http://a](b)": the address ends with the text of the link.
        if (char* const bracket = std::find(at_, end, ']'); at_ > begin_ && at_[-1] == '[')
            end = bracket;
        char* const whole = end;
        while (end > at_ + 1 && trails(end[-1])) --end;
        // Behind a slash the marks are the address's own.
        return end[-1] == '/' ? whole : end;
    }

    char* begin_;
    char* at_;
    char* end_;
    std::uint32_t origin_;
    Hits& hits_;
    std::uint64_t codes_ = 0;
    bool runs_known_ = false;
    bool no_comment_ends_ = false;
    bool in_image_ = false;
    std::array<char*, longest_run + 1> last_run_{};
};

}  // namespace

std::uint64_t mask_unit(std::string& masked, Span span, Hits& hits) {
    return Masker(masked, span, hits).mask();
}

}  // namespace aria_focus::core::contract
