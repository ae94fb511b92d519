// Times on a machine that others use too: contenders take turns of a few milliseconds, so that a slow
// moment meets all of them, and of each the fastest pass counts.
#pragma once

#include "engine.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <span>
#include <vector>

namespace aria_focus::bench {

// Seconds that a call takes.
template <class Call>
double seconds_of(Call&& call) {
    const auto begin = std::chrono::steady_clock::now();
    call();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Keeps results that nobody reads from being optimised away.
inline volatile std::uint64_t sink;

// Passes of one engine over all messages for about two milliseconds, two at least (the first finds the
// caches full of the one before); the fastest.
inline double take_turn(Engine& engine, std::span<const std::string> messages) {
    double best = std::numeric_limits<double>::max();
    double used = 0;
    for (int passes = 0; passes < 2 || used < 0.002; ++passes) {
        const double pass = seconds_of([&] { sink = sink + engine.run(messages); });
        used += pass;
        best = std::min(best, pass);
    }
    return best;
}

// The fastest pass of each engine, in seconds, after turns for about so long; three at least.
inline std::vector<double> race(std::span<const EnginePtr> engines,
                                std::span<const std::string> messages, double seconds) {
    std::vector<double> best(engines.size(), std::numeric_limits<double>::max());
    double used = 0;
    for (int turns = 0; turns < 3 || used < seconds; ++turns) {
        used += seconds_of([&] {
            for (std::size_t i = 0; i < engines.size(); ++i) {
                best[i] = std::min(best[i], take_turn(*engines[i], messages));
            }
        });
    }
    return best;
}

}  // namespace aria_focus::bench
