// Any JSON text as a keyword list: what is accepted against the rules read once more, entry by entry;
// what is accepted survives a round trip, and its shadows are what their definition says.
#include "fuzz.hpp"
#include "naive_decimal.hpp"
#include "support/naive_shadows.hpp"

#include <optional>

using namespace aria_focus::core;
using namespace aria_focus::core::check;
using namespace aria_focus::core::match;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

constexpr std::array<std::string_view, 4> matches = {"auto", "word", "prefix", "fragment"};

// A keyword's characters if they are allowed.
std::optional<std::u32string> good_text(JsonView value) {
    if (value.kind() != JsonKind::string) return std::nullopt;
    std::u32string text = utf8::to_code_points(value.text());
    char32_t before = U' ';
    for (const char32_t c : text) {
        if (unicode::is_control(c) || (unicode::is_white_space(c) && c != U' '))
            return std::nullopt;
        if (c == U' ' && before == U' ') return std::nullopt;
        before = c;
    }
    const bool is_blank = keyword_letters(text.substr(0, KeywordList::max_characters + 1)).empty();
    if (is_blank || before == U' ' || text.size() > KeywordList::max_characters) {
        return std::nullopt;
    }
    return text;
}

// A weight in thousandths if it is allowed.
std::optional<std::int32_t> good_weight(JsonView value) {
    if (value.kind() != JsonKind::number) return std::nullopt;
    const auto number = NaiveDecimal::parse(std::string(value.text()));
    if (!number || number->sign() == 0 || !number->within(10)) return std::nullopt;
    const auto thousandths = number->scaled(3);
    return thousandths ? std::optional(static_cast<std::int32_t>(*thousandths)) : std::nullopt;
}

// An entry if it is good by itself.
std::optional<OracleEntry> good_entry(JsonView value) {
    OracleEntry out;
    if (value.kind() != JsonKind::object) {
        const auto text = good_text(value);
        if (text) out.text = *text;
        return text ? std::optional(out) : std::nullopt;
    }
    bool is_good = true;
    bool has_text = false;
    value.each_pair([&](std::string_view key, JsonView member) {
        if (key == "keyword") {
            has_text = true;
            const auto text = good_text(member);
            is_good = is_good && text;
            out.text = text.value_or(U"");
        } else if (key == "match") {
            const auto* const found = std::find(matches.begin(), matches.end(), member.text());
            is_good = is_good && member.kind() == JsonKind::string && found != matches.end();
            out.match = static_cast<Match>(found - matches.begin());
        } else if (key == "weight") {
            const auto weight = good_weight(member);
            is_good = is_good && weight;
            out.weight = weight.value_or(0);
        } else {
            is_good = false;
        }
    });
    return is_good && has_text ? std::optional(out) : std::nullopt;
}

// The accepted entries of a list in one line, with their places.
std::string line_of(const KeywordList& list, bool with_places) {
    std::string out;
    for (const Keyword& keyword : list.keywords()) {
        std::u32string folded(list.folded(keyword));
        out += (with_places ? std::to_string(keyword.index) : "") + " " +
               to_utf8(utf8::to_code_points(list.text(keyword))) + ":" +
               std::string(matches[static_cast<std::size_t>(keyword.match)]) + ":" +
               std::to_string(keyword.weight) + ":" + to_utf8(folded);
    }
    return out;
}

// The same by the rules; notes which entries are refused.
std::string expected_line(JsonView list, std::vector<bool>& is_refused) {
    std::string out;
    OracleList taken;
    list.each_element([&](std::uint32_t index, JsonView value) {
        const auto entry = good_entry(value);
        const bool is_new =
            entry && std::none_of(taken.begin(), taken.end(), [&](const auto& other) {
                return same_text(other.text, entry->text);
            });
        is_refused.push_back(!is_new);
        if (!is_new) return;
        taken.push_back(*entry);
        std::u32string folded = keyword_letters(entry->text);
        for (char32_t& c : folded) c = unicode::fold(c);
        out += std::to_string(index) + " " + to_utf8(entry->text) + ":" +
               std::string(matches[static_cast<std::size_t>(entry->match)]) + ":" +
               std::to_string(entry->weight) + ":" + to_utf8(folded);
    });
    return out;
}

// Every refused entry has a problem of its own, and no other has one.
void check_problems(const Problems& problems, const std::vector<bool>& is_refused,
                    const std::string& words) {
    std::vector<bool> has_problem(is_refused.size());
    for (const Problem& problem : problems) {
        std::string_view path = problem.path;
        if (!is_error(problem.code) || problem.message.empty() || !path.starts_with("$[")) {
            differ("problem " + shown(problem.path) + words);
        }
        path.remove_prefix(2);
        const auto index = std::strtoul(std::string(take_until(path, ']')).c_str(), nullptr, 10);
        if (index >= is_refused.size()) differ("problem " + shown(problem.path) + words);
        has_problem[index] = true;
    }
    if (has_problem != is_refused) differ("which entries have problems" + words);
}

// Shadows by their definition: an earlier entry that holds wherever this one could.
void check_shadows(const KeywordList& list, const std::string& words) {
    Ticker ticker;
    const std::vector<Edges> edges = edges_of(list);
    const auto found = find_shadows(list, edges, ticker);
    OracleList entries;
    for (const Keyword& keyword : list.keywords()) {
        entries.push_back({utf8::to_code_points(list.text(keyword)), keyword.match});
    }
    for (std::size_t at = 0; at < edges.size(); ++at) {
        bool has_shadow = false;
        for (std::size_t earlier = 0; earlier < at; ++earlier) {
            has_shadow = has_shadow || shadows(entries[earlier], entries[at]);
        }
        const bool is_right =
            found[at] < 0 ? !has_shadow
                          : static_cast<std::size_t>(found[at]) < at &&
                                shadows(entries[static_cast<std::size_t>(found[at])], entries[at]);
        if (!is_right) differ("the shadow of entry " + std::to_string(at) + words);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::optional<ParsedList> parsed;
    try {
        parsed.emplace(text);
    } catch (const std::invalid_argument&) {
        return 0;  // no JSON
    }
    const std::string words = ": <" + shown(text) + ">";
    const KeywordList& list = parsed->list;
    if (parsed->json.view().kind() != JsonKind::array) {
        if (parsed->problems.size() != 1 || !list.keywords().empty()) differ("no array" + words);
        return 0;
    }
    std::vector<bool> is_refused;
    expect_equal(line_of(list, true), expected_line(parsed->json.view(), is_refused),
                 [&] { return words; });
    check_problems(parsed->problems, is_refused, words);
    check_shadows(list, words);

    OracleList accepted;
    for (const Keyword& keyword : list.keywords()) {
        accepted.push_back(
            {utf8::to_code_points(list.text(keyword)), keyword.match, keyword.weight});
    }
    const ParsedList again(to_json(accepted));
    if (!again.problems.empty()) differ("refused when written again" + words);
    expect_equal(line_of(again.list, false), line_of(list, false),
                 [&] { return "written again" + words; });
    return 0;
}
