// From hits to the right focus: evidence per profile, ranking, routing.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/thousandths.hpp"
#include "core/match/matcher.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::route {

// What routing needs to know of an enabled profile; list i of the matcher belongs to profile i.
struct RoutingProfile {
    std::string focus_id;  // profiles are sorted by it, in C order
    std::int32_t delegation_level;
};

// A profile's share of a message.
struct Tally {
    std::uint32_t profile;
    std::uint64_t hits;    // all counted occurrences
    Thousandths evidence;  // the weights of the distinct keywords hit
};

// score(evidence): piecewise linear through (0, 0.1), (1, 0.6), (2, 0.8), (3, 1.0), flat outside.
double score_of(Thousandths evidence) noexcept;

// The enabled profiles of one state of the table, compiled. Build it, then only look.
class Router {
  public:
    // Compiles the profiles, which come sorted by focus_id, with their keyword lists.
    Router(std::vector<RoutingProfile> profiles, const std::vector<match::KeywordList>& lists,
           Ticker& ticker);

    // The profiles, in C order of focus_id.
    const std::vector<RoutingProfile>& profiles() const noexcept { return profiles_; }
    // The compiled keywords; list i is profiles()[i].
    const match::Matcher& matcher() const noexcept { return matcher_; }
    // The index of a focus, if it is there.
    std::optional<std::uint32_t> find(std::string_view focus_id) const noexcept;
    // The profile that takes what no keyword claims: the first of level 1.
    std::optional<std::uint32_t> first_core_profile() const noexcept { return first_core_; }

    // True if a goes before b: evidence, hits, delegation level, focus_id.
    bool before(const Tally& a, const Tally& b) const noexcept;

    // True if an entry of the matcher is of match auto or word.
    bool is_whole_word(std::uint32_t entry) const noexcept { return whole_words_[entry]; }

  private:
    std::vector<RoutingProfile> profiles_;
    match::Matcher matcher_;
    std::vector<bool> whole_words_;  // by entry
    std::optional<std::uint32_t> first_core_;
};

// Adds up hits; kept between messages so that none of them allocates.
class Tallies {
  public:
    // Scans the message and leaves one tally for each profile with a hit, in order of first hit.
    const std::vector<Tally>& count(const Router& router, std::string_view message, Ticker& ticker);

    // The index of a focus, if the router has it; that found last is found without a search.
    std::optional<std::uint32_t> find(const Router& router, std::string_view focus_id) noexcept;

    // The distinct keywords among [first, last) that the message counted last has hit, in list order;
    // good until the next count.
    std::span<const std::uint32_t> distinct(std::uint32_t first, std::uint32_t last);

    // The matcher's own state, for those who scan without counting.
    match::MatcherScratch& scratch() noexcept { return scratch_; }

  private:
    struct Slot {
        std::uint64_t generation = 0;  // the message for which `at` is set
        std::uint32_t at = 0;          // index in tallies_
    };

    // Forgets the message before.
    void start(const match::Matcher& matcher);
    // Adds one hit.
    void add(const match::Hit& hit);

    match::MatcherScratch scratch_;
    std::vector<Tally> tallies_;
    std::vector<Slot> slots_;                // by profile
    std::vector<std::uint64_t> entry_bits_;  // a bit set: the entries in distinct_
    std::vector<std::uint32_t> distinct_;    // entries hit, in order of first hit until asked for
    bool is_sorted_ = false;
    std::uint64_t generation_ = 0;
    std::uint32_t last_found_ = 0;  // by find(), in whatever router
};

// The Aria engine's score of a list under plain semantics: non-overlapping occurrences, 0 to 3 and more
// of them, give 0.1, 0.6, 0.8, 1.0; an empty list gives 0.3.
double specialty_score(const match::Matcher& plain, std::uint32_t list, std::string_view message,
                       match::MatcherScratch& scratch, Ticker& ticker);

// The Aria engine's scores of all lists, in one scan.
std::vector<double> specialty_scores(const match::Matcher& plain, std::string_view message,
                                     match::MatcherScratch& scratch, Ticker& ticker);

// The score of a message where no list can be asked.
inline constexpr double unknown_specialty = 0.3;

// Puts tallies into the order of rank.
void rank(const Router& router, std::span<Tally> tallies);

// When a message goes to rank 1 (thousandths would round them, so they come as they are).
struct RoutingRules {
    double threshold = 1;   // the evidence that it takes
    double min_margin = 0;  // how far ahead of the next it has to be
};

// True if evidence is positive and reaches the threshold.
bool is_claimed(Thousandths evidence, double threshold) noexcept;

// The profile a message goes to: that of rank 1 if it keeps the rules.
std::optional<std::uint32_t> route(const Router& router, const std::vector<Tally>& tallies,
                                   const RoutingRules& rules) noexcept;

}  // namespace aria_focus::core::route
