// The rules of a focus profile: one check for the trigger, focus_validate and focus_doctor.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"
#include "core/check/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace aria_focus::core::profile {

// The values that tone and style may have now.
struct Vocabularies {
    std::span<const std::string_view> tones;
    std::span<const std::string_view> styles;
};

// Where an object comes from says what a null and an absent key mean.
enum class Origin : std::uint8_t {
    candidate,  // either asks for the default
    row,        // an absent key is NULL; a null is a JSON null within a jsonb column
    document,   // of a stored row: a null is NULL, an absent key asks for the default
};

// True for the name of one of the 16 columns.
bool is_profile_column(std::string_view name) noexcept;

// Every error of a candidate profile, in column order, unknown keys last. A value that is no object is
// one bad_type at `$`. The fields of the problems view into the tape.
check::Problems check_profile(check::JsonView profile, const Vocabularies& vocabularies,
                              Origin origin, Ticker& ticker);

}  // namespace aria_focus::core::profile
