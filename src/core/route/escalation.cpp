#include "core/route/escalation.hpp"

#include "core/text/text.hpp"

#include <algorithm>
#include <optional>

namespace aria_focus::core::route {

namespace {

// What a word can be a sign of. The first five are the signals, in the order of the reasons.
enum class Sign : std::uint8_t {
    several_minds,
    comparison,
    strategy,
    opinion,
    cross_domain,
    roundtable,
    swarm,
    decision,
};
constexpr std::size_t sign_count = 8;

// By the order of Sign.
constexpr std::array<EscalationPart, 5> signals = {{
    {"several-minds", {900}},
    {"comparison", {700}},
    {"strategy", {600}},
    {"opinion", {400}},
    {"cross-domain", {300}},
}};

// The words of one sign; phrases with spaces and with hyphens.
struct WordList {
    Sign sign;
    match::Match match;
    std::array<std::string_view, 9> words;  // the empty ones are none
};

constexpr std::array<WordList, 9> word_lists = {{
    {Sign::several_minds,
     match::Match::word,
     {"roundtable", "swarm", "discuss", "debate", "brainstorm"}},
    {Sign::comparison,
     match::Match::word,
     {"compare", "versus", "vs", "trade off", "trade-off", "tradeoff", "pros and cons",
      "pros-and-cons"}},
    {Sign::strategy,
     match::Match::word,
     {"should we", "should-we", "strategy", "rewrite", "refactor", "migrate", "redesign"}},
    {Sign::strategy, match::Match::prefix, {"architect"}},
    {Sign::opinion,
     match::Match::word,
     {"what do you think", "what-do-you-think", "your opinion", "your-opinion", "recommend",
      "advise", "suggest"}},
    {Sign::cross_domain,
     match::Match::word,
     {"also", "both", "and also", "and-also", "end to end", "end-to-end", "full stack",
      "full-stack", "holistic"}},
    {Sign::roundtable, match::Match::word, {"roundtable"}},
    {Sign::swarm, match::Match::word, {"swarm"}},
    {Sign::decision,
     match::Match::word,
     {"should", "decide", "choose", "pick", "vote", "yes or no", "yes-or-no"}},
}};

constexpr Thousandths threshold{600};
constexpr Thousandths cap = Thousandths::of(1);
constexpr Thousandths domain_step{150};
constexpr Thousandths most_for_domains{400};
constexpr std::size_t free_words = 50;
constexpr Thousandths word_step{5};
constexpr Thousandths most_for_words{200};

// The keyword list of some words.
match::KeywordList list_of(const WordList& list) {
    const auto end = std::find(list.words.begin(), list.words.end(), std::string_view());
    return match::KeywordList::of_texts({list.words.begin(), end}, list.match);
}

// All lists, compiled.
match::Matcher compile_signs(Ticker& ticker) {
    std::vector<match::KeywordList> lists;
    lists.reserve(word_lists.size());
    for (const WordList& list : word_lists) lists.push_back(list_of(list));
    return match::Matcher::compile(lists, match::Semantics::bounded, ticker);
}

// Where in a message each sign stands first.
using Signs = std::array<std::optional<std::uint32_t>, sign_count>;

// Looks for all signs at once.
Signs find_signs(const match::Matcher& matcher, std::string_view message,
                 match::MatcherScratch& scratch, Ticker& ticker) {
    Signs found;
    matcher.scan(message, scratch, ticker, [&](const match::Hit& hit) {
        auto& first = found[static_cast<std::size_t>(word_lists[hit.list].sign)];
        if (!first) first = hit.begin;
        return true;
    });
    return found;
}

// The way of working that the message names first, else the one that fits it.
EscalationMode mode_of(const Signs& signs) noexcept {
    const auto& roundtable = signs[static_cast<std::size_t>(Sign::roundtable)];
    const auto& swarm = signs[static_cast<std::size_t>(Sign::swarm)];
    if (roundtable && (!swarm || *roundtable < *swarm)) return EscalationMode::roundtable;
    if (swarm || signs[static_cast<std::size_t>(Sign::decision)]) return EscalationMode::swarm;
    return EscalationMode::roundtable;
}

// `count` steps, but not more than `most`.
Thousandths steps(std::size_t count, Thousandths step, Thousandths most) noexcept {
    if (count >= static_cast<std::size_t>(most.count)) return most;
    return std::min(Thousandths{static_cast<std::int64_t>(count) * step.count}, most);
}

// Adds a summand that is not 0.
void add(Escalation& sum, EscalationPart part) noexcept {
    if (part.value == Thousandths()) return;
    sum.parts[sum.part_count++] = part;
    sum.score += part.value;
}

}  // namespace

std::string_view name_of(EscalationMode mode) noexcept {
    constexpr std::array<std::string_view, 3> names = {"", "roundtable", "swarm"};
    return names[static_cast<std::size_t>(mode)];
}

EscalationRules::EscalationRules(Ticker& ticker) : matcher_(compile_signs(ticker)) {}

Escalation EscalationRules::assess(std::string_view message, std::size_t domains,
                                   match::MatcherScratch& scratch, Ticker& ticker) const {
    const Signs signs = find_signs(matcher_, message, scratch, ticker);
    Escalation result;
    for (std::size_t i = 0; i < signals.size(); ++i) {
        if (signs[i]) add(result, signals[i]);
    }
    if (domains >= 2) add(result, {"domains", steps(domains, domain_step, most_for_domains)});
    const std::size_t words = text::count_words(message, ticker);
    if (words > free_words) {
        add(result, {"length", steps(words - free_words, word_step, most_for_words)});
    }
    add(result, {"cap", std::min(cap - result.score, Thousandths())});
    if (result.score >= threshold) result.mode = mode_of(signs);
    return result;
}

std::vector<std::uint32_t> domains_of(const Router& router, std::vector<Tally> tallies) {
    std::vector<std::uint32_t> domains;
    rank(router, tallies);
    for (const Tally& tally : tallies) {
        if (tally.evidence >= Thousandths::of(1)) domains.push_back(tally.profile);
    }
    return domains;
}

}  // namespace aria_focus::core::route
