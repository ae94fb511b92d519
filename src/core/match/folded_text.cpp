#include "core/match/folded_text.hpp"

#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>

namespace aria_focus::core::match {

namespace {

// Sets the bits of a stretch.
void set_bits(std::uint64_t* words, std::size_t begin, std::size_t end) noexcept {
    for (std::size_t at = begin; at < end; ++at) set_bit(words, at);
}

}  // namespace

void FoldedText::start(std::string_view message, bool collapse, const Kernel& kernel) {
    kernel_ = &kernel;
    begin_ = next_ = message.data();
    end_ = begin_ + message.size();
    collapse_ = collapse;
    after_space_ = false;
    limit_ = filled_ = first;
    origin_ = 0;
    passed_ = 0;
    shifts_.clear();
    joining_wide_.clear();
    lone_wide_.clear();
    std::memset(text_, 0, first);
    joining_[0] = 0;
}

bool FoldedText::next(Ticker& ticker) {
    if (next_ == end_ && limit_ == filled_) return false;
    if (take_whole()) {
        ticker.tick(filled_ - first);
        return true;
    }
    drop_positions();
    fill(ticker);
    limit_ = next_ == end_ ? filled_ : std::max(first, filled_ - lookahead);
    std::memset(text_ + filled_, 0, capacity - full);
    classify();
    return true;
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
    std::erase_if(lone_wide_, [&](std::size_t at) { return at < gone; });
    for (std::size_t& at : lone_wide_) at -= gone;
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
        if (done != 0) after_space_ = collapse_ && text_[filled_ - 1] == ' ';
        if (done == size) continue;
        if (full - filled_ < text::utf8::longest_character) break;
        fold_unusual(ticker);
    }
}

void FoldedText::fold_unusual(Ticker& ticker) {
    do {
        const text::utf8::Decoded decoded = text::utf8::decode(next_, end_);
        ticker.tick(decoded.length);
        next_ += decoded.length;
        if (collapse_ && text::unicode::is_white_space(decoded.code_point)) {
            take_space(decoded.length);
        } else {
            take_character(decoded.code_point, decoded.length);
        }
    } while (next_ < end_ && full - filled_ >= text::utf8::longest_character &&
             (static_cast<signed char>(*next_) < 0 || after_space_));
}

void FoldedText::take_space(unsigned length) {
    if (!after_space_) text_[filled_++] = ' ';
    if (after_space_ || length != 1) note_shift();
    after_space_ = true;
}

void FoldedText::take_character(char32_t character, unsigned length) {
    after_space_ = false;
    const std::size_t begin = filled_;
    filled_ += text::utf8::put(text_ + filled_, text::unicode::fold(character));
    if (filled_ - begin != length) note_shift();
    if (character < 0x80) return;
    const text::unicode::Properties found = text::unicode::properties(character);
    if ((found & text::unicode::property::word) == 0) return;
    if ((found & text::unicode::property::spaceless) != 0) {
        lone_wide_.push_back(begin);
    } else if (!joining_wide_.empty() && joining_wide_.back().end == begin) {
        joining_wide_.back().end = filled_;
    } else {
        joining_wide_.push_back({begin, filled_});
    }
}

void FoldedText::note_shift() {
    const Shift shift{filled_, offset(next_)};
    if (!shifts_.empty() && shifts_.back().position == filled_) {
        shifts_.back() = shift;
    } else {
        shifts_.push_back(shift);
    }
}

void FoldedText::classify() {
    const std::size_t blocks = filled_ / 64 + 1;
    kernel_->classify(text_, blocks, joining_, starts_);
    joining_[blocks] = starts_[blocks] = 0;
    if (joining_wide_.empty() && lone_wide_.empty()) return;
    for (const Stretch& stretch : joining_wide_) set_bits(joining_, stretch.begin, stretch.end);
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < blocks; ++i) {
        starts_[i] = joining_[i] & ~(joining_[i] << 1 | before);
        before = joining_[i] >> 63;
    }
    for (const std::size_t at : lone_wide_) set_bit(starts_, at);
}

std::uint32_t FoldedText::shifted(std::size_t position) const noexcept {
    const auto behind =
        std::upper_bound(shifts_.begin(), shifts_.end(), position,
                         [](std::size_t at, const Shift& shift) { return at < shift.position; });
    if (behind == shifts_.begin()) return origin_ + static_cast<std::uint32_t>(position - first);
    const Shift& shift = behind[-1];
    return shift.original + static_cast<std::uint32_t>(position - shift.position);
}

}  // namespace aria_focus::core::match
