// Decimal text compared exactly.
#include "core/base/decimal.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

using aria_focus::core::as_meant;
using aria_focus::core::Decimal;
using aria_focus::core::to_double;

namespace {

// A number that must parse.
Decimal number(std::string_view text) {
    const auto parsed = Decimal::parse(text);
    INFO(text);
    REQUIRE(parsed.has_value());
    return *parsed;
}

// A number in thousandths.
std::optional<std::int64_t> thousandths(std::string_view text) {
    return number(text).scaled(3);
}

}  // namespace

TEST_CASE("decimal: what is no number", "[decimal]") {
    for (const auto* const text :
         {"",    "-",        "+",         ".",   "e5",    "1e",    "1e+",   "1e5x",
          "1x",  " 1",       "1 ",        "--1", "+-1",   "0x10",  "1.2.3", "1,5",
          "NaN", "Infinity", "-Infinity", "inf", "1e5.5", "1e5e5", ".5",    "1."}) {
        INFO(text);
        CHECK_FALSE(Decimal::parse(text).has_value());
    }
}

TEST_CASE("decimal: doubles are what the server would store", "[decimal]") {
    CHECK(to_double("0.7") == 0.7);
    CHECK(to_double("-12") == -12);
    CHECK(to_double("1e-300") == 1e-300);
    CHECK(to_double("1.7976931348623157e308") == 1.7976931348623157e308);
    CHECK(to_double("0e-999") == 0);
    CHECK(to_double("4e-324").has_value());  // the smallest there is
    for (const auto* const text :
         {"1e400", "-1e400", "1e-400", "", "NaN", "Infinity", "-inf", "1x", "0.5 "}) {
        INFO(text);
        CHECK_FALSE(to_double(text));
    }
}

TEST_CASE("decimal: one number, many spellings", "[decimal]") {
    for (const auto* const text : {"2", "2.0", "+2", "2.000000000000000000000", "0.2e1", "20e-1",
                                   "2E0", "2e+0", "002", "0.0002E4", "2e-0", "200000e-5"}) {
        INFO(text);
        CHECK(thousandths(text) == 2000);
        CHECK(number(text).is_whole());
        CHECK(number(text).sign() == 1);
        CHECK(number(text).within(2));
        CHECK_FALSE(number(text).within(1));
    }
}

TEST_CASE("decimal: zero has no sign", "[decimal]") {
    for (const auto* const text : {"0", "-0", "+0", "0.000", "0e5", "-0.0e-999999999999", "000"}) {
        INFO(text);
        CHECK(number(text).sign() == 0);
        CHECK(number(text).is_whole());
        CHECK(number(text).scaled(0) == 0);
        CHECK(number(text).within(0));
    }
}

TEST_CASE("decimal: scaling is exact or refused", "[decimal]") {
    struct Case {
        const char* text;
        std::optional<std::int64_t> expected;
    };
    const Case cases[] = {
        {"10", 10000},
        {"-10", -10000},
        {"10.001", 10001},
        {"0.001", 1},
        {"-0.001", -1},
        {"0.0005", std::nullopt},
        {"1e-400", std::nullopt},
        {"1e2", 100000},
        {"1E1", 10000},
        {"2.0", 2000},
        {"0.1230", 123},
        {"0.1234", std::nullopt},
        {"1e-3", 1},
        {"1e-4", std::nullopt},
        {"1000e-6", 1},
        {"123456789012345", 123456789012345000},
        {"999999999999999.999", 999999999999999999},
        {"1234567890123456", std::nullopt},
        {"1e400", std::nullopt},
        {"1e99999999999999999999", std::nullopt},
        {"1e-99999999999999999999", std::nullopt},
    };
    for (const Case& one : cases) {
        INFO(one.text);
        CHECK(thousandths(one.text) == one.expected);
    }
}

TEST_CASE("decimal: whole numbers", "[decimal]") {
    for (const auto* const text : {"1", "-7", "1e3", "1.5e1", "100e-2", "1e400"}) {
        INFO(text);
        CHECK(number(text).is_whole());
    }
    for (const auto* const text : {"0.1", "1.5", "-0.5", "15e-1", "1e-400", "1.0000000000000001"}) {
        INFO(text);
        CHECK_FALSE(number(text).is_whole());
    }
}

TEST_CASE("decimal: signs survive any size", "[decimal]") {
    CHECK(number("1e-400").sign() == 1);
    CHECK(number("-1e-400").sign() == -1);
    CHECK(number("-1e400").sign() == -1);
    CHECK(number("0." + std::string(1000, '0') + "1").sign() == 1);
}

TEST_CASE("decimal: ranges include their ends and nothing beyond", "[decimal]") {
    struct Case {
        const char* text;
        std::int64_t limit;
        bool inside;
    };
    const Case cases[] = {
        {"1", 1, true},
        {"-1", 1, true},
        {"1.0000000000000000000000000001", 1, false},
        {"-1.0000000000000000000000000001", 1, false},
        {"0.9999999999999999999999999999", 1, true},
        {"1e-400", 1, true},
        {"1e400", 1, false},
        {"-1e400", 1'000'000'000, false},
        {"10", 10, true},
        {"10.0001", 10, false},
        {"1e1", 10, true},
        {"1000000000", 1'000'000'000, true},
        {"1000000000.5", 1'000'000'000, false},
        {"9999999999", 1'000'000'000, false},
        {"1e9", 1'000'000'000, true},
        {"0.5", 0, false},
        {"0.05", 0, false},
        {"1e-400", 0, false},
    };
    for (const Case& one : cases) {
        INFO(one.text << " in +-" << one.limit);
        CHECK(number(one.text).within(one.limit) == one.inside);
    }
}

TEST_CASE("decimal: a sum of decimals is the decimal that was meant", "[decimal]") {
    CHECK(0.7 - 0.2 != 0.5);
    CHECK(as_meant(0.7 - 0.2) == 0.5);
    CHECK(as_meant(0.1 + 0.2) == 0.3);
    CHECK(as_meant(1 - 0.1 * 3) == 0.7);
    CHECK(as_meant(1.1 * 1.1) == 1.21);
    // Up to 15 digits nothing is changed, whatever the size.
    for (const double number : {0.0, 1.0, -1.0, 0.5, 123456789012345.0, 1e300, -2.5e-300, 1e22}) {
        CHECK(as_meant(number) == number);
    }
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK(as_meant(infinity) == infinity);
    CHECK(as_meant(-infinity) == -infinity);
    CHECK(std::isnan(as_meant(std::numeric_limits<double>::quiet_NaN())));
    CHECK(as_meant(std::numeric_limits<double>::denorm_min()) >= 0);
}
