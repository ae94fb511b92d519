#include "core/route/routing.hpp"

#include "core/base/bytes.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace aria_focus::core::route {

namespace {

// The Aria engine's score of 0 to 3 and more occurrences.
constexpr std::array<double, 4> specialty_steps = {0.1, 0.6, 0.8, 1.0};

// How far the best tally is ahead of the next; of the only one it is its evidence.
Thousandths margin_of(const Tally& best, const std::vector<Tally>& tallies) noexcept {
    if (tallies.size() == 1) return best.evidence;
    Thousandths next = {std::numeric_limits<std::int64_t>::min()};
    for (const Tally& tally : tallies) {
        if (tally.profile != best.profile) next = std::max(next, tally.evidence);
    }
    return best.evidence - next;
}

}  // namespace

double score_of(Thousandths evidence) noexcept {
    if (!evidence.is_positive()) return 0.1;
    constexpr std::int64_t one = Thousandths::in_one;
    const std::int64_t x = evidence.count;
    if (x <= one) return static_cast<double>(one + 5 * x) / (10 * one);
    if (x < 3 * one) return static_cast<double>(4 * one + 2 * x) / (10 * one);
    return 1.0;
}

Router::Router(std::vector<RoutingProfile> profiles, const std::vector<match::KeywordList>& lists,
               Ticker& ticker)
    : profiles_(std::move(profiles)),
      matcher_(match::Matcher::compile(lists, match::Semantics::bounded, ticker)) {
    whole_words_.reserve(matcher_.entry_count());
    for (const match::KeywordList& list : lists) {
        for (const match::Keyword& keyword : list.keywords()) {
            whole_words_.push_back(keyword.match == match::Match::automatic ||
                                   keyword.match == match::Match::word);
        }
    }
    const auto core = std::find_if(profiles_.begin(), profiles_.end(), [](const auto& profile) {
        return profile.delegation_level == 1;
    });
    if (core != profiles_.end()) first_core_ = static_cast<std::uint32_t>(core - profiles_.begin());
}

std::optional<std::uint32_t> Router::find(std::string_view focus_id) const noexcept {
    const auto found = std::lower_bound(
        profiles_.begin(), profiles_.end(), focus_id,
        [](const RoutingProfile& profile, std::string_view id) { return profile.focus_id < id; });
    if (found == profiles_.end() || found->focus_id != focus_id) return std::nullopt;
    return static_cast<std::uint32_t>(found - profiles_.begin());
}

bool Router::before(const Tally& a, const Tally& b) const noexcept {
    if (a.evidence != b.evidence) return a.evidence > b.evidence;
    if (a.hits != b.hits) return a.hits > b.hits;
    const auto level_a = profiles_[a.profile].delegation_level;
    const auto level_b = profiles_[b.profile].delegation_level;
    if (level_a != level_b) return level_a < level_b;
    return a.profile < b.profile;
}

inline void Tallies::add(const match::Hit& hit) {
    Slot& slot = slots_[hit.list];
    if (slot.generation != generation_) {
        slot = {generation_, static_cast<std::uint32_t>(tallies_.size())};
        tallies_.push_back({hit.list, 0, {}});
    }
    Tally& tally = tallies_[slot.at];
    ++tally.hits;
    if (bit_at(entry_bits_.data(), hit.entry)) return;
    distinct_.push_back(hit.entry);
    set_bit(entry_bits_.data(), hit.entry);
    tally.evidence += {hit.weight};
}

const std::vector<Tally>& Tallies::count(const Router& router, std::string_view message,
                                         Ticker& ticker) {
    start(router.matcher());
    router.matcher().scan(message, scratch_, ticker, [&](const match::Hit& hit) {
        add(hit);
        return true;
    });
    return tallies_;
}

std::optional<std::uint32_t> Tallies::find(const Router& router,
                                           std::string_view focus_id) noexcept {
    // A statement mostly asks for one focus again and again.
    const auto& profiles = router.profiles();
    const bool is_last =
        last_found_ < profiles.size() && profiles[last_found_].focus_id == focus_id;
    const auto found = is_last ? std::optional(last_found_) : router.find(focus_id);
    if (found) last_found_ = *found;
    return found;
}

void Tallies::start(const match::Matcher& matcher) {
    ++generation_;
    tallies_.clear();
    for (const std::uint32_t entry : distinct_) clear_bit(entry_bits_.data(), entry);
    distinct_.clear();
    is_sorted_ = false;
    if (slots_.size() < matcher.list_count()) slots_.resize(matcher.list_count());
    const std::size_t words = matcher.entry_count() / 64 + 1;
    if (entry_bits_.size() < words) entry_bits_.resize(words);
}

std::span<const std::uint32_t> Tallies::distinct(std::uint32_t first, std::uint32_t last) {
    if (!is_sorted_) std::sort(distinct_.begin(), distinct_.end());
    is_sorted_ = true;
    const auto begin = std::lower_bound(distinct_.begin(), distinct_.end(), first);
    return {begin, std::lower_bound(begin, distinct_.end(), last)};
}

double specialty_score(const match::Matcher& plain, std::uint32_t list, std::string_view message,
                       match::MatcherScratch& scratch, Ticker& ticker) {
    const auto [first, last] = plain.entries_of(list);
    if (first == last) return unknown_specialty;
    std::size_t count = 0;
    plain.scan(message, scratch, ticker, [&](const match::Hit& hit) {
        if (hit.list == list) ++count;
        return count + 1 < specialty_steps.size();
    });
    return specialty_steps[count];
}

std::vector<double> specialty_scores(const match::Matcher& plain, std::string_view message,
                                     match::MatcherScratch& scratch, Ticker& ticker) {
    std::vector<std::uint8_t> counts(plain.list_count(), 0);
    plain.scan(message, scratch, ticker, [&](const match::Hit& hit) {
        if (counts[hit.list] + 1U < specialty_steps.size()) ++counts[hit.list];
        return true;
    });
    std::vector<double> scores(counts.size(), unknown_specialty);
    for (std::uint32_t list = 0; list < scores.size(); ++list) {
        const auto [first, last] = plain.entries_of(list);
        if (first != last) scores[list] = specialty_steps[counts[list]];
    }
    return scores;
}

void rank(const Router& router, std::span<Tally> tallies) {
    std::sort(tallies.begin(), tallies.end(),
              [&](const Tally& a, const Tally& b) { return router.before(a, b); });
}

bool is_claimed(Thousandths evidence, double threshold) noexcept {
    return evidence.is_positive() && evidence.value() >= threshold;
}

std::optional<std::uint32_t> route(const Router& router, const std::vector<Tally>& tallies,
                                   const RoutingRules& rules) noexcept {
    const auto best =
        std::min_element(tallies.begin(), tallies.end(),
                         [&](const Tally& a, const Tally& b) { return router.before(a, b); });
    if (best == tallies.end() || !is_claimed(best->evidence, rules.threshold)) return std::nullopt;
    if (rules.min_margin > 0 && margin_of(*best, tallies).value() < rules.min_margin) {
        return std::nullopt;
    }
    return best->profile;
}

}  // namespace aria_focus::core::route
