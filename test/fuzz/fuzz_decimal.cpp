// Any text read as a number, against the number written out digit by digit.
#include "core/base/decimal.hpp"
#include "fuzz.hpp"
#include "naive_decimal.hpp"

using namespace aria_focus::core;
using namespace aria_focus::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 300));
    const auto found = Decimal::parse(text);
    const auto expected = NaiveDecimal::parse(text);
    const std::string words = "<" + shown(text) + ">";
    if (found.has_value() != expected.has_value()) differ("a number? " + words);
    const auto number = to_double(text);
    if (!expected) return 0;
    if (found->sign() != expected->sign()) differ("the sign of " + words);
    if (found->is_whole() != expected->is_whole()) differ("whole? " + words);
    for (const int scale : {0, 1, 3}) {
        if (found->scaled(scale) != expected->scaled(static_cast<std::size_t>(scale))) {
            differ("times 10^" + std::to_string(scale) + ": " + words);
        }
    }
    for (const std::int64_t limit : {0, 1, 2, 10, 32'768, 1'000'000'000}) {
        if (found->within(limit) != expected->within(limit)) {
            differ("within " + std::to_string(limit) + ": " + words);
        }
    }
    // A double is near the number or refuses it.
    if (number && *number != 0 && (*number > 0 ? 1 : -1) != expected->sign()) {
        differ("the double of " + words);
    }
    return 0;
}
