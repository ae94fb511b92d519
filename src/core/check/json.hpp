// A JSON value as the core reads it: a flat tape of nodes in document order. Whoever has the value
// (the border, a test) writes the tape; the core only looks, so nothing is copied and nothing freed.
//
//   {"a": [1, true]}   ->   object(1) string"a" array(2) number"1" boolean(true)
#pragma once

#include "core/base/core_only.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace aria_focus::core::check {

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

// One value or one key. Trivial, so that it may lie in memory that is given back without destructors.
struct JsonNode {
    JsonKind kind;
    bool truth;             // of a boolean
    std::uint32_t size;     // elements of an array, pairs of an object
    std::uint32_t next;     // tape index just past this value
    std::string_view text;  // UTF-8 of a string; decimal text of a number
};

// One value on a tape.
class JsonView {
  public:
    // The value at `at`; the tape outlives the view.
    explicit JsonView(std::span<const JsonNode> tape, std::uint32_t at = 0) noexcept
        : tape_(tape), at_(at) {}

    // What the value is.
    JsonKind kind() const noexcept { return node().kind; }
    // The characters of a string, the digits of a number.
    std::string_view text() const noexcept { return node().text; }
    // The value of a boolean; false for anything else.
    bool truth() const noexcept { return node().truth; }
    // Elements of an array, pairs of an object.
    std::size_t size() const noexcept { return node().size; }

    // Calls visit(index, element) for each element of an array.
    template <class Visit>
    void each_element(Visit&& visit) const {
        std::uint32_t at = at_ + 1;
        for (std::uint32_t index = 0; index < node().size; ++index) {
            visit(index, JsonView(tape_, at));
            at = tape_[at].next;
        }
    }

    // Calls visit(key, value) for each pair of an object.
    template <class Visit>
    void each_pair(Visit&& visit) const {
        std::uint32_t at = at_ + 1;
        for (std::uint32_t index = 0; index < node().size; ++index) {
            visit(tape_[at].text, JsonView(tape_, at + 1));
            at = tape_[at + 1].next;
        }
    }

  private:
    const JsonNode& node() const noexcept { return tape_[at_]; }

    std::span<const JsonNode> tape_;
    std::uint32_t at_;
};

// The value of an object's key, if it has the key.
std::optional<JsonView> find_key(JsonView object, std::string_view key) noexcept;

// What a person calls the kind: "a number".
std::string_view name_of(JsonKind kind) noexcept;

}  // namespace aria_focus::core::check
