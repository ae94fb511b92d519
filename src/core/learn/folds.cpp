#include "core/learn/folds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>
#include <unordered_map>

namespace aria_focus::core::learn {

namespace {

// G. Fowler, L. C. Noll, K.-P. Vo's hash FNV-1a, which is the same everywhere.
std::uint64_t hash_of(std::string_view text) noexcept {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash;
}

}  // namespace

std::vector<std::uint32_t> assign_folds(const Corpus& corpus, std::uint32_t folds) {
    std::vector<std::uint64_t> hashes(corpus.size());
    for (std::size_t row = 0; row < hashes.size(); ++row) hashes[row] = hash_of(corpus.text(row));
    std::vector<std::uint32_t> order(corpus.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (corpus.label(a) != corpus.label(b)) return corpus.label(a) < corpus.label(b);
        return hashes[a] != hashes[b] ? hashes[a] < hashes[b] : a < b;
    });
    std::unordered_map<std::string_view, std::uint32_t> by_text;
    std::vector<std::uint32_t> out(corpus.size());
    for (std::uint32_t at = 0; at < order.size(); ++at) {
        out[order[at]] = by_text.emplace(corpus.text(order[at]), at % folds).first->second;
    }
    return out;
}

void Winners::offer(std::size_t row, Label label, double evidence) noexcept {
    Row& it = rows_[row];
    const Thousandths offered{std::llround(evidence * Thousandths::in_one)};
    if (offered > it.evidence) {
        it = {offered, it.evidence, label};
    } else {
        it.next = std::max(it.next, offered);
    }
}

}  // namespace aria_focus::core::learn
