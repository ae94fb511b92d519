#include "core/learn/suggestions.hpp"

#include "core/base/error.hpp"
#include "core/learn/function_words.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace aria_focus::core::learn {

namespace {

// What an entry may weigh: what a plain one does; enough for a tie; what takes a plain one back.
constexpr std::array<std::int32_t, 2> weights_for = {1000, 500};
constexpr std::array<std::int32_t, 1> weights_against = {-1000};

// How many candidates are asked exactly for each that is wanted, and how many more.
constexpr std::size_t asked_each = 4;
constexpr std::size_t asked_more = 20;

// Below so many messages a profile each feature counts, beyond only what two messages have.
constexpr std::size_t many_messages = 30;

// Reads messages without sorting them: each has a label of its own, its number.
Corpus read_messages(std::span<const LabelledMessage> messages, Ticker& ticker) {
    Corpus out;
    for (std::size_t i = 0; i < messages.size(); ++i)
        out.add(static_cast<Label>(i), messages[i].text, ticker);
    out.finish(ticker);
    return out;
}

// In how many messages a feature has to be.
std::uint32_t least_messages(std::size_t messages, std::size_t profiles) noexcept {
    return messages < many_messages * profiles ? 1 : 2;
}

}  // namespace

Suggester::Suggester(const route::Router& router, std::span<const match::KeywordList> lists,
                     std::span<const LabelledMessage> messages, const JudgeRules& rules,
                     std::size_t max_memory, Ticker& ticker)
    : lists_(lists),
      messages_(messages),
      rules_(rules),
      standings_(router, messages, rules, ticker),
      corpus_(read_messages(messages, ticker)),
      space_(
          corpus_, least_messages(messages.size(), router.profiles().size()),
          [](std::size_t) { return true; }, ticker) {
    index_messages(ticker);
    find_wanted();
    hope_.assign(space_.size(), 0);
    if (memory() > max_memory) {
        throw Error(ErrorKind::limit_exceeded,
                    "suggestions take more memory than aria_focus.max_learn_mb allows",
                    "They take " + std::to_string((memory() >> 20) + 1) + " MB; the limit is " +
                        std::to_string(max_memory >> 20) + " MB.",
                    "Raise aria_focus.max_learn_mb, or pass fewer messages.");
    }
}

std::size_t Suggester::memory() const noexcept {
    return standings_.memory() + corpus_.memory() + space_.memory() + rows_.memory() +
           index_.memory() + word_index_.memory() + is_wanted_.capacity() +
           hope_.capacity() * sizeof(std::int64_t);
}

void Suggester::index_messages(Ticker& ticker) {
    SparseRows pairs;
    SparseRows words;
    std::set<std::uint32_t> distinct;
    for (std::size_t i = 0; i < corpus_.size(); ++i) {
        const auto tokens = corpus_.tokens(i);
        ticker.tick(32 * tokens.size());
        space_.add_words(tokens, rows_);
        pairs.clear();
        space_.add_pairs(tokens, pairs);
        pairs.end_row();
        space_.add_phrases(pairs[0], rows_);
        rows_.end_row();
        if (!rules_.penalty) continue;
        distinct.clear();
        for (const Token token : tokens) distinct.insert(token.word);
        for (const std::uint32_t word : distinct) words.add(word);
        words.end_row();
    }
    index_ = rows_.transposed(space_.size());
    if (rules_.penalty) word_index_ = words.transposed(corpus_.words().size());
}

void Suggester::find_wanted() {
    is_wanted_.resize(space_.size());
    for (std::uint32_t feature = 0; feature < space_.size(); ++feature) {
        const Feature& it = space_[feature];
        const bool is_function =
            it.kind == FeatureKind::phrase
                ? is_function_word(space_.word(it.word)) && is_function_word(space_.word(it.other))
                : is_function_feature(space_, feature);
        is_wanted_[feature] = is_function ? 0 : 1;
    }
}

match::Match Suggester::match_of(std::uint32_t feature) const noexcept {
    return space_[feature].kind == FeatureKind::prefix ? match::Match::prefix : match::Match::word;
}

int Suggester::rank_of(std::uint32_t feature) const {
    const Feature& it = space_[feature];
    if (it.kind == FeatureKind::prefix) return 3;
    if (it.kind == FeatureKind::word) return 2;
    const bool has_function_word =
        is_function_word(space_.word(it.word)) || is_function_word(space_.word(it.other));
    return has_function_word ? 1 : 0;
}

bool Suggester::before(const Candidate& a, const Candidate& b) const {
    const auto rank = [this](const Candidate& it) {
        return std::tuple(it.breaks - it.fixes, it.breaks, rank_of(it.feature), -it.weight,
                          it.feature);
    };
    return rank(a) < rank(b);
}

std::vector<Suggester::Hope> Suggester::find_hopes(std::uint32_t profile, bool is_for) {
    std::vector<Hope> hopes;
    for (std::uint32_t i = 0; i < messages_.size(); ++i) {
        if (standings_.is_right(i) || (messages_[i].actual == profile) != is_for) continue;
        if (!is_for && !standings_.evidence(i, profile).is_positive()) continue;
        for (const std::uint32_t feature : rows_[i]) {
            if (is_wanted_[feature] == 0) continue;
            if (hope_[feature]++ == 0) hopes.push_back({feature, 0});
        }
    }
    for (Hope& hope : hopes) hope.most = std::exchange(hope_[hope.feature], 0);
    std::sort(hopes.begin(), hopes.end(), [](const Hope& a, const Hope& b) {
        return std::tuple(-a.most, a.feature) < std::tuple(-b.most, b.feature);
    });
    return hopes;
}

void Suggester::estimate(std::uint32_t profile, Candidate& candidate, const Hope& hope,
                         std::int64_t least, Ticker& ticker) const {
    for (const std::uint32_t i : index_[candidate.feature]) {
        ticker.tick(8);
        const Thousandths now = standings_.evidence(i, profile);
        const bool is_right = standings_.is_right_with(
            i, profile, now + Thousandths{candidate.weight}, standings_.penalty(i));
        candidate.fixes += is_right && !standings_.is_right(i) ? 1 : 0;
        candidate.breaks += !is_right && standings_.is_right(i) ? 1 : 0;
        if (hope.most - candidate.breaks < least) return;
    }
}

void Suggester::sift(std::uint32_t profile, std::span<const std::int32_t> weights, std::size_t room,
                     std::vector<Candidate>& pool, Ticker& ticker) {
    const auto is_before = [this](const Candidate& a, const Candidate& b) { return before(a, b); };
    std::vector<Candidate> best;  // a heap, the worst on top
    std::set<std::u32string_view> present;
    for (const match::Keyword& keyword : lists_[profile].keywords())
        present.insert(lists_[profile].folded(keyword));
    for (const Hope& hope : find_hopes(profile, weights.front() > 0)) {
        const bool is_full = best.size() == room;
        const std::int64_t least = is_full ? best[0].fixes - best[0].breaks : 1;
        if (hope.most < least) break;
        match::KeywordList entry;
        entry.add(space_.text(hope.feature));
        if (present.count(entry.folded(entry.keywords()[0])) != 0) continue;
        for (const std::int32_t weight : weights) {
            Candidate candidate{hope.feature, weight, 0, 0, {}};
            estimate(profile, candidate, hope, least, ticker);
            if (candidate.fixes - candidate.breaks < least) continue;
            best.push_back(std::move(candidate));
            std::push_heap(best.begin(), best.end(), is_before);
            if (best.size() <= room) continue;
            std::pop_heap(best.begin(), best.end(), is_before);
            best.pop_back();
        }
    }
    pool.insert(pool.end(), best.begin(), best.end());
}

std::vector<std::uint32_t> Suggester::learned_words(std::uint32_t feature) const {
    std::vector<std::uint32_t> out;
    if (!rules_.penalty || match_of(feature) != match::Match::word) return out;
    const Feature& it = space_[feature];
    const auto& known = rules_.penalty.known();
    if (!known.knows(space_.word(it.word))) out.push_back(it.word);
    const bool is_phrase = it.kind == FeatureKind::phrase;
    if (is_phrase && it.other != it.word && !known.knows(space_.word(it.other)))
        out.push_back(it.other);
    return out;
}

std::vector<std::uint32_t> Suggester::touched(std::uint32_t feature) const {
    std::vector<std::uint32_t> out(index_[feature].begin(), index_[feature].end());
    for (const std::uint32_t word : learned_words(feature))
        out.insert(out.end(), word_index_[word].begin(), word_index_[word].end());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

void Suggester::weigh(std::uint32_t profile, match::KeywordList& list, Candidate& candidate,
                      Ticker& ticker) {
    list.add(space_.text(candidate.feature), match_of(candidate.feature), candidate.weight);
    const route::Router alone({{std::string(), 1}}, {list}, ticker);
    list.remove_last();
    const std::vector<std::uint32_t> learned = learned_words(candidate.feature);
    candidate.fixes = 0;
    candidate.breaks = 0;
    bool hits = false;
    for (const std::uint32_t i : touched(candidate.feature)) {
        const auto& tallies = tallies_.count(alone, messages_[i].text, ticker);
        const Thousandths evidence = tallies.empty() ? Thousandths() : tallies[0].evidence;
        const auto entries = static_cast<std::uint32_t>(alone.matcher().entry_count());
        hits = hits || !tallies_.distinct(entries - 1, entries).empty();
        Thousandths penalty = standings_.penalty(i);
        if (!learned.empty()) {
            for (const Token token : corpus_.tokens(i)) {
                const bool is_learned =
                    std::find(learned.begin(), learned.end(), token.word) != learned.end();
                if (is_learned) penalty = penalty - rules_.penalty.each();
            }
        }
        const bool is_right = standings_.is_right_with(i, profile, evidence, penalty);
        if (is_right == standings_.is_right(i)) continue;
        ++(is_right ? candidate.fixes : candidate.breaks);
        if (is_right) candidate.mended.push_back(i);
    }
    if (!hits) candidate.fixes = 0;
}

void Suggester::take_best(std::uint32_t profile, std::vector<Candidate>& pool, std::size_t top,
                          std::vector<Suggestion>& out) const {
    std::sort(pool.begin(), pool.end(),
              [this](const Candidate& a, const Candidate& b) { return before(a, b); });
    std::set<std::uint32_t> mended;
    std::set<std::uint32_t> features;
    for (const Candidate& it : pool) {
        if (features.size() == top || it.fixes <= it.breaks) return;
        const bool is_new =
            std::any_of(it.mended.begin(), it.mended.end(),
                        [&](std::uint32_t message) { return mended.count(message) == 0; });
        if (!is_new || !features.insert(it.feature).second) continue;
        mended.insert(it.mended.begin(), it.mended.end());
        out.push_back({profile,
                       space_.text(it.feature),
                       match_of(it.feature),
                       {it.weight},
                       static_cast<std::size_t>(it.fixes),
                       static_cast<std::size_t>(it.breaks),
                       it.mended.front()});
    }
}

std::vector<Suggestion> Suggester::suggest(std::size_t top, Ticker& ticker) {
    std::vector<Suggestion> out;
    const std::size_t room = asked_each * std::min(top, space_.size()) + asked_more;
    for (std::uint32_t profile = 0; profile < lists_.size(); ++profile) {
        std::vector<Candidate> pool;
        sift(profile, weights_for, room, pool, ticker);
        sift(profile, weights_against, room, pool, ticker);
        match::KeywordList list = lists_[profile];
        for (Candidate& candidate : pool) weigh(profile, list, candidate, ticker);
        take_best(profile, pool, top, out);
    }
    std::stable_sort(out.begin(), out.end(), [](const Suggestion& a, const Suggestion& b) {
        const auto gain = [](const Suggestion& it) {
            return static_cast<std::int64_t>(it.fixes) - static_cast<std::int64_t>(it.breaks);
        };
        return std::tuple(-gain(a), a.breaks) < std::tuple(-gain(b), b.breaks);
    });
    return out;
}

}  // namespace aria_focus::core::learn
