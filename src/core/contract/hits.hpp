// What was found where: counts of all metrics, and the places of the first hits of each.
#pragma once

#include "core/base/core_only.hpp"
#include "core/contract/metric.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace aria_focus::core::contract {

// A stretch of a text, in bytes.
struct Span {
    std::uint32_t begin;
    std::uint32_t end;
};

// One hit of a metric.
struct Hit {
    static constexpr std::uint32_t no_entry = 0xFFFFFFFF;

    Metric metric;
    Span span;
    std::uint32_t entry;  // of the lexicons' matcher, or no_entry
};

class Hits {
  public:
    // So many hits of a metric keep their place.
    static constexpr std::size_t most_located = 20;

    // Counts a hit.
    void add(Metric metric, Span span, std::uint32_t entry = Hit::no_entry) {
        if (counts_[index(metric)]++ < most_located) located_.push_back({metric, span, entry});
    }
    // Counts what has no place.
    void count(Metric metric, std::uint64_t more = 1) noexcept { counts_[index(metric)] += more; }
    // How many there are of a metric.
    std::uint64_t of(Metric metric) const noexcept { return counts_[index(metric)]; }
    // The first hits of all metrics, in order of each metric's own places.
    const std::vector<Hit>& located() const noexcept { return located_; }

  private:
    // The place of a metric's count.
    static std::size_t index(Metric metric) noexcept { return static_cast<std::size_t>(metric); }

    std::array<std::uint64_t, metric_count> counts_{};
    std::vector<Hit> located_;
};

}  // namespace aria_focus::core::contract
