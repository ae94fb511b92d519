#include "core/contract/contract.hpp"

#include "core/base/decimal.hpp"
#include "core/keywords/keyword_list_reader.hpp"
#include "core/text/nearest.hpp"

#include <algorithm>
#include <span>

namespace aria_focus::core::contract {

namespace {

using check::JsonKind;
using check::JsonView;
using check::ProblemCode;
using check::Reporter;

constexpr std::array<std::string_view, 4> bound_names = {"max", "min", "max_per_100_words",
                                                         "min_per_100_words"};
constexpr std::array<std::string_view, 9> rule_keys = {
    "max",     "min", "max_per_100_words", "min_per_100_words", "min_words", "min_hits", "severity",
    "located", "from"};
constexpr std::array<std::string_view, 5> phrase_keys = {"forbidden", "required", "required_any",
                                                         "severity", "from"};
constexpr std::array<std::string_view, 2> languages = {"en", "auto"};
constexpr std::string_view phrases_key = "phrases", language_key = "language", off = "off";
constexpr std::string_view place_key = "at", origin_key = "from";

// A bound a side; none where it is not written.
using Bounds = std::array<std::optional<Number>, bound_names.size()>;

// All keys of a contract.
constexpr std::size_t contract_key_count = metric_count + 2;

// They are the metrics and two more.
std::array<std::string_view, contract_key_count> contract_keys() noexcept {
    std::array<std::string_view, contract_key_count> keys{};
    std::copy(metric_names().begin(), metric_names().end(), keys.begin());
    keys[metric_count] = phrases_key;
    keys[metric_count + 1] = language_key;
    return keys;
}

// The place of a name in a list of them.
template <std::size_t size>
std::optional<std::size_t> index_of(const std::array<std::string_view, size>& names,
                                    std::string_view name) noexcept {
    const auto* const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

// A number's digits without the zeros that end its fraction.
std::string without_zeros(std::string_view digits) {
    if (digits.find('.') == digits.npos || digits.find_first_of("eE") != digits.npos) {
        return std::string(digits);
    }
    digits = digits.substr(0, digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.')) digits.remove_suffix(1);
    return std::string(digits);
}

// Reads one contract.
class ContractReader {
  public:
    explicit ContractReader(Ticker& ticker) : ticker_(ticker) {}

    // The whole object.
    Contract read(JsonView value, const Reporter& report) {
        if (value.kind() == JsonKind::object) {
            value.each_pair([&](std::string_view key, JsonView member) {
                read_member(key, member, report.at(key));
            });
        } else {
            report.wrong_kind("a contract", JsonKind::object, value,
                              "Write {\"exclamations\": {\"max\": 0}}.");
        }
        return std::move(contract_);
    }

  private:
    // One key of the contract.
    void read_member(std::string_view key, JsonView value, const Reporter& report) {
        ticker_.tick(64);
        if (const auto metric = metric_of(key)) {
            contract_.named.set(static_cast<std::size_t>(*metric));
            read_rule(*metric, value, report);
        } else if (key == phrases_key) {
            contract_.phrases_named = true;
            read_phrases(value, report);
        } else if (key == language_key) {
            contract_.language_named = true;
            contract_.assume_english = read_word(key, value, report, languages).value_or(1) == 0;
        } else {
            const auto keys = contract_keys();
            const std::string_view near = text::nearest_name(key, keys);
            report.report(ProblemCode::unknown_key, "key " + check::quoted(key) + " is no metric",
                          near.empty() ? "focus_text_metrics('') has all names as keys."
                                       : "Did you mean \"" + std::string(near) + "\"?");
        }
    }

    // "off", an object or an array of objects.
    void read_rule(Metric metric, JsonView value, const Reporter& report) {
        if (value.kind() == JsonKind::object) return read_limits(metric, value, report);
        if (value.kind() == JsonKind::string && value.text() == off) return;
        if (value.kind() != JsonKind::array) {
            return report.wrong_kind(row_of(metric).name, JsonKind::object, value,
                                     "Write {\"max\": 3}, or \"off\".");
        }
        value.each_element([&](std::uint32_t index, JsonView element) {
            const Reporter here = report.at(index);
            if (element.kind() == JsonKind::object) return read_limits(metric, element, here);
            here.wrong_kind("a rule", JsonKind::object, element,
                            "Write [{\"max\": 3}, {\"max\": 2, \"severity\": \"suggestion\"}].");
        });
    }

    // One object: a limit for each bound, all with the same conditions.
    void read_limits(Metric metric, JsonView value, const Reporter& report) {
        const std::size_t before = report.count();
        Bounds bounds;
        Limit common{metric, Bound::max, {}, Severity::warning, {}, {}, {}, {}};
        value.each_pair([&](std::string_view key, JsonView member) {
            if (const auto bound = index_of(bound_names, key)) {
                bounds[*bound] =
                    read_bound(metric, static_cast<Bound>(*bound), member, report.at(key));
            } else {
                read_condition(common, key, member, report.at(key));
            }
        });
        check_order(bounds, Bound::min, Bound::max, report);
        check_order(bounds, Bound::min_rate, Bound::max_rate, report);
        const bool has_bound = std::any_of(bounds.begin(), bounds.end(),
                                           [](const auto& bound) { return bound.has_value(); });
        if (!has_bound && report.count() == before) {
            report.report(ProblemCode::missing, std::string(row_of(metric).name) + " has no limit",
                          "Write max, min, max_per_100_words or min_per_100_words, or \"off\".");
        }
        if (report.count() != before) return;
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            if (!bounds[i]) continue;
            contract_.limits.push_back(common);
            contract_.limits.back().bound = static_cast<Bound>(i);
            contract_.limits.back().number = *bounds[i];
        }
    }

    // A bound, if the metric can have it.
    static std::optional<Number> read_bound(Metric metric, Bound bound, JsonView value,
                                            const Reporter& report) {
        const bool is_rate = bound == Bound::max_rate || bound == Bound::min_rate;
        if (!is_rate || row_of(metric).kind == MetricKind::count) return read_number(value, report);
        report.report(ProblemCode::out_of_range,
                      std::string(row_of(metric).name) +
                          " is no count of something: it has no rate per 100 words",
                      "Write max or min.");
        return std::nullopt;
    }

    // What is not a bound.
    static void read_condition(Limit& limit, std::string_view key, JsonView value,
                               const Reporter& report) {
        if (key == "min_words") {
            limit.min_words = read_least(value, report);
        } else if (key == "min_hits") {
            limit.min_hits = read_least(value, report);
        } else if (key == "severity") {
            if (const auto word = read_word(key, value, report, severity_names)) {
                limit.severity = static_cast<Severity>(*word);
            }
        } else if (key == "located") {
            if (const auto word = read_word(key, value, report, severity_names)) {
                limit.located = static_cast<Severity>(*word);
            }
        } else if (key == origin_key) {
            limit.from = value.text();
        } else {
            report.report(ProblemCode::unknown_key,
                          "key " + check::quoted(key) + " is not known in a rule",
                          text::name_hint(key, rule_keys));
        }
    }

    // A finite number.
    static std::optional<Number> read_number(JsonView value, const Reporter& report) {
        if (value.kind() != JsonKind::number) {
            report.wrong_kind("a limit", JsonKind::number, value, "Write it without quotes.");
            return std::nullopt;
        }
        const auto number = to_double(value.text());
        if (!number) {
            report.report(
                ProblemCode::out_of_range,
                "limit " + check::shown_number(value.text()) + " is beyond what a double holds",
                "Write a smaller number.");
            return std::nullopt;
        }
        return Number{without_zeros(value.text()), *number};
    }

    // A number that is not negative.
    static std::optional<Number> read_least(JsonView value, const Reporter& report) {
        auto number = read_number(value, report);
        if (!number || number->value >= 0) return number;
        report.report(ProblemCode::out_of_range, check::shown_number(value.text()) + " is negative",
                      "Write 0 or more.");
        return std::nullopt;
    }

    // One of some words, as its place in their list.
    template <std::size_t size>
    static std::optional<std::size_t> read_word(std::string_view name, JsonView value,
                                                const Reporter& report,
                                                const std::array<std::string_view, size>& words) {
        if (value.kind() != JsonKind::string) {
            report.wrong_kind(name, JsonKind::string, value, text::name_hint("", words));
            return std::nullopt;
        }
        const auto found = index_of(words, value.text());
        if (!found) {
            report.report(ProblemCode::not_in_vocabulary,
                          std::string(name) + " " + check::quoted(value.text()) + " is not known",
                          text::name_hint(value.text(), words));
        }
        return found;
    }

    // A lower limit above the upper one can never hold.
    static void check_order(const Bounds& bounds, Bound low, Bound high, const Reporter& report) {
        const auto& least = bounds[static_cast<std::size_t>(low)];
        const auto& most = bounds[static_cast<std::size_t>(high)];
        if (!least || !most || least->value <= most->value) return;
        report.report(ProblemCode::out_of_range,
                      std::string(name_of(low)) + " " + check::shown_number(least->digits) +
                          " is above " + std::string(name_of(high)) + " " +
                          check::shown_number(most->digits),
                      "No text could keep both.");
    }

    // The lists of phrases.
    void read_phrases(JsonView value, const Reporter& report) {
        if (value.kind() == JsonKind::string && value.text() == off) return;
        if (value.kind() != JsonKind::object) {
            return report.wrong_kind(phrases_key, JsonKind::object, value,
                                     "Write {\"forbidden\": [\"synergy\"]}, or \"off\".");
        }
        value.each_pair([&](std::string_view key, JsonView member) {
            const Reporter here = report.at(key);
            if (const auto use = index_of(phrase_uses, key)) {
                contract_.phrases.lists[*use] = read_phrase_list(member, here);
            } else if (key == "severity") {
                const auto word = read_word(key, member, here, severity_names);
                if (word) contract_.phrases.severity = static_cast<Severity>(*word);
            } else if (key == origin_key) {
                contract_.phrases.from = member.text();
            } else {
                here.report(ProblemCode::unknown_key,
                            "key " + check::quoted(key) + " is not known in phrases",
                            text::name_hint(key, phrase_keys));
            }
        });
    }

    // One list: keywords, each with a place perhaps.
    std::vector<Phrase> read_phrase_list(JsonView value, const Reporter& report) {
        const auto list = keywords::read_keyword_list(value, report, ticker_, place_key);
        std::vector<PhrasePlace> places;
        if (value.kind() == JsonKind::array) {
            value.each_element([&](std::uint32_t index, JsonView entry) {
                places.push_back(read_place(entry, report.at(index)));
            });
        }
        std::vector<Phrase> phrases;
        phrases.reserve(list.keywords().size());
        for (const match::Keyword& keyword : list.keywords()) {
            phrases.push_back(
                {std::string(list.text(keyword)), keyword.match, places[keyword.index]});
        }
        return phrases;
    }

    // Where a phrase must stand.
    static PhrasePlace read_place(JsonView entry, const Reporter& report) {
        if (entry.kind() != JsonKind::object) return PhrasePlace::anywhere;
        const auto place = check::find_key(entry, place_key);
        if (!place) return PhrasePlace::anywhere;
        const auto word = read_word(place_key, *place, report.at(place_key), phrase_places);
        return static_cast<PhrasePlace>(word.value_or(0));
    }

    Ticker& ticker_;
    Contract contract_;
};

}  // namespace

std::string_view name_of(Severity severity) noexcept {
    return severity_names[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severity_of(std::string_view name) noexcept {
    const auto found = index_of(severity_names, name);
    if (!found) return std::nullopt;
    return static_cast<Severity>(*found);
}

std::string_view name_of(Bound bound) noexcept {
    return bound_names[static_cast<std::size_t>(bound)];
}

Contract read_contract(check::JsonView contract, const check::Reporter& report, Ticker& ticker) {
    return ContractReader(ticker).read(contract, report);
}

}  // namespace aria_focus::core::contract
