// Random cases that can be repeated: one seed, printed by every failing case, set by
// ARIA_FOCUS_SEED. Only the generator is the standard library's: its distributions differ between
// implementations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>

namespace aria_focus::test {

// The seed of this run.
inline std::uint64_t seed() {
    static const std::uint64_t value = [] {
        const char* const given = std::getenv("ARIA_FOCUS_SEED");
        return given != nullptr ? std::strtoull(given, nullptr, 10) : 20240229ull;
    }();
    return value;
}

class Random {
  public:
    // `stream` tells the test cases of one seed apart.
    explicit Random(std::uint64_t stream) : generator_(seed() * 1'000'003 + stream) {}

    // A number in [0, limit).
    std::size_t below(std::size_t limit) { return generator_() % limit; }
    // A number in [first, last].
    std::size_t between(std::size_t first, std::size_t last) {
        return first + below(last - first + 1);
    }
    // True once in `times`.
    bool once_in(std::size_t times) { return below(times) == 0; }

    // One of the items.
    template <class Items>
    auto pick(const Items& items) {
        return items[below(items.size())];
    }

  private:
    std::mt19937_64 generator_;
};

}  // namespace aria_focus::test
