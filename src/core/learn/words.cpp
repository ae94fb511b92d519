#include "core/learn/words.hpp"

#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <array>

namespace aria_focus::core::learn {

namespace {

// By the order of Joint.
constexpr std::array<std::string_view, 7> joint_texts = {"", " ", "'", "-", "/", "&", ""};

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
    window_.start(text, true, match::best_kernel());
    while (window_.next(ticker)) {
        out.append(window_.at(match::FoldedText::first),
                   window_.limit() - match::FoldedText::first);
    }
}

const std::vector<Word>& WordReader::words(std::string_view folded, Ticker& ticker) {
    words_.clear();
    const char* const end = folded.data() + folded.size();
    const char* behind = folded.data();  // the word before
    for (const char* at = folded.data(); at < end;) {
        const char* const begin = at;
        while (at < end) {
            const text::utf8::Decoded decoded = text::utf8::decode(at, end);
            if (!text::unicode::is_word(decoded.code_point)) break;
            const bool is_lone = text::unicode::is_spaceless(decoded.code_point);
            if (is_lone && at != begin) break;
            at += decoded.length;
            if (is_lone) break;
        }
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

}  // namespace aria_focus::core::learn
