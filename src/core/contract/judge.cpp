#include "core/contract/judge.hpp"

#include "core/check/problem.hpp"
#include "core/contract/breach.hpp"
#include "core/contract/phrase_reader.hpp"
#include "core/contract/reading.hpp"
#include "core/match/keyword_list.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace aria_focus::core::contract {

namespace {

constexpr std::array<std::string_view, 3> phrase_rules = {"phrases.forbidden", "phrases.required",
                                                          "phrases.required_any"};
constexpr std::string_view language_rule = "language";

// A limit that a text breaks.
struct Breach {
    const Limit* limit;
    double measured;
};

// Makes the findings of one text.
class Linter {
  public:
    Linter(std::string_view text, const CompiledContract& contract, const Judge& judge)
        : contract_(contract.contract()),
          judge_(judge),
          reading_(text, contract_.assume_english, judge.lexicons, judge.scratch, judge.ticker),
          phrases_(text, contract, judge) {}

    // All of them in order.
    std::vector<Finding> lint() {
        for (const Limit& limit : contract_.limits) judge_limit(limit);
        note_language();
        for (const Breach& breach : breaches_) add_whole(breach);
        locate();
        add_phrases();
        order_findings(reading_.text(), findings_);
        return std::move(findings_);
    }

  private:
    // Keeps a limit that is broken.
    void judge_limit(const Limit& limit) {
        judge_.ticker.tick(16);
        if (const auto measured = broken(limit, reading_)) breaches_.push_back({&limit, *measured});
    }

    // Says that the rules of English words were silent.
    void note_language() {
        const auto silent =
            std::count_if(contract_.limits.begin(), contract_.limits.end(),
                          [](const Limit& l) { return row_of(l.metric).stage == Stage::english; });
        if (silent == 0 || reading_.is_english()) return;
        findings_.push_back(
            {language_rule,
             Severity::suggestion,
             "the text does not look English: " + std::to_string(silent) +
                 (silent == 1 ? " limit of its words is" : " limits of its words are") +
                 " not judged",
             {},
             {},
             {},
             {},
             {}});
    }

    // What the whole text is said to break.
    void add_whole(const Breach& breach) {
        const Limit& limit = *breach.limit;
        std::string message = shown(breach.measured) + " " + std::string(row_of(limit.metric).what);
        if (is_rate(limit.bound)) message += " per 100 words";
        message += (is_upper(limit.bound) ? ", limit " : ", at least ") + limit.number.digits;
        if (const Hit* const first = first_hit(limit); first != nullptr) {
            message += " (first: " + check::quoted(matched(first->span)) + ")";
        }
        findings_.push_back({row_of(limit.metric).name,
                             limit.severity,
                             std::move(message),
                             {},
                             {},
                             breach.measured,
                             limit.number.value,
                             {}});
    }

    // The first hit of a limit from above.
    const Hit* first_hit(const Limit& limit) const noexcept {
        if (!is_upper(limit.bound)) return nullptr;
        const auto& located = reading_.hits().located();
        const auto found = std::find_if(located.begin(), located.end(),
                                        [&](const Hit& hit) { return hit.metric == limit.metric; });
        return found == located.end() ? nullptr : &*found;
    }

    // What stands at a place.
    std::string_view matched(Span span) const noexcept {
        return reading_.text().substr(span.begin, span.end - span.begin);
    }

    // The places of hits of broken limits, each once, as grave as the gravest limit says.
    void locate() {
        std::array<const Breach*, metric_count> gravest{};
        for (const Breach& breach : breaches_) {
            if (!is_upper(breach.limit->bound)) continue;
            const Breach*& best = gravest[static_cast<std::size_t>(breach.limit->metric)];
            const bool is_graver =
                best == nullptr || severity_of_hits(*breach.limit) > severity_of_hits(*best->limit);
            if (is_graver) best = &breach;
        }
        for (const Hit& hit : reading_.hits().located()) {
            const Breach* const breach = gravest[static_cast<std::size_t>(hit.metric)];
            if (breach != nullptr) add_located(*breach, hit);
        }
    }

    // One hit.
    void add_located(const Breach& breach, const Hit& hit) {
        const std::string_view suggestion = hit.entry == Hit::no_entry
                                                ? std::string_view()
                                                : judge_.lexicons.entry(hit.entry).suggestion;
        std::string message =
            check::quoted(matched(hit.span)) + " counts as " + std::string(row_of(hit.metric).name);
        findings_.push_back({row_of(hit.metric).name,
                             severity_of_hits(*breach.limit),
                             std::move(message),
                             hit.span,
                             {},
                             breach.measured,
                             breach.limit->number.value,
                             suggestion});
    }

    // Phrases that are there and must not, or the other way round.
    void add_phrases() {
        const Phrases& phrases = contract_.phrases;
        std::uint64_t forbidden = 0;
        std::vector<bool> present(list(PhraseUse::required).size());
        bool any = list(PhraseUse::required_any).empty();
        std::vector<Finding> located;
        phrases_.read([&](PhraseUse use, std::uint32_t entry, Span span) {
            if (use == PhraseUse::required) present[entry] = true;
            if (use == PhraseUse::required_any) any = true;
            if (use == PhraseUse::forbidden && forbidden++ < Hits::most_located) {
                located.push_back({phrase_rules[0],
                                   phrases.severity,
                                   check::quoted(matched(span)) + " is a forbidden phrase",
                                   span,
                                   {},
                                   {},
                                   {},
                                   {}});
            }
            return true;
        });
        if (forbidden > 0) add_forbidden(forbidden, located.front());
        for (Finding& finding : located) {
            finding.measured = static_cast<double>(forbidden);
            finding.allowed = 0;
            findings_.push_back(std::move(finding));
        }
        for (std::size_t i = 0; i < present.size(); ++i) {
            if (!present[i]) add_missing(PhraseUse::required, list(PhraseUse::required)[i].text);
        }
        if (!any) add_missing(PhraseUse::required_any, list(PhraseUse::required_any).front().text);
    }

    // One list of phrases.
    const std::vector<Phrase>& list(PhraseUse use) const noexcept {
        return contract_.phrases.lists[static_cast<std::size_t>(use)];
    }

    // How many forbidden phrases there are.
    void add_forbidden(std::uint64_t count, const Finding& first) {
        findings_.push_back({phrase_rules[0],
                             contract_.phrases.severity,
                             std::to_string(count) + " forbidden phrases, limit 0 (first: " +
                                 check::quoted(matched(*first.span)) + ")",
                             {},
                             {},
                             static_cast<double>(count),
                             0,
                             {}});
    }

    // A phrase that is missing.
    void add_missing(PhraseUse use, std::string_view phrase) {
        const std::string message =
            use == PhraseUse::required
                ? "required phrase " + check::quoted(phrase) + " is missing"
                : "none of the phrases is there (first: " + check::quoted(phrase) + ")";
        findings_.push_back({phrase_rules[static_cast<std::size_t>(use)],
                             contract_.phrases.severity,
                             message,
                             {},
                             {},
                             0,
                             1,
                             {}});
    }

    const Contract& contract_;
    const Judge& judge_;
    Reading reading_;
    PhraseReader phrases_;
    std::vector<Breach> breaches_;
    std::vector<Finding> findings_;
};

// The whole text first, then by place and rule; findings that are equal there keep their order.
void sort(std::vector<Finding>& findings) {
    const auto key = [](const Finding& finding) {
        return std::tuple(finding.span ? std::int64_t{finding.span->begin} : -1, finding.rule);
    };
    std::stable_sort(findings.begin(), findings.end(),
                     [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

// Counts characters and lines up to each finding, in one walk.
void add_positions(std::string_view text, std::vector<Finding>& findings) {
    std::uint32_t done = 0;
    Position here{1, 0, 1, 1};
    for (Finding& finding : findings) {
        if (!finding.span) continue;
        const auto [begin, end] = *finding.span;
        const std::string_view passed = text.substr(done, begin - done);
        const auto breaks = std::count(passed.begin(), passed.end(), '\n');
        const std::size_t line = breaks == 0 ? 0 : passed.rfind('\n') + 1;
        const auto behind = static_cast<std::int64_t>(text::utf8::count(passed.substr(line)));
        here.at += static_cast<std::int64_t>(text::utf8::count(passed));
        here.line += breaks;
        here.column = breaks == 0 ? here.column + behind : 1 + behind;
        here.length = static_cast<std::int64_t>(text::utf8::count(text.substr(begin, end - begin)));
        finding.position = here;
        done = begin;
    }
}

// Compiles the phrases of a contract, a list a use.
std::optional<match::Matcher> compile_phrases(const Phrases& phrases, Ticker& ticker) {
    if (phrases.empty()) return std::nullopt;
    std::vector<match::KeywordList> lists(phrases.lists.size());
    for (std::size_t use = 0; use < lists.size(); ++use) {
        for (const Phrase& phrase : phrases.lists[use]) lists[use].add(phrase.text, phrase.match);
    }
    return match::Matcher::compile(lists, match::Semantics::bounded, ticker);
}

}  // namespace

CompiledContract::CompiledContract(Contract contract, Ticker& ticker)
    : contract_(std::move(contract)), phrases_(compile_phrases(contract_.phrases, ticker)) {}

std::vector<Finding> lint(std::string_view text, const CompiledContract& contract,
                          const Judge& judge) {
    return Linter(text, contract, judge).lint();
}

void order_findings(std::string_view text, std::vector<Finding>& findings) {
    sort(findings);
    add_positions(text, findings);
}

std::string shown(double value) {
    constexpr double largest = 1e15;
    if (!(value > -largest && value < largest)) return std::to_string(value);
    const long long hundredths = std::llround(value * 100);
    const long long whole = hundredths / 100, rest = std::llabs(hundredths % 100);
    std::string out = (hundredths < 0 && whole == 0 ? "-" : "") + std::to_string(whole);
    if (rest == 0) return out;
    out += rest < 10 ? ".0" : ".";
    return out + std::to_string(rest % 10 == 0 ? rest / 10 : rest);
}

}  // namespace aria_focus::core::contract
