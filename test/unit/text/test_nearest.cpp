// Did you mean.
#include "core/text/nearest.hpp"

#include "support/catch.hpp"
#include "support/random.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::text;
using aria_focus::test::Random;

namespace {

constexpr std::array<std::string_view, 7> tones = {"precise", "analytical", "playful", "formal",
                                                   "warm",    "blunt",      "neutral"};

// The distance by its definition, recursion and all.
std::size_t naive_distance(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return a.size() + b.size();
    const std::string_view a1 = a.substr(1);
    const std::string_view b1 = b.substr(1);
    std::size_t best = std::min(naive_distance(a1, b), naive_distance(a, b1)) + 1;
    best = std::min(best, naive_distance(a1, b1) + (a[0] == b[0] ? 0 : 1));
    if (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0]) {
        best = std::min(best, naive_distance(a.substr(2), b.substr(2)) + 1);
    }
    return best;
}

// Up to `most` letters of a small alphabet.
std::string random_word(Random& random, std::size_t most) {
    std::string out;
    for (std::size_t size = random.below(most + 1); out.size() < size;) {
        out += random.pick(std::string_view("abc"));
    }
    return out;
}

}  // namespace

TEST_CASE("nearest: distances", "[nearest]") {
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("abc", "") == 3);
    CHECK(edit_distance("precise", "precise") == 0);
    CHECK(edit_distance("percise", "precise") == 1);
    CHECK(edit_distance("presise", "precise") == 1);
    CHECK(edit_distance("precis", "precise") == 1);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("ca", "abc") == 3);
    CHECK(edit_distance("PRECISE", "precise") == 7);
}

TEST_CASE("nearest: distances are in characters", "[nearest]") {
    CHECK(edit_distance("\xC3\xA9t\xC3\xA9", "ete") == 2);
    CHECK(edit_distance("\xF0\x9F\x8E\xAF", "x") == 1);
    CHECK(edit_distance("\xE6\xBC\xA2\xE5\xAD\x97", "\xE5\xAD\x97\xE6\xBC\xA2") == 1);
}

TEST_CASE("nearest: distances are those of the definition, and symmetric", "[nearest]") {
    Random random(2);
    for (int round = 0; round < 2'000; ++round) {
        const std::string a = random_word(random, 6);
        const std::string b = random_word(random, 6);
        const std::size_t expected = naive_distance(a, b);
        if (edit_distance(a, b) != expected || edit_distance(b, a) != expected) {
            FAIL("distance of '" << a << "' and '" << b << "' is " << expected << ", not "
                                 << edit_distance(a, b));
        }
    }
    SUCCEED();
}

TEST_CASE("nearest: a name two mistakes away is found", "[nearest]") {
    CHECK(nearest_name("precise", tones) == "precise");
    CHECK(nearest_name("percise", tones) == "precise");
    CHECK(nearest_name("Precise", tones) == "precise");
    CHECK(nearest_name("presice", tones) == "precise");
    CHECK(nearest_name("analitycal", tones) == "analytical");
    CHECK(nearest_name("worm", tones) == "warm");
    CHECK(nearest_name("natural", tones) == "neutral");
}

TEST_CASE("nearest: three mistakes are too many", "[nearest]") {
    CHECK(nearest_name("prcs", tones).empty());
    CHECK(nearest_name("sarcastic", tones).empty());
    CHECK(nearest_name("", tones).empty());
    CHECK(nearest_name(std::string(5000, 'a'), tones).empty());
    CHECK(nearest_name("warm", {}).empty());
}

TEST_CASE("nearest: of equally near names the first one", "[nearest]") {
    constexpr std::array<std::string_view, 3> names = {"bat", "cat", "hat"};
    CHECK(nearest_name("rat", names) == "bat");
    CHECK(nearest_name("chat", names) == "cat");
}

TEST_CASE("nearest: a long name of many bytes is found too", "[nearest]") {
    std::string name;
    for (int i = 0; i < 25; ++i) name += "\xE6\xBC\xA2";
    const std::array<std::string_view, 1> names = {name};
    CHECK(nearest_name(name.substr(3), names) == name);
}

TEST_CASE("nearest: hints are sentences", "[nearest]") {
    CHECK(name_hint("percise", tones) == "Did you mean \"precise\"?");
    CHECK(name_hint("sarcastic", tones) ==
          "Allowed: precise, analytical, playful, formal, warm, blunt, neutral.");
}

TEST_CASE("nearest: as a look at every distance finds it", "[nearest][random]") {
    Random random(76);
    for (int round = 0; round < 2'000; ++round) {
        std::vector<std::string> texts;
        for (std::size_t n = random.below(6); texts.size() < n;) {
            texts.push_back(random_word(random, 7));
        }
        const std::vector<std::string_view> names(texts.begin(), texts.end());
        const std::string value = random_word(random, 7);
        std::string_view expected;
        std::size_t least = std::min<std::size_t>(3, value.size());
        for (const std::string_view name : names) {
            const std::size_t distance = naive_distance(value, name);
            if (distance >= least) continue;
            least = distance;
            expected = name;
        }
        INFO("seed " << aria_focus::test::seed() << ": " << value);
        REQUIRE(nearest_name(value, names) == expected);
    }
}
