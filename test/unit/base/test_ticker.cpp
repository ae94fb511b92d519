// The owner of a long computation is asked often enough.
#include "core/base/ticker.hpp"

#include "support/catch.hpp"

#include <cstddef>

using aria_focus::core::Ticker;

namespace {

struct Stopped {};

std::size_t polls = 0;

// Counts how often it is asked.
void count_poll() {
    ++polls;
}

// Stops the computation.
void stop() {
    throw Stopped{};
}

}  // namespace

TEST_CASE("ticker: one poll for each period of small steps", "[ticker]") {
    polls = 0;
    Ticker ticker(count_poll);
    for (std::size_t i = 0; i < 10 * Ticker::period - 1; ++i) ticker.tick();
    CHECK(polls == 9);
    ticker.tick();
    CHECK(polls == 10);
}

TEST_CASE("ticker: a large step polls at once", "[ticker]") {
    polls = 0;
    Ticker ticker(count_poll);
    ticker.tick(Ticker::period - 1);
    CHECK(polls == 0);
    ticker.tick(5);
    CHECK(polls == 1);
    ticker.tick(static_cast<std::size_t>(-1));
    CHECK(polls == 2);
}

TEST_CASE("ticker: what the poll throws arrives, and the ticker goes on", "[ticker]") {
    Ticker ticker(stop);
    CHECK_THROWS_AS(ticker.tick(Ticker::period), Stopped);
    CHECK_NOTHROW(ticker.tick());
    CHECK_THROWS_AS(ticker.tick(Ticker::period), Stopped);
}

TEST_CASE("ticker: nobody to ask, nothing happens", "[ticker]") {
    Ticker ticker;
    CHECK_NOTHROW(ticker.tick(10 * Ticker::period));
}
