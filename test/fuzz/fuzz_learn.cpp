// Any labelled messages: whatever is learned from them is a list that the product accepts, the order of
// the messages does not matter, and what evidence says is what was trained where no entry hits for two
// features.
//
//   nq 3        options: n or l (start from nothing or from lists), q (a limit of entries); then a digit
//   0deploy it  a digit is the label, anything else is nobody's; then the message
#include "fuzz.hpp"
#include "support/learn_builder.hpp"

using namespace aria_focus::core;
using namespace aria_focus::core::learn;
using namespace aria_focus::test;

namespace {

constexpr std::size_t labels = 3;
constexpr std::size_t most_rows = 40;

// The options that the first line names.
LearnOptions options_of(std::string_view line) {
    LearnOptions options;
    options.from_lists = line.find('l') != line.npos;
    options.function_words = line.find('f') != line.npos;
    if (line.find('q') != line.npos) options.max_entries = 1 + line.size() % 7;
    if (line.find('c') != line.npos) options.cut = 0;
    options.new_entries = line.size() % 9;
    options.folds = line.size() % 3;
    return options;
}

// The lists, or a word for the error that there are not enough labels.
std::vector<std::string> outcome_of(const std::vector<Labelled>& rows,
                                    const std::vector<std::string>& old,
                                    const LearnOptions& options) {
    try {
        return learned_lists(rows, old, options);
    } catch (const Error& error) {
        return {error.message()};
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(data), size);
    const LearnOptions options = options_of(take_until(input, '\n'));
    std::vector<Labelled> rows;
    while (!input.empty() && rows.size() < most_rows) {
        const std::string_view line = take_until(input, '\n');
        if (line.empty()) continue;
        const auto label = static_cast<std::uint32_t>(line[0] - '0');
        rows.emplace_back(label < labels ? label : nobody, line.substr(1));
    }
    const std::vector<std::string> old = {
        R"(["deploy", "new docker", {"keyword": "ci", "weight": -2}])",
        R"(["a", {"keyword": "ban", "match": "fragment"}, {"keyword": "bank", "match": "word"}])",
        "[]"};
    const auto lists = outcome_of(rows, old, options);
    for (const std::string& list : lists) {
        if (lists.size() == labels && !good_list(list).problems.empty()) differ("refused: " + list);
    }
    std::reverse(rows.begin(), rows.end());
    const auto again = outcome_of(rows, old, options);
    for (std::size_t i = 0; i < lists.size(); ++i) {
        expect_equal(again.at(i), lists[i], [] { return std::string("in another order"); });
    }
    return 0;
}
