#include "core/learn/sparse_rows.hpp"

namespace aria_focus::core::learn {

SparseRows SparseRows::transposed(std::size_t columns) const {
    SparseRows out;
    out.starts_.assign(columns + 1, 0);
    for (const std::uint32_t column : columns_) ++out.starts_[column + 1];
    for (std::size_t i = 0; i < columns; ++i) out.starts_[i + 1] += out.starts_[i];
    out.columns_.resize(columns_.size());
    std::vector<std::uint64_t> next(out.starts_.begin(), out.starts_.end() - 1);
    for (std::size_t row = 0; row < size(); ++row) {
        for (const std::uint32_t column : (*this)[row]) {
            out.columns_[next[column]++] = static_cast<std::uint32_t>(row);
        }
    }
    return out;
}

}  // namespace aria_focus::core::learn
