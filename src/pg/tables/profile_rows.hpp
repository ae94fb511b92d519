// Reads what routing needs of the profiles, as far as the reader may. PostgreSQL's API only; what is read
// lies in the current memory context.
#pragma once

#include "core/check/json.hpp"

#include <cstdint>
#include <span>
#include <string_view>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// One enabled profile as it was read.
struct ProfileRow {
    std::string_view focus_id;
    std::int32_t delegation_level;
    std::span<const core::check::JsonNode> keywords;
};

// Fingerprint of the routing content; two 64-bit hashes with different seeds.
struct ContentHash {
    std::uint64_t low;
    std::uint64_t high;
    friend bool operator==(const ContentHash&, const ContentHash&) = default;
};

// Gives the snapshot of the running statement; raises 55000 where it is none of MVCC.
Snapshot active_snapshot();

// Opens the table for a reader whose SELECT would see all rows; raises 42501 or 0A000 for another.
Relation open_profiles();

// Reads the enabled rows in full, in C order of focus_id.
std::span<const ProfileRow> read_profiles(Relation table, Snapshot snapshot);

// Hashes everything that routing depends on; rows are sorted.
ContentHash hash_content(std::span<const ProfileRow> rows);

}  // namespace aria_focus::pg
