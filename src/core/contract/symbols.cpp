#include "core/contract/symbols.hpp"

#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace aria_focus::core::contract {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// True if one of the ascending ranges has the character.
template <std::size_t size>
bool contains(const std::array<Range, size>& ranges, char32_t c) noexcept {
    const auto* const found =
        std::upper_bound(ranges.begin(), ranges.end(), c,
                         [](char32_t value, const Range& r) { return value < r.first; });
    return found != ranges.begin() && c <= found[-1].last;
}

// Emoji_Presentation of Unicode 15: shown as a picture without being asked.
constexpr std::array<Range, 35> pictures = {{
    {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},   {0x23F3, 0x23F3},
    {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
    {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},
    {0x26C4, 0x26C5},   {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},
    {0x26F2, 0x26F3},   {0x26F5, 0x26F5},   {0x26FA, 0x26FA},   {0x26FD, 0x26FD},
    {0x270A, 0x270B},   {0x2728, 0x2728},   {0x2753, 0x2755},   {0x2757, 0x2757},
    {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},
    {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF},
    {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F1E6, 0x1FAFF},
}};

// Marks of a state: done, failed, careful, for your information.
constexpr std::array<char32_t, 11> status_marks = {0x2139, 0x2611, 0x26A0, 0x2705, 0x2713, 0x2714,
                                                   0x2715, 0x2716, 0x2717, 0x2718, 0x274C};

// Shown as a picture where U+FE0F asks for it.
constexpr std::array<Range, 4> pictures_on_request = {
    {{0x00A9, 0x00AE}, {0x203C, 0x2049}, {0x2122, 0x21AA}, {0x2300, 0x3299}}};

constexpr char32_t text_style = 0xFE0E, picture_style = 0xFE0F, keycap = 0x20E3;

// True for the letters that flags are written with.
constexpr bool is_regional(char32_t c) noexcept {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

// Walks over one sequence.
class SequenceReader {
  public:
    explicit SequenceReader(std::string_view text) noexcept
        : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

    // What it is.
    SymbolRun read() noexcept {
        const char32_t first = take();
        const bool is_status =
            std::find(status_marks.begin(), status_marks.end(), first) != status_marks.end() ||
            first == 0x274E;
        const bool asked = next() == picture_style;
        if (next() == text_style && !is_status) return {Symbol::none, size()};
        const bool is_picture =
            contains(pictures, first) || (asked && contains(pictures_on_request, first));
        if (!is_status && !is_picture) return {Symbol::none, size()};
        if (is_regional(first) && is_regional(next())) take();
        take_modifiers();
        while (next() == zero_width_joiner && joins_picture()) {
            take();
            take();
            take_modifiers();
        }
        return {is_status ? Symbol::status_mark : Symbol::emoji, size()};
    }

  private:
    // The next character, and the one that comes then; 0 at the end.
    char32_t next() const noexcept {
        return at_ < end_ ? text::utf8::decode(at_, end_).code_point : 0;
    }
    char32_t take() noexcept {
        const text::utf8::Decoded character = text::utf8::decode(at_, end_);
        at_ += character.length;
        return character.code_point;
    }
    // Bytes so far.
    std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(at_ - begin_); }

    // Styles, skin tones, the tags of a flag.
    void take_modifiers() noexcept {
        for (char32_t c = next();; c = next()) {
            const bool is_modifier = c == picture_style || c == text_style || c == keycap ||
                                     (c >= 0x1F3FB && c <= 0x1F3FF) ||
                                     (c >= 0xE0020 && c <= 0xE007F);
            if (!is_modifier) return;
            take();
        }
    }

    // True if a picture follows the joiner.
    bool joins_picture() const noexcept {
        const char* const after = at_ + text::utf8::decode(at_, end_).length;
        return after < end_ && is_pictograph(text::utf8::decode(after, end_).code_point);
    }

    const char* begin_;
    const char* at_;
    const char* end_;
};

}  // namespace

SymbolRun symbol_at(std::string_view text) noexcept {
    return SequenceReader(text).read();
}

bool is_pictograph(char32_t c) noexcept {
    return contains(pictures, c) || contains(pictures_on_request, c);
}

bool is_wide_end(char32_t c) noexcept {
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || c == 0xFF61;
}

bool is_question_mark(char32_t c) noexcept {
    return c == U'?' || c == 0xFF1F || c == 0x061F || c == 0x037E;
}

bool is_exclamation_mark(char32_t c) noexcept {
    return c == U'!' || c == 0xFF01;
}

bool ends_sentence(char32_t c) noexcept {
    return c == U'.' || is_question_mark(c) || is_exclamation_mark(c) || is_wide_end(c) ||
           c == 0x2026 || c == 0x0964 || c == 0x06D4;
}

bool is_quote_or_bracket(char32_t c) noexcept {
    if (c < 0x80)
        return std::string_view("\"'()[]{}*_~<>").find(static_cast<char>(c)) !=
               std::string_view::npos;
    return (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2039 || c == 0x203A ||
           (c >= 0x3008 && c <= 0x3011) || c == 0xFF08 || c == 0xFF09;
}

bool is_invisible(char32_t c) noexcept {
    return c == 0xAD || c == 0x200B || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
           (c >= 0xE0000 && c <= 0xE007F);
}

bool is_direction_mark(char32_t c) noexcept {
    return c == 0x200E || c == 0x200F || c == 0x061C;
}

bool is_right_to_left(char32_t c) noexcept {
    return (c >= 0x05D0 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

bool is_joining_script(char32_t c) noexcept {
    return (c >= 0x0620 && c <= 0x08FF) || (c >= 0x0900 && c <= 0x0DFF) ||
           (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x18AF) ||
           (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC);
}

}  // namespace aria_focus::core::contract
