#include "core/check/json.hpp"

namespace aria_focus::core::check {

std::optional<JsonView> find_key(JsonView object, std::string_view key) noexcept {
    std::optional<JsonView> found;
    object.each_pair([&](std::string_view name, JsonView value) {
        if (name == key) found.emplace(value);
    });
    return found;
}

std::string_view name_of(JsonKind kind) noexcept {
    switch (kind) {
        case JsonKind::null: return "null";
        case JsonKind::boolean: return "a boolean";
        case JsonKind::number: return "a number";
        case JsonKind::string: return "a string";
        case JsonKind::array: return "an array";
        case JsonKind::object: return "an object";
    }
    return "unknown";
}

}  // namespace aria_focus::core::check
