#include "core/learn/training.hpp"

#include "core/learn/function_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace aria_focus::core::learn {

namespace {

// How many halves of the entries that there may be are fitted, time after time: what is not needed beside
// the others falls back before it takes a place.
constexpr std::array<std::size_t, 5> narrowing = {8, 6, 4, 3, 2};

// Says of a row whether it is trained on.
FeatureSpace::IsCounted trained_only(const std::vector<std::uint8_t>& is_trained) {
    return [&is_trained](std::size_t row) { return is_trained[row] != 0; };
}

}  // namespace

// Finds the features of the rows that are trained on, and makes room for their weights.
Training::Training(const Corpus& corpus, std::span<const OldList> old, const LearnOptions& options,
                   const std::vector<std::uint8_t>& is_trained, std::uint32_t least, Ticker& ticker)
    : corpus_(corpus),
      old_(old),
      options_(options),
      is_trained_(is_trained),
      space_(corpus, least, trained_only(is_trained), ticker),
      solver_(corpus, is_trained) {
    for (std::size_t row = 0; row < corpus.size(); ++row) {
        const auto tokens = corpus.tokens(row);
        ticker.tick(64 * tokens.size());
        space_.add_pairs(tokens, pairs_);
        pairs_.end_row();
        space_.add_words(tokens, shared_.rows);
        space_.add_phrases(pairs_[row], shared_.rows);
        shared_.rows.end_row();
    }
    shared_.index = shared_.rows.transposed(space_.size());
}

const Model& Training::fit(Label label, Ticker& ticker) {
    model_.is_independent = false;
    const auto [first, last] = corpus_.rows_of(label);
    const auto begin = is_trained_.begin();
    if (std::count(begin + static_cast<std::ptrdiff_t>(first),
                   begin + static_cast<std::ptrdiff_t>(last), 1) == 0) {
        keep(label, ticker);
    } else if (old_.empty()) {
        fit_from_nothing(label, ticker);
    } else {
        fit_from_list(label, ticker);
    }
    return model_;
}

void Training::keep(Label label, Ticker& ticker) {
    columns_ = space_.size();
    if (old_.empty()) {
        model_.weights.assign(columns_, 0.0);
        own_ = {};
    } else {
        model_.weights = start_of(old_[label]);
        listed_.assign(columns_, 1);
        write_old_and_listed(old_[label], false);
    }
    solver_.score(model_.weights, {label, from_lists, shared_, 0, own_}, ticker);
}

std::vector<double> Training::start_of(const OldList& old) {
    columns_ = space_.size() + old.weights.size();
    std::vector<double> start(space_.size(), 0.0);
    start.insert(start.end(), old.weights.begin(), old.weights.end());
    return start;
}

void Training::solve(const Problem& problem, std::span<const double> start, Ticker& ticker) {
    model_.weights = solver_.train(problem, start, ticker);
}

void Training::cut(const Problem& problem, Ticker& ticker) {
    for (std::size_t i = 0; i < columns_; ++i) {
        double& weight = model_.weights[i];
        if (std::abs(weight) < options_.cut) weight = 0;
        listed_[i] = weight != 0 ? 1 : 0;
    }
    // Where a phrase went, one that overlapped it may count.
    if (old_.empty()) {
        write_own(ticker);
    } else {
        write_old_and_listed(old_[problem.label], true);
    }
    solver_.score(model_.weights, problem, ticker);
}

void Training::write_own(Ticker& ticker) {
    ticker.tick(pairs_.total());
    if (model_.is_independent) {
        write_hits();
    } else {
        write_counted_phrases();
    }
}

void Training::fit_from_nothing(Label label, Ticker& ticker) {
    columns_ = space_.size();
    const std::vector<double> zeros(columns_, 0.0);
    const auto all = static_cast<std::uint32_t>(columns_);
    solve({label, from_nothing, shared_, all, empty_}, zeros, ticker);
    listed_.assign(columns_, 0);
    list_best(space_.first_phrase(), all, options_.phrases);
    write_counted_phrases();
    const Problem problem{label, from_nothing, shared_, space_.first_phrase(), own_};
    solve(problem, zeros, ticker);
    if (options_.max_entries) {
        narrow(label, *options_.max_entries, ticker);
    } else {
        cut(problem, ticker);
    }
}

void Training::narrow(Label label, std::size_t most, Ticker& ticker) {
    const std::vector<double> zeros(columns_, 0.0);
    const Problem problem{label, for_few_entries, shared_, 0, own_};
    model_.is_independent = true;
    for (const std::size_t halves : narrowing) {
        listed_.assign(columns_, 0);
        list_best(0, static_cast<std::uint32_t>(columns_), most * halves / 2);
        write_hits();
        solve(problem, zeros, ticker);
    }
    cut(problem, ticker);
}

void Training::fit_from_list(Label label, Ticker& ticker) {
    const OldList& old = old_[label];
    const auto all = static_cast<std::uint32_t>(space_.size());
    std::vector<double> start = start_of(old);
    row_counts_.assign(old.weights.size(), 0);
    for (const auto& [row, entry] : old.hits) row_counts_[entry] += is_trained_[row];

    listed_.assign(columns_, 0);
    std::fill(listed_.begin() + all, listed_.end(), 1);
    const Problem problem{label, from_lists, shared_, 0, own_};
    if (options_.new_entries > 0) {
        write_old_and_listed(old, false);
        solve({label, from_lists, shared_, all, own_}, start, ticker);
        for (std::uint32_t feature = 0; feature < all; ++feature) {
            double& weight = model_.weights[feature];
            if (weight != 0 && !is_wanted(old, feature)) weight = 0;
        }
        for (const std::size_t halves : narrowing) {
            std::fill(listed_.begin(), listed_.begin() + all, 0);
            list_best(0, all, halves * options_.new_entries / 2);
            write_old_and_listed(old, true);
            solve(problem, start, ticker);
        }
    } else {
        write_old_and_listed(old, true);
        solve(problem, start, ticker);
    }
    if (options_.max_entries) {
        listed_.assign(columns_, 0);
        list_best(0, static_cast<std::uint32_t>(columns_), *options_.max_entries);
        for (std::size_t i = 0; i < columns_; ++i) start[i] *= listed_[i];
        write_old_and_listed(old, true);
        solve(problem, start, ticker);
    }
    cut(problem, ticker);
}

double Training::importance(std::uint32_t feature) const noexcept {
    const std::uint32_t rows =
        feature < space_.size() ? space_[feature].rows : row_counts_[feature - space_.size()];
    return std::abs(model_.weights[feature]) * std::sqrt(std::sqrt(static_cast<double>(rows)));
}

bool Training::is_wanted(const OldList& old, std::uint32_t feature) const {
    const bool may_be = options_.function_words || !is_function_feature(space_, feature);
    return may_be && !std::binary_search(old.texts.begin(), old.texts.end(), space_.text(feature));
}

void Training::list_best(std::uint32_t first, std::uint32_t last, std::size_t most) {
    std::vector<std::pair<double, std::uint32_t>> ranked;
    for (std::uint32_t feature = first; feature < last; ++feature) {
        if (model_.weights[feature] != 0) ranked.emplace_back(importance(feature), feature);
    }
    if (ranked.size() > most) {
        const auto is_better = [&](const auto& a, const auto& b) {
            if (a.first != b.first) return a.first > b.first;
            const bool are_new = std::max(a.second, b.second) < space_.size();
            return are_new ? space_.text_before(a.second, b.second) : a.second < b.second;
        };
        std::nth_element(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(most),
                         ranked.end(), is_better);
        ranked.resize(most);
    }
    for (const auto& [value, feature] : ranked) listed_[feature] = 1;
}

void Training::write_counted_phrases() {
    own_.rows.clear();
    for (std::size_t row = 0; row < corpus_.size(); ++row) {
        space_.add_counted_phrases(pairs_[row], listed_, own_.rows);
        own_.rows.end_row();
    }
    own_.index = own_.rows.transposed(columns_);
}

void Training::find_hitters() {
    const std::size_t words = corpus_.words().size();
    hitters_.assign(words, FeatureSpace::none);
    for (std::uint32_t word = 0; word < words; ++word) {
        for (const std::uint32_t feature : space_.of_word(word)) {
            if (listed_[feature] != 0) hitters_[word] = feature;
        }
    }
}

void Training::write_hits() {
    find_hitters();
    own_.rows.clear();
    for (std::size_t row = 0; row < corpus_.size(); ++row) {
        space_.add_hits(corpus_.tokens(row), hitters_, own_.rows);
        space_.add_counted_phrases(pairs_[row], listed_, own_.rows);
        own_.rows.end_row();
    }
    own_.index = own_.rows.transposed(columns_);
}

void Training::write_old_and_listed(const OldList& old, bool with_listed) {
    own_.rows.clear();
    auto hit = old.hits.begin();
    for (std::uint32_t row = 0; row < corpus_.size(); ++row) {
        for (; hit != old.hits.end() && hit->first == row; ++hit) {
            const auto column = static_cast<std::uint32_t>(space_.size()) + hit->second;
            if (listed_[column] != 0) own_.rows.add(column);
        }
        if (with_listed) {
            for (const std::uint32_t feature : shared_.rows[row]) {
                if (feature < space_.first_phrase() && listed_[feature] != 0)
                    own_.rows.add(feature);
            }
            space_.add_counted_phrases(pairs_[row], listed_, own_.rows);
        }
        own_.rows.end_row();
    }
    own_.index = own_.rows.transposed(columns_);
}

std::size_t Training::memory() const noexcept {
    return space_.memory() + shared_.rows.memory() + shared_.index.memory() + pairs_.memory() +
           own_.rows.memory() + own_.index.memory();
}

}  // namespace aria_focus::core::learn
