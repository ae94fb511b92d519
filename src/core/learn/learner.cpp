#include "core/learn/learner.hpp"

#include "core/base/error.hpp"
#include "core/learn/folds.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace aria_focus::core::learn {

namespace {

constexpr double unit = Thousandths::in_one;
// Labels a profile below which a feature may stand in a single row.
constexpr std::size_t many_rows = 30;
constexpr double heaviest = match::KeywordList::max_weight;

}  // namespace

// Compiles the old lists.
Learner::Learner(const Corpus& corpus, const Present& present, const LearnOptions& options,
                 std::size_t max_memory, Progress progress, Ticker& ticker)
    : corpus_(corpus),
      present_(present),
      options_(options),
      max_memory_(max_memory),
      progress_(std::move(progress)),
      matcher_(match::Matcher::compile(present.lists, match::Semantics::bounded, ticker)) {}

Learned Learner::learn(Ticker& ticker) {
    find_labels();
    read_present(ticker);
    if (options_.folds > 1) hold_out(ticker);
    Learned out;
    write_lists(out, ticker);
    find_scale(out);
    for (LearnedList& list : out.lists) {
        count_changes(list);
        fill_recall(list, out.scale);
    }
    return out;
}

void Learner::find_labels() {
    for (Label label = 0; label < present_.lists.size(); ++label) {
        const auto [first, last] = corpus_.rows_of(label);
        if (first != last) labels_.push_back(label);
    }
    if (labels_.size() < 2) {
        throw Error(
            ErrorKind::invalid_argument, "fewer than two profiles have messages to learn from",
            std::to_string(labels_.size()) + " of " + std::to_string(present_.lists.size()) +
                " enabled profiles have labelled messages.",
            "Add messages of other profiles: a list is learned against the others.");
    }
}

void Learner::read_present(Ticker& ticker) {
    std::vector<Label> label_of(present_.router.profiles().size(), nobody);
    for (const Label label : labels_) label_of[present_.profiles[label]] = label;
    route::Tallies tallies;
    is_right_.assign(corpus_.size(), 0);
    rivals_.assign(corpus_.size(), 0);
    for (std::size_t row = 0; row < corpus_.size(); ++row) {
        Winners winner(1);
        for (const route::Tally& tally :
             tallies.count(present_.router, corpus_.message(row), ticker)) {
            const double evidence = tally.evidence.value();
            const Label label = label_of[tally.profile];
            winner.offer(0, label, evidence);
            if (label == nobody) rivals_[row] = std::max(rivals_[row], evidence);
        }
        const bool is_routed = winner.is_clear(0) && winner.evidence(0) >= Thousandths::of(1);
        is_right_[row] = is_routed && winner.best(0) == corpus_.label(row) ? 1 : 0;
    }
    if (!options_.from_lists) return;
    old_.resize(present_.lists.size());
    for (Label label = 0; label < old_.size(); ++label) {
        for (const match::Keyword& keyword : present_.lists[label].keywords()) {
            old_[label].weights.push_back(keyword.weight / unit);
            std::string& text = old_[label].texts.emplace_back();
            for (const char32_t c : present_.lists[label].folded(keyword)) {
                text::utf8::append(text, c);
            }
        }
        std::sort(old_[label].texts.begin(), old_[label].texts.end());
    }
    match::MatcherScratch scratch;
    for (std::uint32_t row = 0; row < corpus_.size(); ++row) {
        matcher_.scan(corpus_.message(row), scratch, ticker, [&](const match::Hit& hit) {
            old_[hit.list].hits.emplace_back(row, hit.entry - matcher_.entries_of(hit.list).first);
            return true;
        });
    }
    for (OldList& old : old_) {
        std::sort(old.hits.begin(), old.hits.end());
        old.hits.erase(std::unique(old.hits.begin(), old.hits.end()), old.hits.end());
    }
}

std::uint32_t Learner::least_rows() const noexcept {
    return corpus_.rows_of(labels_.back()).second < many_rows * labels_.size() ? 1 : 2;
}

void Learner::hold_out(Ticker& ticker) {
    const auto folds = assign_folds(corpus_, options_.folds);
    winners_.emplace(corpus_.size());
    for (std::uint32_t fold = 0; fold < options_.folds; ++fold) {
        std::vector<std::uint8_t> is_trained(corpus_.size());
        for (std::size_t row = 0; row < folds.size(); ++row) is_trained[row] = folds[row] != fold;
        Training training(corpus_, old_, options_, is_trained, least_rows(), ticker);
        check_memory(training);
        for (const Label label : labels_) {
            training.fit(label, ticker);
            for (std::size_t row = 0; row < folds.size(); ++row) {
                if (folds[row] == fold) winners_->offer(row, label, training.scores()[row]);
            }
            advance();
        }
    }
}

void Learner::write_lists(Learned& out, Ticker& ticker) {
    const std::vector<std::uint8_t> is_trained(corpus_.size(), 1);
    Training training(corpus_, old_, options_, is_trained, least_rows(), ticker);
    check_memory(training);
    for (const Label label : labels_) {
        const Model& model = training.fit(label, ticker);
        LearnedList& list = out.lists.emplace_back();
        list.label = label;
        list.entries = options_.from_lists
                           ? write_list(training.space(), model,
                                        {present_.lists[label], matcher_, label}, ticker)
                           : write_list(training.space(), model);
        advance();
    }
}

void Learner::check_memory(const Training& training) const {
    const std::size_t bytes = corpus_.memory() + training.memory();
    if (bytes <= max_memory_) return;
    constexpr std::size_t megabyte = 1024 * 1024;
    throw Error(ErrorKind::limit_exceeded,
                "learning from " + std::to_string(corpus_.size()) + " messages takes " +
                    std::to_string(bytes / megabyte + 1) + " MB",
                "At most " + std::to_string(max_memory_ / megabyte) + " MB are allowed.",
                "Raise aria_focus.max_learn_mb, or learn from fewer messages.");
}

void Learner::find_scale(Learned& out) const {
    out.scaling = options_.from_lists ? Scaling::not_wanted : Scaling::no_folds;
    if (options_.from_lists || !winners_) return;
    std::vector<Thousandths> evidence;
    const std::size_t labelled = corpus_.rows_of(labels_.back()).second;
    for (std::size_t row = 0; row < labelled; ++row) evidence.push_back(winners_->evidence(row));
    std::sort(evidence.begin(), evidence.end());
    const auto at = static_cast<std::size_t>(options_.rejection * static_cast<double>(labelled));
    const double scale = evidence[std::min(at, labelled - 1)].value();
    out.scaling = Scaling::no_evidence;
    if (!(scale > 0)) return;
    double most = 0;
    for (const LearnedList& list : out.lists) {
        for (const LearnedEntry& entry : list.entries)
            most = std::max(most, std::abs(entry.weight));
    }
    out.scaling = Scaling::too_heavy;
    if (most / scale > heaviest) return;
    out.scaling = Scaling::done;
    out.scale = scale;
    for (LearnedList& list : out.lists) {
        for (LearnedEntry& entry : list.entries) entry.weight /= scale;
    }
}

void Learner::count_changes(LearnedList& list) const {
    const auto& keywords = present_.lists[list.label].keywords();
    if (!options_.from_lists) {
        list.added = list.entries.size();
        list.removed = keywords.size();
        return;
    }
    std::size_t kept = 0;
    for (const LearnedEntry& entry : list.entries) {
        if (!entry.is_old) continue;
        ++kept;
        list.reweighted += rounded_weight(entry.weight) != keywords[entry.source].weight ? 1 : 0;
    }
    list.added = list.entries.size() - kept;
    list.removed = keywords.size() - kept;
}

void Learner::fill_recall(LearnedList& list, double scale) const {
    const auto [first, last] = corpus_.rows_of(list.label);
    list.messages = last - first;
    std::size_t before = 0;
    std::size_t after = 0;
    for (std::size_t row = first; row < last; ++row) {
        before += is_right_[row];
        if (!winners_ || winners_->best(row) != list.label || !winners_->is_clear(row)) continue;
        const double evidence = winners_->evidence(row).value() / scale;
        after += evidence >= 1 && evidence > rivals_[row] ? 1 : 0;
    }
    list.recall_before = static_cast<double>(before) / static_cast<double>(list.messages);
    if (winners_)
        list.recall_after = static_cast<double>(after) / static_cast<double>(list.messages);
}

void Learner::advance() {
    ++done_;
    const std::size_t trainings = options_.folds > 1 ? options_.folds + 1 : 1;
    if (progress_) progress_(done_, trainings * labels_.size());
}

}  // namespace aria_focus::core::learn
