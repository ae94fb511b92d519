// Runs an operation again and again, each time with another allocation failing.
#pragma once

#include "failing_allocator.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <new>
#include <string>

namespace aria_focus::test {

// One attempt whose n-th allocation fails; false if it has fewer. The state must be usable afterwards.
template <class MakeState, class Answer>
bool attempt(const MakeState& make_state, const Answer& answer, const std::string& expected,
             std::size_t number, Failing failing) {
    bool has_failed = false;
    bool is_out = false;
    auto state = make_state();
    std::string found;
    try {
        const FailingAllocator allocator(number, failing);
        try {
            found = answer(state);
        } catch (const std::bad_alloc&) {
            is_out = true;
        }
        has_failed = allocator.has_failed();
    } catch (...) {
        FAIL("allocation " << number << ": something else than bad_alloc came out");
    }
    // Who can do without the memory (a sort without its buffer) has to be right.
    if (!is_out && found != expected) FAIL("allocation " << number << ": " << found);
    if (is_out && !has_failed) FAIL("bad_alloc though no allocation failed");
    const std::string again = answer(state);
    if (again != expected) FAIL("after allocation " << number << ": " << again);
    return has_failed;
}

// Lets every allocation of answer(state) fail, alone and with all that follow; returns how many it has.
template <class MakeState, class Answer>
std::size_t fail_everywhere(const MakeState& make_state, const Answer& answer) {
    std::string expected;
    {
        auto state = make_state();
        expected = answer(state);
    }
    INFO(expected);
    std::size_t count = 0;
    for (const Failing failing : {Failing::once, Failing::from_there}) {
        for (std::size_t number = 1;; ++number) {
            const std::ptrdiff_t before = FailingAllocator::live();
            const bool has_failed = attempt(make_state, answer, expected, number, failing);
            const std::ptrdiff_t lost = FailingAllocator::live() - before;
            if (lost != 0) FAIL("allocation " << number << ": " << lost << " are not given back");
            if (!has_failed) break;
            count = number;
        }
    }
    return count;
}

// For operations that keep nothing.
inline constexpr auto no_state = [] { return 0; };

}  // namespace aria_focus::test
