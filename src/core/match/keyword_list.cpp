#include "core/match/keyword_list.hpp"

#include "core/base/decimal.hpp"
#include "core/text/nearest.hpp"
#include "core/text/text.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <unordered_set>

namespace aria_focus::core::match {

namespace {

// By the order of Match.
constexpr std::array<std::string_view, 4> match_names = {"auto", "word", "prefix", "fragment"};
constexpr std::array<std::string_view, 3> entry_keys = {"keyword", "match", "weight"};

// What is wrong with the shape of a keyword's text.
struct TextProblem {
    check::ProblemCode code;
    std::string_view message;
    std::string_view hint;
};

// The problem of a keyword's text as a whole, before its characters are looked at.
std::optional<TextProblem> check_blank(std::string_view text, Ticker& ticker) {
    if (!text::is_blank(text, ticker)) return std::nullopt;
    return TextProblem{check::ProblemCode::blank, "is blank", "Remove it, or write a word."};
}

// A keyword's characters, as far as one too many: stray bytes count, each as a character.
std::u32string characters_of(std::string_view text) {
    constexpr std::size_t longest_character = 4;
    return text::utf8::to_code_points(
        text.substr(0, longest_character * (KeywordList::max_characters + 1)));
}

// The first problem of a keyword's characters.
std::optional<TextProblem> check_text(std::u32string_view text) {
    if (text.size() > KeywordList::max_characters) {
        return TextProblem{check::ProblemCode::too_long, "is longer than 100 characters",
                           "Use the words that matter as keywords of their own."};
    }
    if (std::any_of(text.begin(), text.end(), [](char32_t c) {
            return text::unicode::is_control(c) || (c != U' ' && text::unicode::is_white_space(c));
        })) {
        return TextProblem{check::ProblemCode::bad_format,
                           "has a control character or white space other than a plain space",
                           "A single space matches any white space of a message."};
    }
    if (text.front() == U' ' || text.back() == U' ' ||
        text.find(U"  ") != std::u32string_view::npos) {
        return TextProblem{check::ProblemCode::bad_format,
                           "has a space at an end or two spaces in a row",
                           "Write single spaces, between words only."};
    }
    return std::nullopt;
}

}  // namespace

// Hashes and compares the entries of a list by their folded characters.
struct SameText {
    const KeywordList* list;
    // An entry's folded characters.
    std::u32string_view text(std::size_t i) const { return list->folded(list->keywords()[i]); }
    // Their hash.
    std::size_t operator()(std::size_t i) const {
        return std::hash<std::u32string_view>{}(text(i));
    }
    // True if two entries have the same.
    bool operator()(std::size_t a, std::size_t b) const { return text(a) == text(b); }
};

// Reads the entries of one list one after the other.
class KeywordListReader {
  public:
    KeywordListReader(std::string_view field, std::string_view path, check::Problems& problems,
                      Ticker& ticker)
        : field_(field), path_(path), problems_(problems), ticker_(ticker) {}

    // The whole list.
    KeywordList read(check::JsonView list) {
        if (list.kind() != check::JsonKind::array) {
            report(std::string(path_), check::ProblemCode::bad_type,
                   "a keyword list must be an array, not " + std::string(name_of(list.kind())),
                   "Write [\"deploy\", \"docker\"].");
            return std::move(list_);
        }
        list.each_element(
            [this](std::uint32_t index, check::JsonView entry) { read_entry(index, entry); });
        return std::move(list_);
    }

  private:
    // One entry: a string or an object.
    void read_entry(std::uint32_t index, check::JsonView entry) {
        ticker_.tick(64);
        const std::size_t before = problems_.size();
        Keyword keyword{{}, index, 0, 0, KeywordList::weight_unit, Match::automatic};
        const std::string path = path_of(index);
        if (entry.kind() == check::JsonKind::object) {
            read_object(entry, path, keyword);
        } else {
            read_text(entry, path, keyword);
        }
        if (problems_.size() == before) take(keyword);
    }

    // {"keyword": ..., "match": ..., "weight": ...}
    void read_object(check::JsonView entry, const std::string& path, Keyword& keyword) {
        bool has_text = false;
        entry.each_pair([&](std::string_view key, check::JsonView value) {
            const std::string key_path = path + "." + std::string(key);
            if (key == "keyword") {
                has_text = true;
                read_text(value, key_path, keyword);
            } else if (key == "match") {
                read_match(value, key_path, keyword);
            } else if (key == "weight") {
                read_weight(value, key_path, keyword);
            } else {
                report(path + "." + check::escaped(key), check::ProblemCode::unknown_key,
                       "key " + check::quoted(key) + " is not known in a keyword entry",
                       text::name_hint(key, entry_keys));
            }
        });
        if (!has_text) {
            report(path, check::ProblemCode::missing, "a keyword entry has no key \"keyword\"",
                   "Write {\"keyword\": \"deploy\"}.");
        }
    }

    // The keyword itself.
    void read_text(check::JsonView value, const std::string& path, Keyword& keyword) {
        if (value.kind() != check::JsonKind::string) {
            report(path, check::ProblemCode::bad_type,
                   "a keyword must be a string, not " + std::string(name_of(value.kind())),
                   "Write it in double quotes.");
            return;
        }
        std::u32string text;
        auto problem = check_blank(value.text(), ticker_);
        if (!problem) {
            text = characters_of(value.text());
            problem = check_text(text);
        }
        if (problem) {
            report(path, problem->code,
                   "keyword " + check::quoted(value.text()) + " " + std::string(problem->message),
                   std::string(problem->hint));
            return;
        }
        list_.set_text(keyword, value.text(), text);
    }

    // Its boundaries.
    void read_match(check::JsonView value, const std::string& path, Keyword& keyword) {
        if (value.kind() != check::JsonKind::string) {
            report(path, check::ProblemCode::bad_type,
                   "match must be a string, not " + std::string(name_of(value.kind())),
                   "Allowed: auto, word, prefix, fragment.");
            return;
        }
        const auto* const found = std::find(match_names.begin(), match_names.end(), value.text());
        if (found == match_names.end()) {
            report(path, check::ProblemCode::not_in_vocabulary,
                   "match " + check::quoted(value.text()) + " is not known",
                   text::name_hint(value.text(), match_names));
            return;
        }
        keyword.match = static_cast<Match>(found - match_names.begin());
    }

    // Its weight, exact to the thousandth.
    void read_weight(check::JsonView value, const std::string& path, Keyword& keyword) {
        if (value.kind() != check::JsonKind::number) {
            report(path, check::ProblemCode::bad_type,
                   "weight must be a number, not " + std::string(name_of(value.kind())),
                   "Write a number such as 2 or 0.5.");
            return;
        }
        const auto number = Decimal::parse(value.text());
        if (!number || number->sign() == 0 || !number->within(KeywordList::max_weight)) {
            report(path, check::ProblemCode::out_of_range,
                   "weight " + check::shown_number(value.text()) + " is not in [-10, 10] without 0",
                   "Leave the key out for weight 1.");
            return;
        }
        const auto thousandths = number->scaled(3);
        if (!thousandths) {
            report(path, check::ProblemCode::out_of_range,
                   "weight " + check::shown_number(value.text()) + " has more than three decimals",
                   "Evidence is summed in thousandths, so that it is exact.");
            return;
        }
        keyword.weight = static_cast<std::int32_t>(*thousandths);
    }

    // Takes an entry, unless it equals an earlier one after case folding.
    void take(const Keyword& keyword) {
        list_.keywords_.push_back(keyword);
        const auto [first, is_new] = taken_.insert(list_.keywords_.size() - 1);
        if (is_new) return;
        list_.keywords_.pop_back();
        report(path_of(keyword.index), check::ProblemCode::duplicate,
               "keyword " + check::quoted(keyword.text) + " stands already at " +
                   path_of(list_.keywords_[*first].index),
               "Case does not count: keep one of them.");
    }

    // Where an entry stands in the document.
    std::string path_of(std::uint32_t index) const {
        return std::string(path_) + "[" + std::to_string(index) + "]";
    }

    // One more problem of this list.
    void report(std::string path, check::ProblemCode code, std::string message, std::string hint) {
        problems_.push_back({field_, std::move(path), code, std::move(message), std::move(hint)});
    }

    std::string_view field_;
    std::string_view path_;
    check::Problems& problems_;
    Ticker& ticker_;
    KeywordList list_;
    std::unordered_set<std::size_t, SameText, SameText> taken_{64, SameText{&list_},
                                                               SameText{&list_}};
};

KeywordList KeywordList::parse(check::JsonView list, std::string_view field, std::string_view path,
                               check::Problems& problems, Ticker& ticker) {
    return KeywordListReader(field, path, problems, ticker).read(list);
}

KeywordList KeywordList::of_texts(std::span<const std::string_view> texts, Ticker& ticker,
                                  Match match) {
    KeywordList list;
    for (const std::string_view text : texts) {
        ticker.tick(64);
        Keyword keyword{{}, 0, 0, 0, weight_unit, match};
        list.set_text(keyword, text, text::utf8::to_code_points(text));
        list.keywords_.push_back(keyword);
    }
    return list;
}

void KeywordList::set_text(Keyword& keyword, std::string_view text,
                           std::u32string_view characters) {
    keyword.text = text;
    keyword.folded_at = static_cast<std::uint32_t>(folded_.size());
    keyword.folded_size = static_cast<std::uint32_t>(characters.size());
    for (const char32_t character : characters) folded_ += text::unicode::fold(character);
}

Edges edges_of(std::u32string_view folded, Match match) noexcept {
    constexpr std::size_t short_keyword = 3;
    const bool word_start = text::unicode::is_word(folded.front());
    const bool word_end = text::unicode::is_word(folded.back());
    switch (match) {
        case Match::automatic:
            return {word_start, word_end && folded.size() <= short_keyword &&
                                    !text::unicode::is_hangul(folded.back())};
        case Match::word: return {word_start, word_end};
        case Match::prefix: return {word_start, false};
        case Match::fragment: break;
    }
    return {false, false};
}

std::vector<Edges> edges_of(const KeywordList& list) {
    std::vector<Edges> edges;
    edges.reserve(list.keywords().size());
    for (const Keyword& keyword : list.keywords()) {
        edges.push_back(edges_of(list.folded(keyword), keyword.match));
    }
    return edges;
}

std::vector<std::int32_t> find_shadows(const KeywordList& list, const std::vector<Edges>& edges,
                                       Ticker& ticker) {
    std::vector<std::size_t> order(edges.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto text = [&](std::size_t i) { return list.folded(list.keywords()[i]); };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        ticker.tick();
        return text(a) < text(b);
    });

    // In sorted order the prefixes of a keyword are a stack.
    std::vector<std::int32_t> shadows(edges.size(), -1);
    std::vector<std::size_t> prefixes;
    for (const std::size_t at : order) {
        while (!prefixes.empty() && !text(at).starts_with(text(prefixes.back()))) {
            prefixes.pop_back();
        }
        for (const std::size_t prefix : prefixes) {
            ticker.tick();
            const bool holds = !edges[prefix].end && (!edges[prefix].start || edges[at].start);
            if (prefix > at || !holds) continue;
            shadows[at] = static_cast<std::int32_t>(prefix);
            break;
        }
        prefixes.push_back(at);
    }
    return shadows;
}

}  // namespace aria_focus::core::match
