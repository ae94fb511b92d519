// Labelled messages of a query, brought together with the profiles that route them.
#pragma once

#include "core/check/json.hpp"
#include "core/learn/judging.hpp"
#include "core/match/keyword_list.hpp"
#include "core/route/routing.hpp"

#include <span>
#include <vector>

#include "pg/tables/labelled_query.hpp"
#include "pg/tables/profile_cache.hpp"
#include "pg/tables/profile_rows.hpp"
#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// Reads the query that the first argument holds, then the profiles. NOTICEs tell of messages of disabled
// profiles, which count as nobody's, of equal messages and of those with different labels. Raises what
// read_labelled_query and visible_profiles do, and 22023 for labels without a profile, all of them.
struct LabelledMessages {
    std::span<const core::learn::LabelledMessage> messages;
    CompiledProfiles& profiles;
    const core::route::Router& router;  // theirs
};
LabelledMessages read_labelled_messages(FunctionCallInfo fcinfo);

// Reads the rows of the enabled profiles, in the order of the router.
std::span<const ProfileRow> read_lists();

// Gives their keyword lists.
std::vector<core::match::KeywordList> lists_of(std::span<const ProfileRow> rows,
                                               core::Ticker& ticker);

}  // namespace aria_focus::pg
