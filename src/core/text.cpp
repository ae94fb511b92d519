#include "core/text.hpp"

#include "core/unicode.hpp"
#include "core/utf8.hpp"

namespace aria_focus::core {

bool is_blank(std::string_view text) noexcept {
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at < end;) {
        const utf8::Decoded next = utf8::decode(at, end);
        if (!unicode::is_white_space(next.code_point)) return false;
        at += next.length;
    }
    return true;
}

}  // namespace aria_focus::core
