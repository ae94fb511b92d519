// What a driver makes of a list or an object.
#include "core/check/kind_hint.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <string_view>

using namespace aria_focus::core::check;
using aria_focus::test::Json;

namespace {

// The hint where a kind is wanted and the text is found; "usual" where there is nothing special.
std::string_view hint(JsonKind wanted, std::string_view text) {
    const Json json(text);
    return kind_hint(wanted, json.view(), "usual");
}

}  // namespace

TEST_CASE("kind hint: an empty PostgreSQL array", "[kind_hint]") {
    CHECK(hint(JsonKind::array, "{}").starts_with("A list is written [...]. {} is what"));
    CHECK(hint(JsonKind::array, R"({"a": 1})") == "usual");
    CHECK(hint(JsonKind::string, "{}") == "usual");
}

TEST_CASE("kind hint: JSON within a string", "[kind_hint]") {
    constexpr std::string_view twice = "It is JSON within a string: it was encoded twice.";
    CHECK(hint(JsonKind::array, R"("[]")").starts_with(twice));
    CHECK(hint(JsonKind::array, R"(" \n[\"a\"]")").starts_with(twice));
    CHECK(hint(JsonKind::object, R"("{}")").starts_with(twice));
    CHECK(hint(JsonKind::array, R"("{}")") == "usual");
    CHECK(hint(JsonKind::object, R"("[]")") == "usual");
    CHECK(hint(JsonKind::number, R"("[]")") == "usual");
    for (const std::string_view other : {R"("")", R"("  ")", R"("deploy")", "7", "null", "true"}) {
        CHECK(hint(JsonKind::array, other) == "usual");
        CHECK(hint(JsonKind::object, other) == "usual");
    }
}
