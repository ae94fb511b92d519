#include "core/text/text.hpp"

#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

namespace aria_focus::core::text {

bool is_blank(std::string_view text, Ticker& ticker) {
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at < end;) {
        ticker.tick();
        const utf8::Decoded next = utf8::decode(at, end);
        if (!unicode::is_white_space(next.code_point)) return false;
        at += next.length;
    }
    return true;
}

std::string_view trim_end(std::string_view text, Ticker& ticker) {
    const char* const begin = text.data();
    const char* end = begin + text.size();
    while (end > begin) {
        ticker.tick();
        const utf8::Decoded last = utf8::decode_before(begin, end);
        if (!unicode::is_white_space(last.code_point)) break;
        end -= last.length;
    }
    return {begin, static_cast<std::size_t>(end - begin)};
}

std::size_t count_words(std::string_view text, Ticker& ticker) {
    const char* const end = text.data() + text.size();
    std::size_t words = 0;
    bool inside = false;
    for (const char* at = text.data(); at < end;) {
        ticker.tick();
        const utf8::Decoded next = utf8::decode(at, end);
        at += next.length;
        if (unicode::is_absent(next.code_point)) continue;
        const bool is_word = unicode::is_word(unicode::respelled(next.code_point));
        if (is_word && !inside) ++words;
        inside = is_word;
    }
    return words;
}

}  // namespace aria_focus::core::text
