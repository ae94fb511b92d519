// The program's operator new, which fails when it is told to.
#pragma once

#include <cstddef>

namespace aria_focus::test {

// Which allocations fail: the n-th alone, or all from the n-th on.
enum class Failing { once, from_there };

// While it lives, the n-th allocation from now on fails.
class FailingAllocator {
  public:
    FailingAllocator(std::size_t number, Failing failing) noexcept;
    FailingAllocator(const FailingAllocator&) = delete;
    FailingAllocator& operator=(const FailingAllocator&) = delete;
    ~FailingAllocator();

    // True if one has failed.
    bool has_failed() const noexcept;

    // How many allocations the whole program has not given back.
    static std::ptrdiff_t live() noexcept;
};

}  // namespace aria_focus::test
