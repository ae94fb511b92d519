// Held-out estimates: each row is judged by a training that has not seen it.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/thousandths.hpp"
#include "core/learn/corpus.hpp"

#include <cstdint>
#include <vector>

namespace aria_focus::core::learn {

// By row the fold that it is held out in, 0 to folds - 1. Equal texts are in one fold, whatever their
// labels; the rows of a label are spread evenly, in an order that has nothing to do with their texts'.
std::vector<std::uint32_t> assign_folds(const Corpus& corpus, std::uint32_t folds);

// Of every row the best profile and by how much, profile after profile.
class Winners {
  public:
    explicit Winners(std::size_t rows) : rows_(rows) {}

    // What a profile gets of a row.
    void offer(std::size_t row, Label label, double evidence) noexcept;

    // The best profile, `nobody` where none gets anything; what it gets.
    Label best(std::size_t row) const noexcept { return rows_[row].label; }
    Thousandths evidence(std::size_t row) const noexcept { return rows_[row].evidence; }
    // True if it gets more than all others.
    bool is_clear(std::size_t row) const noexcept { return rows_[row].evidence > rows_[row].next; }

  private:
    struct Row {
        Thousandths evidence;
        Thousandths next;
        Label label = nobody;
    };

    std::vector<Row> rows_;
};

}  // namespace aria_focus::core::learn
