// The table of jumps finds what was added, and nothing else.
#include "core/jump_table.hpp"

#include "catch.hpp"
#include "random.hpp"

#include <cstdint>
#include <map>

using namespace aria_focus::core;
using aria_focus::test::Random;
using aria_focus::test::seed;

TEST_CASE("jump table: an empty one has no jump", "[jump_table]") {
    CHECK(JumpTable().find(1) == nullptr);
    CHECK(JumpTable().find(0xFFFFFFFF) == nullptr);
    CHECK(JumpTable(100).find(0x61616161) == nullptr);
}

TEST_CASE("jump table: of equal grams the first one stays", "[jump_table]") {
    JumpTable table(2);
    table.add({0x61616161, 5, 1});
    table.add({0x61616161, 6, 2});
    REQUIRE(table.find(0x61616161) != nullptr);
    CHECK(table.find(0x61616161)->node == 5);
    CHECK(table.find(0x61616161)->tail_done == 1);
    CHECK(table.find(0x61616162) == nullptr);
}

TEST_CASE("jump table: it agrees with a map, full as it may be", "[jump_table][random]") {
    Random random(60);
    for (int round = 0; round < 300; ++round) {
        const std::size_t size = random.below(200);
        // Few distinct bits, so that slots collide.
        const auto gram = [&] {
            return static_cast<std::uint32_t>(1 + random.below(300)) << (8 * random.below(3));
        };
        JumpTable table(size);
        std::map<std::uint32_t, std::uint32_t> expected;
        for (std::uint32_t i = 0; i < size; ++i) {
            const std::uint32_t key = gram();
            table.add({key, i, 0});
            expected.emplace(key, i);
        }
        for (int i = 0; i < 300; ++i) {
            const std::uint32_t key = gram();
            const Jump* const found = table.find(key);
            const auto wanted = expected.find(key);
            const bool right = wanted == expected.end()
                                   ? found == nullptr
                                   : found != nullptr && found->node == wanted->second;
            if (!right) FAIL("seed " << seed() << ", round " << round << ", gram " << key);
        }
    }
    SUCCEED();
}
