// Case classes, which the core does not list: fold() turned round.
#pragma once

#include "core/text/unicode.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace aria_focus::test {

// All code points, the argument included, that fold to what the argument folds to, ascending.
inline std::vector<char32_t> case_class(char32_t c) {
    static const auto others = [] {
        std::unordered_map<char32_t, std::vector<char32_t>> found;  // by canonical member
        for (char32_t member = 0; member < 0x110000; ++member) {
            const char32_t canonical = core::text::unicode::fold(member);
            if (canonical != member) found[canonical].push_back(member);
        }
        return found;
    }();
    const char32_t canonical = core::text::unicode::fold(c);
    std::vector<char32_t> members;
    if (const auto found = others.find(canonical); found != others.end()) members = found->second;
    members.push_back(canonical);
    std::sort(members.begin(), members.end());
    return members;
}

}  // namespace aria_focus::test
