// A sparse 0/1 matrix: for each row the numbers of its columns.
#pragma once

#include "core/base/core_only.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace aria_focus::core::learn {

class SparseRows {
  public:
    // Adds a column to the row that is being written.
    void add(std::uint32_t column) { columns_.push_back(column); }
    // Ends the row that is being written.
    void end_row() { starts_.push_back(columns_.size()); }
    // Forgets all rows; the memory stays.
    void clear() {
        columns_.clear();
        starts_.assign(1, 0);
    }

    // How many rows there are.
    std::size_t size() const noexcept { return starts_.size() - 1; }
    // How many columns all rows have together.
    std::size_t total() const noexcept { return columns_.size(); }
    // The columns of a row.
    std::span<const std::uint32_t> operator[](std::size_t row) const noexcept {
        return {columns_.data() + starts_[row], columns_.data() + starts_[row + 1]};
    }
    // The columns of the row that is being written.
    std::span<std::uint32_t> open_row() noexcept {
        return {columns_.data() + starts_.back(), columns_.data() + columns_.size()};
    }
    // Takes columns off the end of the row that is being written.
    void shorten(std::size_t by) { columns_.resize(columns_.size() - by); }

    // Rows and columns exchanged: for each of `columns` columns its rows, ascending.
    SparseRows transposed(std::size_t columns) const;

    // Bytes of memory that it takes.
    std::size_t memory() const noexcept {
        return columns_.capacity() * sizeof(std::uint32_t) +
               starts_.capacity() * sizeof(std::uint64_t);
    }

  private:
    std::vector<std::uint32_t> columns_;
    std::vector<std::uint64_t> starts_ = {0};  // of each row, and the end
};

}  // namespace aria_focus::core::learn
