// The estimate of tokens: its parts, its error on texts whose count is known, its time.
#include "core/contract/tokens.hpp"

#include "core/base/ticker.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

// The estimate of a text.
std::int64_t tokens(std::string_view text) {
    aria_focus::core::Ticker ticker;
    return aria_focus::core::contract::estimate_tokens(text, ticker);
}

// A text and what o200k makes of it.
struct Counted {
    std::int64_t count;
    std::string_view text;
};

constexpr Counted texts[] = {
#include "sentences/tokens.inc"
};

}  // namespace

TEST_CASE("tokens: the parts", "[contract][tokens]") {
    CHECK(tokens("") == 0);
    CHECK(tokens(" ") == 0);
    CHECK(tokens("a") == 2);  // 1.01, rounded up
    CHECK(tokens("the cat") == 3);
    CHECK(tokens("don't") == tokens("don t"));
    CHECK(tokens("1234567") > tokens("123"));
    CHECK(tokens("myBigCat") > tokens("mybigcat"));
    CHECK(tokens(std::string(1000, '=')) < 100);
    CHECK(tokens(std::string(1000, ' ')) == 1);
}

TEST_CASE("tokens: near the true count", "[contract][tokens]") {
    for (const Counted& counted : texts) {
        INFO(counted.text);
        const auto estimate = static_cast<double>(tokens(counted.text));
        const auto count = static_cast<double>(counted.count);
        CHECK(std::fabs(estimate - count) / count < 0.2);
    }
}

TEST_CASE("tokens: any bytes are answered", "[contract][tokens]") {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    CHECK(tokens(all) > 0);
    CHECK(tokens("\xC3") > 0);
    CHECK(tokens("\xF0\x9F") > 0);
}
