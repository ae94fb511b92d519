// Reading a tape; the tests' own builder is checked by the way.
#include "core/check/json.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <stdexcept>
#include <string>

namespace core = aria_focus::core;
using aria_focus::test::Json;
using core::check::JsonKind;
using core::check::JsonView;

namespace {

// A value written back as text, so that a whole tree is compared in one line.
std::string written(JsonView value) {
    std::string out;
    switch (value.kind()) {
        case JsonKind::null: return "null";
        case JsonKind::boolean: return value.truth() ? "true" : "false";
        case JsonKind::number: return std::string(value.text());
        case JsonKind::string: return "'" + std::string(value.text()) + "'";
        case JsonKind::array:
            value.each_element([&](std::uint32_t index, JsonView element) {
                out += (index == 0 ? "" : ",") + written(element);
            });
            return "[" + out + "]";
        case JsonKind::object:
            value.each_pair([&](std::string_view key, JsonView member) {
                out += (out.empty() ? "" : ",") + std::string(key) + ":" + written(member);
            });
            return "{" + out + "}";
    }
    return out;
}

// A text parsed and written back.
std::string round_trip(std::string_view text) {
    return written(Json(text).view());
}

}  // namespace

TEST_CASE("json: every kind of value is read back", "[json]") {
    CHECK(round_trip("null") == "null");
    CHECK(round_trip(" true ") == "true");
    CHECK(round_trip("false") == "false");
    CHECK(round_trip("-1.50e+3") == "-1.50e+3");
    CHECK(round_trip(R"("a\"b\\c\/\n\u00e9\ud83c\udfaf")") ==
          "'a\"b\\c/\n\xC3\xA9\xF0\x9F\x8E\xAF'");
    CHECK(round_trip("[]") == "[]");
    CHECK(round_trip("{}") == "{}");
    CHECK(round_trip(R"([1,[2,[],{"a":[3]}],4])") == "[1,[2,[],{a:[3]}],4]");
    CHECK(round_trip(R"({"a":[1,true],"b":{"c":null},"d":"x"})") ==
          "{a:[1,true],b:{c:null},d:'x'}");
}

TEST_CASE("json: the tape is flat and in document order", "[json]") {
    const Json json(R"({"a": [1, true]})");
    const auto& tape = json.tape();
    REQUIRE(tape.size() == 5);
    CHECK(tape[0].kind == JsonKind::object);
    CHECK(tape[0].size == 1);
    CHECK(tape[0].next == 5);
    CHECK(tape[1].text == "a");
    CHECK(tape[2].size == 2);
    CHECK(tape[2].next == 5);
    CHECK(tape[4].next == 5);
}

TEST_CASE("json: the builder refuses what is no JSON", "[json]") {
    for (const auto* const text : {"", "[", "[1", "[1,]", "{\"a\"}", "{a:1}", "\"a", "\"\\q\"",
                                   "tru", "1 2", "[1]]", "{\"a\":1,}"}) {
        INFO(text);
        CHECK_THROWS_AS(Json(text), std::invalid_argument);
    }
}

TEST_CASE("json: a key is found at its own level only", "[json]") {
    const Json json(R"({"a": {"x": 1}, "b": [{"c": 2}], "": 3, "aa": 4, "d": null})");
    const auto text_at = [&json](std::string_view key) {
        const auto found = find_key(json.view(), key);
        return found ? written(*found) : "absent";
    };
    CHECK(text_at("a") == "{x:1}");
    CHECK(text_at("b") == "[{c:2}]");
    CHECK(text_at("") == "3");
    CHECK(text_at("aa") == "4");
    CHECK(text_at("d") == "null");
    CHECK(text_at("x") == "absent");
    CHECK(text_at("c") == "absent");
    CHECK(text_at("A") == "absent");
    CHECK_FALSE(find_key(Json("{}").view(), "a").has_value());
}

TEST_CASE("json: kinds have names for people", "[json]") {
    CHECK(name_of(JsonKind::null) == "null");
    CHECK(name_of(JsonKind::boolean) == "a boolean");
    CHECK(name_of(JsonKind::number) == "a number");
    CHECK(name_of(JsonKind::string) == "a string");
    CHECK(name_of(JsonKind::array) == "an array");
    CHECK(name_of(JsonKind::object) == "an object");
}
