#include "core/contract/layers.hpp"

#include "core/check/problem.hpp"

#include <algorithm>

namespace aria_focus::core::contract {

namespace {

constexpr std::string_view every_text = "every text";
constexpr std::string_view of_budget = "budget";
constexpr std::array<std::string_view, 4> match_names = {"auto", "word", "prefix", "fragment"};

// True for a limit that caps.
bool is_upper(Bound bound) noexcept {
    return bound == Bound::max || bound == Bound::max_rate;
}

// True if no text can break `a` alone.
bool is_stricter(const Limit& a, const Limit& b) noexcept {
    return is_upper(a.bound) ? a.number.value < b.number.value : a.number.value > b.number.value;
}

// Takes all limits of a metric away.
void remove_limits(Contract& contract, Metric metric) {
    auto& limits = contract.limits;
    limits.erase(std::remove_if(limits.begin(), limits.end(),
                                [metric](const Limit& limit) { return limit.metric == metric; }),
                 limits.end());
}

// True if the contract has a limit of the metric.
bool has_limit(const Contract& contract, Metric metric) noexcept {
    return std::any_of(contract.limits.begin(), contract.limits.end(),
                       [metric](const Limit& limit) { return limit.metric == metric; });
}

// Adds a limit, or puts it in the place of a looser one of its kind.
void add_limit(Contract& contract, const Limit& limit) {
    const auto same =
        std::find_if(contract.limits.begin(), contract.limits.end(), [&limit](const Limit& other) {
            return other.metric == limit.metric && other.bound == limit.bound &&
                   other.severity == limit.severity;
        });
    if (same == contract.limits.end()) {
        contract.limits.push_back(limit);
    } else if (is_stricter(limit, *same)) {
        *same = limit;
    }
}

// Takes away what the layer turns off.
void apply_off(Contract& effective, const Contract& layer) {
    for (std::size_t i = 0; i < metric_count; ++i) {
        const auto metric = static_cast<Metric>(i);
        if (layer.named[i] && !has_limit(layer, metric)) remove_limits(effective, metric);
    }
    if (layer.phrases_named && layer.phrases.empty()) effective.phrases = {};
}

// True if a list has the phrase.
bool has_phrase(const std::vector<Phrase>& list, const Phrase& phrase) noexcept {
    return std::any_of(list.begin(), list.end(), [&phrase](const Phrase& other) {
        return other.text == phrase.text && other.match == phrase.match &&
               other.place == phrase.place;
    });
}

// Adds the phrases that are new; the graver severity stays.
void add_phrases(Phrases& phrases, const Phrases& more) {
    if (more.empty()) return;
    if (phrases.empty()) {
        phrases = more;
        return;
    }
    for (std::size_t use = 0; use < phrases.lists.size(); ++use) {
        for (const Phrase& phrase : more.lists[use]) {
            if (!has_phrase(phrases.lists[use], phrase)) phrases.lists[use].push_back(phrase);
        }
    }
    phrases.severity = std::max(phrases.severity, more.severity);
    phrases.from += ", " + more.from;
}

// Writes a contract as JSON.
class ContractWriter {
  public:
    // The whole contract.
    std::string write(const Contract& contract) {
        out_ = "{";
        for (std::size_t i = 0; i < metric_count; ++i)
            write_metric(contract, static_cast<Metric>(i));
        if (!contract.phrases.empty() || (contract.phrases_named && !contract.phrases.empty())) {
            write_phrases(contract.phrases);
        }
        if (contract.assume_english) write_member("language", quoted("en"));
        return out_ + "}";
    }

  private:
    // A text between quotes.
    static std::string quoted(std::string_view text) { return "\"" + check::escaped(text) + "\""; }
    // A key and its value.
    void write_member(std::string_view key, const std::string& value) {
        if (!out_.ends_with('{')) out_ += ", ";
        out_ += quoted(key) + ": " + value;
    }

    // All limits of a metric: one object, or an array of several.
    void write_metric(const Contract& contract, Metric metric) {
        const auto count =
            std::count_if(contract.limits.begin(), contract.limits.end(),
                          [metric](const Limit& limit) { return limit.metric == metric; });
        if (count == 0) return;
        std::string value;
        for (const Limit& limit : contract.limits) {
            if (limit.metric != metric) continue;
            if (!value.empty()) value += ", ";
            value += object_of(limit);
        }
        write_member(row_of(metric).name, count == 1 ? value : "[" + value + "]");
    }

    // One limit.
    static std::string object_of(const Limit& limit) {
        std::string out = "{" + quoted(name_of(limit.bound)) + ": " + limit.number.digits;
        if (limit.min_words) out += ", \"min_words\": " + limit.min_words->digits;
        if (limit.min_hits) out += ", \"min_hits\": " + limit.min_hits->digits;
        out += ", \"severity\": " + quoted(name_of(limit.severity));
        if (limit.located) out += ", \"located\": " + quoted(name_of(*limit.located));
        if (!limit.from.empty()) out += ", \"from\": " + quoted(limit.from);
        return out + "}";
    }

    // The lists of phrases that are not empty.
    void write_phrases(const Phrases& phrases) {
        std::string value = "{";
        for (std::size_t use = 0; use < phrase_uses.size(); ++use) {
            if (phrases.lists[use].empty()) continue;
            if (value.size() > 1) value += ", ";
            value += quoted(phrase_uses[use]) + ": [";
            for (const Phrase& phrase : phrases.lists[use]) {
                if (!value.ends_with('[')) value += ", ";
                value += element_of(phrase);
            }
            value += "]";
        }
        value += ", \"severity\": " + quoted(name_of(phrases.severity));
        if (!phrases.from.empty()) value += ", \"from\": " + quoted(phrases.from);
        write_member("phrases", value + "}");
    }

    // One phrase.
    static std::string element_of(const Phrase& phrase) {
        const bool is_plain =
            phrase.match == match::Match::automatic && phrase.place == PhrasePlace::anywhere;
        if (is_plain) return quoted(phrase.text);
        std::string out = "{\"keyword\": " + quoted(phrase.text);
        if (phrase.match != match::Match::automatic) {
            out += ", \"match\": " + quoted(match_names[static_cast<std::size_t>(phrase.match)]);
        }
        if (phrase.place != PhrasePlace::anywhere) {
            out += ", \"at\": " + quoted(phrase_places[static_cast<std::size_t>(phrase.place)]);
        }
        return out + "}";
    }

    std::string out_;
};

// A limit of every text.
Limit upper(Metric metric, Number number, Severity severity, std::string_view from) {
    return {metric, Bound::max, std::move(number), severity, {}, {}, {}, std::string(from)};
}

// 1.15 times a budget: what the true count of tokens exceeds in few texts whose estimate keeps it.
Number with_margin(std::int64_t budget) {
    const std::int64_t hundredths = budget * 115;
    std::string digits = std::to_string(hundredths / 100);
    if (const std::int64_t rest = hundredths % 100; rest != 0) {
        digits += rest % 10 == 0 ? "." + std::to_string(rest / 10)
                                 : (rest < 10 ? ".0" : ".") + std::to_string(rest);
    }
    return {std::move(digits), static_cast<double>(hundredths) / 100};
}

}  // namespace

Contract contract_of_every_text(std::int64_t token_budget, Ticker& ticker) {
    ticker.tick();
    Contract contract;
    if (token_budget > 0) {
        const Number budget{std::to_string(token_budget), static_cast<double>(token_budget)};
        contract.limits.push_back(
            upper(Metric::tokens, with_margin(token_budget), Severity::warning, of_budget));
        contract.limits.push_back(upper(Metric::tokens, budget, Severity::suggestion, of_budget));
    }
    const Number none{"0", 0};
    contract.limits.push_back(upper(Metric::unclosed_fences, none, Severity::warning, every_text));
    contract.limits.push_back(
        upper(Metric::invisible_characters, none, Severity::warning, every_text));
    contract.limits.push_back(upper(Metric::placeholders, none, Severity::suggestion, every_text));
    return contract;
}

void set_origin(Contract& layer, std::string_view from) {
    for (Limit& limit : layer.limits) limit.from = from;
    layer.phrases.from = from;
}

void add_layer(Contract& effective, const Contract& layer) {
    apply_off(effective, layer);
    for (const Limit& limit : layer.limits) add_limit(effective, limit);
    add_phrases(effective.phrases, layer.phrases);
    if (layer.language_named) effective.assume_english = layer.assume_english;
}

void add_own(Contract& effective, const Contract& own) {
    for (std::size_t i = 0; i < metric_count; ++i) {
        if (own.named[i]) remove_limits(effective, static_cast<Metric>(i));
    }
    effective.limits.insert(effective.limits.end(), own.limits.begin(), own.limits.end());
    if (own.phrases_named) effective.phrases = own.phrases;
    if (own.language_named) effective.assume_english = own.assume_english;
}

std::string to_json(const Contract& contract) {
    return ContractWriter().write(contract);
}

}  // namespace aria_focus::core::contract
