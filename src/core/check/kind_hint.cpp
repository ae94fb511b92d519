#include "core/check/kind_hint.hpp"

namespace aria_focus::core::check {

namespace {

// True for a string that holds the JSON of an array, or of an object.
bool is_encoded(JsonView found, char opening) noexcept {
    if (found.kind() != JsonKind::string) return false;
    const auto first = found.text().find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && found.text()[first] == opening;
}

}  // namespace

std::string_view kind_hint(JsonKind wanted, JsonView found, std::string_view usual) noexcept {
    const bool is_list = wanted == JsonKind::array;
    if (!is_list && wanted != JsonKind::object) return usual;
    if (is_encoded(found, is_list ? '[' : '{')) {
        return "It is JSON within a string: it was encoded twice. Encode it once, or hand the "
               "driver "
               "the value itself.";
    }
    if (is_list && found.kind() == JsonKind::object && found.size() == 0) {
        return "A list is written [...]. {} is what a driver sends that takes an empty list for a "
               "PostgreSQL array: hand it the list as JSON text.";
    }
    return usual;
}

}  // namespace aria_focus::core::check
