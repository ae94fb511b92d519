// The benchmark's input: messages and keyword sets, as bench/make_sets.py wrote them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace aria_focus::bench {

using Messages = std::vector<std::string>;

// The keywords of all profiles. An entry's index counts on from list to list.
struct KeywordSet {
    std::string name;
    std::vector<std::vector<std::string>> lists;
    bool fragments = false;  // our keywords hit anywhere instead of where `match: auto` says

    // How many keywords the lists have together.
    std::size_t size() const {
        std::size_t out = 0;
        for (const auto& list : lists) out += list.size();
        return out;
    }
};

// The lines of a file; std::runtime_error where it cannot be read.
Messages read_messages(const std::string& path);

// A keyword set from lines `list TAB keyword`, sorted by list.
KeywordSet read_keywords(const std::string& path, const std::string& name);

}  // namespace aria_focus::bench
