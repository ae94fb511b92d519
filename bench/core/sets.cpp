#include "sets.hpp"

#include <fstream>
#include <stdexcept>

namespace aria_focus::bench {

Messages read_messages(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    Messages out;
    for (std::string line; std::getline(file, line);) out.push_back(line);
    return out;
}

KeywordSet read_keywords(const std::string& path, const std::string& name) {
    KeywordSet out;
    out.name = name;
    std::string last;
    for (const std::string& line : read_messages(path)) {
        const std::size_t tab = line.find('\t');
        const std::string list = line.substr(0, tab);
        if (out.lists.empty() || list != last) out.lists.emplace_back();
        out.lists.back().push_back(line.substr(tab + 1));
        last = list;
    }
    return out;
}

}  // namespace aria_focus::bench
