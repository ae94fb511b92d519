#include "core/match/words.hpp"

#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <array>

namespace aria_focus::core::match {

namespace {

// By the order of Joint.
constexpr std::array<std::string_view, 6> joint_texts = {"", " ", "'", "/", "&", ""};

// What stands for a dash that makes no phrase, where the matcher's folded text has a space.
constexpr std::string_view dash = "\xE2\x80\x94";

// The joint that stands between two words; `apart` where it makes no phrase.
Joint joint_of(std::string_view between) noexcept {
    if (between.empty()) return Joint::adjacent;
    for (std::size_t i = 1; i + 1 < joint_texts.size(); ++i) {
        if (between == joint_texts[i]) return static_cast<Joint>(i);
    }
    return Joint::apart;
}

}  // namespace

std::string_view text_of(Joint joint) noexcept {
    return joint_texts[static_cast<std::size_t>(joint)];
}

void WordReader::fold(std::string_view text, std::string& out, Ticker& ticker) {
    window_.start(text, true, best_kernel());
    while (window_.next(ticker)) {
        constexpr std::size_t first = FoldedText::first;
        if (window_.has_dashes()) {
            append_with_dashes(out);
        } else {
            out.append(window_.at(first), window_.limit() - first);
        }
    }
}

void WordReader::append_with_dashes(std::string& out) const {
    for (std::size_t at = FoldedText::first; at < window_.limit(); ++at) {
        const char byte = *window_.at(at);
        if (byte == ' ' && window_.separator(at) == Separator::dash) {
            out += dash;
        } else {
            out += byte;
        }
    }
}

const char* WordReader::end_of_word(const char* at, const char* end) noexcept {
    const char* const begin = at;
    bool is_lone = false;
    while (at < end) {
        const text::utf8::Decoded next = text::utf8::decode(at, end);
        const char32_t c = next.code_point;
        if (!text::unicode::is_word(c)) break;
        if (at != begin && !text::unicode::extends(c)) {
            if (is_lone || text::unicode::is_spaceless(c)) break;
        }
        if (at == begin) is_lone = text::unicode::is_spaceless(c);
        at += next.length;
    }
    return at;
}

const std::vector<Word>& WordReader::words(std::string_view folded, Ticker& ticker) {
    words_.clear();
    const char* const end = folded.data() + folded.size();
    const char* behind = folded.data();  // the word before
    for (const char* at = folded.data(); at < end;) {
        const char* const begin = at;
        at = end_of_word(begin, end);
        if (at == begin) {
            at += text::utf8::decode(at, end).length;
            continue;
        }
        ticker.tick(static_cast<std::size_t>(at - begin));
        const auto text = std::string_view(begin, static_cast<std::size_t>(at - begin));
        const auto between = std::string_view(behind, static_cast<std::size_t>(begin - behind));
        words_.push_back({text, words_.empty() ? Joint::apart : joint_of(between)});
        behind = at;
    }
    return words_;
}

}  // namespace aria_focus::core::match
