// The words that tone and style may have, as their tables have them.
#pragma once

#include "core/profile/profile.hpp"

#include <span>
#include <string_view>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// Reads both vocabularies under a snapshot, in C order. PostgreSQL's API only; the words lie in its memory.
core::profile::Vocabularies read_vocabularies(Snapshot snapshot);

}  // namespace aria_focus::pg
