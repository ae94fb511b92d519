#include "core/text/matched_form.hpp"

#include "core/text/cluster.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

namespace aria_focus::core::text {

namespace {

// True for what a space of a keyword stands for.
bool is_space(char32_t c) noexcept {
    return unicode::is_white_space(c) || c == unicode::zero_width_space;
}

}  // namespace

void append_matched_form(std::string_view text, std::u32string& out) {
    Ticker ticker;  // asks nobody: a keyword is short
    const std::size_t start = out.size();
    const char* const end = text.data() + text.size();
    Cluster cluster;
    for (const char* at = text.data(); at < end;) {
        at = cluster.read(at, end, ticker);
        for (const char32_t c : cluster.characters()) {
            if (!is_space(c)) {
                out += unicode::fold(unicode::respelled(c));
            } else if (out.size() != start && out.back() != U' ') {
                out += U' ';
            }
        }
    }
    if (out.size() != start && out.back() == U' ') out.pop_back();
}

bool is_nothing(std::string_view text, Ticker& ticker) {
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at < end;) {
        const utf8::Decoded next = utf8::decode(at, end);
        ticker.tick(next.length);
        if (!is_space(next.code_point) && !unicode::is_absent(next.code_point)) return false;
        at += next.length;
    }
    return true;
}

}  // namespace aria_focus::core::text
