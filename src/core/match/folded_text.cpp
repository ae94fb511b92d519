#include "core/match/folded_text.hpp"

#include "core/text/utf8.hpp"

#include <algorithm>

namespace aria_focus::core::match {

namespace {

// Sets the bits of a stretch.
void set_bits(std::uint64_t* words, std::size_t begin, std::size_t end) noexcept {
    for (std::size_t at = begin; at < end; ++at) set_bit(words, at);
}

// True for a character that stands in NFC or in its place (respelled(), a half of a flag).
bool is_in_nfc(char32_t c, text::unicode::Properties found) noexcept {
    using namespace text::unicode;
    return (found & property::special) == 0 || is_regional_indicator(c) || respelled(c) != c;
}

}  // namespace

void FoldedText::start(std::string_view message, bool collapse, const Kernel& kernel) {
    kernel_ = &kernel;
    begin_ = next_ = message.data();
    end_ = begin_ + message.size();
    collapse_ = collapse;
    after_space_ = after_half_flag_ = false;
    limit_ = filled_ = first;
    origin_ = 0;
    passed_ = 0;
    if (!is_plain_) forget_wide();
    std::memset(text_, 0, first);
    joining_[0] = 0;
}

void FoldedText::forget_wide() noexcept {
    is_plain_ = true;
    has_dashes_ = has_inside_ = false;
    shifts_.clear();
    joining_wide_.clear();
    lone_wide_.clear();
    inside_wide_.clear();
    lone_end_ = 0;
}

bool FoldedText::next(Ticker& ticker) {
    if (next_ == end_ && limit_ == filled_) return false;
    if (take_whole()) {
        ticker.tick(filled_ - first);
        return true;
    }
    is_plain_ = false;
    drop_positions();
    fill(ticker);
    limit_ = next_ == end_ ? filled_ : std::max(first, filled_ - lookahead);
    std::memset(text_ + filled_, 0, capacity - full - longest_cluster);
    classify();
    return limit_ != first;
}

bool FoldedText::take_whole() {
    const auto size = static_cast<std::size_t>(end_ - begin_);
    if (next_ != begin_ || size > positions ||
        !kernel_->take(begin_, size, text_ + first, collapse_, joining_ + first / 64,
                       starts_ + first / 64)) {
        return false;
    }
    next_ = end_;
    filled_ = limit_ = first + size;
    return true;
}

void FoldedText::drop_positions() {
    const std::size_t gone = limit_ - first;
    if (gone == 0) return;
    origin_ = original(limit_);
    passed_ += gone;
    std::memmove(text_, text_ + gone, filled_ - gone);
    filled_ -= gone;
    limit_ = first;
    std::erase_if(shifts_, [&](const Shift& shift) { return shift.position <= first + gone; });
    for (Shift& shift : shifts_) shift.position -= gone;
    std::erase_if(joining_wide_, [&](const Stretch& stretch) { return stretch.end <= gone; });
    for (Stretch& stretch : joining_wide_) {
        stretch = {stretch.begin - std::min(stretch.begin, gone), stretch.end - gone};
    }
    for (std::vector<std::size_t>* const places : {&lone_wide_, &inside_wide_}) {
        std::erase_if(*places, [&](std::size_t at) { return at < gone; });
        for (std::size_t& at : *places) at -= gone;
    }
    lone_end_ -= std::min(lone_end_, gone);
}

void FoldedText::fill(Ticker& ticker) {
    while (next_ < end_ && filled_ < full) {
        const std::size_t size =
            std::min<std::size_t>(static_cast<std::size_t>(end_ - next_), full - filled_);
        const std::size_t done =
            kernel_->fold(next_, size, text_ + filled_, collapse_, after_space_);
        ticker.tick(done);
        next_ += done;
        filled_ += done;
        if (done != 0) {
            after_space_ =
                collapse_ && text::unicode::is_white_space(static_cast<unsigned char>(next_[-1]));
            after_half_flag_ = false;
        }
        if (done == size) continue;
        if (full - filled_ < text::utf8::longest_character) break;
        if (collapse_) {
            fold_unusual(ticker);
        } else {
            fold_plainly(ticker);
        }
    }
}

void FoldedText::fold_plainly(Ticker& ticker) {
    do {
        const text::utf8::Decoded decoded = text::utf8::decode(next_, end_);
        ticker.tick(decoded.length);
        next_ += decoded.length;
        take_character(decoded.code_point, text::unicode::properties(decoded.code_point),
                       decoded.length);
    } while (next_ < end_ && full - filled_ >= text::utf8::longest_character &&
             static_cast<signed char>(*next_) < 0);
}

void FoldedText::fold_unusual(Ticker& ticker) {
    using namespace text::unicode;
    text::utf8::Decoded here = text::utf8::decode(next_, end_);
    Properties found = properties(here.code_point);
    if ((found & property::extends) != 0 && is_behind_ascii()) {
        --next_;
        --filled_;
        here = text::utf8::decode(next_, end_);
        found = properties(here.code_point);
    }
    do {
        const char* const behind = next_ + here.length;
        text::utf8::Decoded ahead{0, 0};
        if (behind < end_) ahead = text::utf8::decode(behind, end_);
        Properties found_ahead = properties(ahead.code_point);
        ticker.tick(here.length);
        if ((found & property::white_space) != 0 || here.code_point == zero_width_space) {
            next_ = behind;
            take_space(here.length);
        } else if (((found | found_ahead) & property::extends) == 0 &&
                   is_in_nfc(here.code_point, found)) {
            next_ = behind;
            take_character(here.code_point, found, here.length);
        } else {
            take_cluster(ticker);
            if (next_ < end_) ahead = text::utf8::decode(next_, end_);
            found_ahead = properties(ahead.code_point);
        }
        here = ahead;
        found = found_ahead;
    } while (next_ < end_ && filled_ + text::utf8::longest_character <= full &&
             (static_cast<signed char>(*next_) < 0 || after_space_));
}

bool FoldedText::is_behind_ascii() const noexcept {
    if (next_ == begin_ || filled_ == first) return false;
    const auto before = static_cast<unsigned char>(next_[-1]);
    return before < 0x80 && !text::unicode::is_white_space(before);
}

void FoldedText::take_space(unsigned length) {
    if (!after_space_) text_[filled_++] = ' ';
    if (after_space_ || length != 1) note_shift(next_);
    after_space_ = true;
    after_half_flag_ = false;
}

void FoldedText::take_character(char32_t character, text::unicode::Properties found,
                                unsigned length) {
    const std::size_t begin = filled_;
    put_character(character, found, false);
    if (filled_ - begin != length) note_shift(next_);
}

void FoldedText::take_cluster(Ticker& ticker) {
    const char* const before = next_;
    const bool has_base = !text::unicode::extends(text::utf8::decode(before, end_).code_point);
    next_ = cluster_.read(before, end_, ticker);
    if (cluster_.characters().empty()) {
        note_gap(before, next_);
        return;
    }
    if (cluster_.begin() != before) note_gap(before, cluster_.begin());
    const std::size_t at = filled_;
    put_cluster(has_base);
    const bool is_as_long = filled_ - at == static_cast<std::size_t>(next_ - cluster_.begin());
    if (!is_as_long || cluster_.end() != next_) note_shift(cluster_.end());
}

void FoldedText::put_cluster(bool has_base) {
    bool is_inside = !has_base && !is_at_start(filled_);
    for (const char32_t c : cluster_.characters()) {
        if (cluster_.is_cut() && (is_inside || !has_base)) break;
        put_character(c, text::unicode::properties(c), is_inside);
        is_inside = true;
    }
    if (cluster_.is_cut()) put_cut(is_inside);
}

void FoldedText::put_character(char32_t character, text::unicode::Properties found,
                               bool is_inside) {
    using namespace text::unicode;
    const std::size_t begin = filled_;
    after_space_ = false;
    if (collapse_ && character >= 0x80 && (found & property::special) != 0) {
        const bool is_second = after_half_flag_ && is_regional_indicator(character);
        after_half_flag_ = is_regional_indicator(character) && !is_second;
        is_inside = is_inside || is_second;
        has_dashes_ = has_dashes_ || is_dash(character);
        character = respelled(character);
        found = properties(character);
    } else {
        after_half_flag_ = false;
    }
    if (is_inside) inside_wide_.push_back(begin);
    if (collapse_ && character == U'-') {
        text_[filled_++] = ' ';
        return;
    }
    filled_ += text::utf8::put(text_ + filled_, fold(character));
    if (character < 0x80) return;
    if ((found & property::word) == 0) {
        if ((found & property::spaceless) != 0) lone_end_ = filled_;  // a mark may stand on it
        return;
    }
    const bool is_on_base = (found & property::mark) != 0 && !is_at_start(begin);
    note_word(begin, is_on_base ? lone_end_ == begin : (found & property::spaceless) != 0);
}

void FoldedText::put_cut(bool is_inside) {
    const std::size_t begin = filled_;
    if (is_inside) inside_wide_.push_back(begin);
    text_[filled_++] = '\xFF';
    after_space_ = after_half_flag_ = false;
    const char32_t base = cluster_.last_base();
    note_word(begin, base == 0 ? lone_end_ == begin : text::unicode::is_spaceless(base));
}

void FoldedText::note_word(std::size_t begin, bool is_lone) {
    if (is_lone) {
        lone_wide_.push_back(begin);
        lone_end_ = filled_;
    } else if (!joining_wide_.empty() && joining_wide_.back().end == begin) {
        joining_wide_.back().end = filled_;
    } else {
        joining_wide_.push_back({begin, filled_});
    }
}

void FoldedText::note_shift(const char* before) {
    if (shifts_.empty() || shifts_.back().position != filled_) shifts_.push_back({filled_, 0, 0});
    shifts_.back().original = offset(next_);
    shifts_.back().before = offset(before);
}

void FoldedText::note_gap(const char* from, const char* to) {
    if (shifts_.empty() || shifts_.back().position != filled_) {
        shifts_.push_back({filled_, 0, offset(from)});
    }
    shifts_.back().original = offset(to);
}

void FoldedText::classify() {
    const std::size_t blocks = filled_ / 64 + 1;
    kernel_->classify(text_, blocks, joining_, starts_);
    joining_[blocks] = starts_[blocks] = 0;
    has_inside_ = !inside_wide_.empty();
    if (has_inside_) {
        std::fill_n(inside_, blocks + 1, 0);
        for (const std::size_t at : inside_wide_) set_bit(inside_, at);
    }
    if (joining_wide_.empty() && lone_wide_.empty()) return;
    for (const Stretch& stretch : joining_wide_) set_bits(joining_, stretch.begin, stretch.end);
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < blocks; ++i) {
        starts_[i] = joining_[i] & ~(joining_[i] << 1 | before);
        before = joining_[i] >> 63;
    }
    for (const std::size_t at : lone_wide_) set_bit(starts_, at);
}

std::uint32_t FoldedText::shifted(std::size_t position, bool is_end) const noexcept {
    // The last shift that does not lie behind the position: near the one asked for last, or by halving.
    const auto is_behind = [&](std::size_t i) { return shifts_[i].position > position; };
    std::size_t behind = std::min(last_shift_, shifts_.size());
    for (int steps = 0; steps < 4 && behind < shifts_.size() && !is_behind(behind);)
        ++steps, ++behind;
    for (int steps = 0; steps < 4 && behind > 0 && is_behind(behind - 1);) ++steps, --behind;
    if ((behind < shifts_.size() && !is_behind(behind)) || (behind > 0 && is_behind(behind - 1))) {
        const auto found = std::upper_bound(
            shifts_.begin(), shifts_.end(), position,
            [](std::size_t at, const Shift& shift) { return at < shift.position; });
        behind = static_cast<std::size_t>(found - shifts_.begin());
    }
    last_shift_ = behind;
    if (behind == 0) return origin_ + static_cast<std::uint32_t>(position - first);
    const Shift& shift = shifts_[behind - 1];
    if (is_end && shift.position == position) return shift.before;
    return shift.original + static_cast<std::uint32_t>(position - shift.position);
}

Separator FoldedText::separator(std::size_t position) const noexcept {
    const char32_t c = text::utf8::decode(begin_ + original(position), end_).code_point;
    if (text::unicode::is_dash(c)) return Separator::dash;
    return text::unicode::is_hyphen(c) ? Separator::hyphen : Separator::space;
}

}  // namespace aria_focus::core::match
