// What happens when the server loads the library: its settings are made known.
#include "core/route/routing.hpp"

#include <climits>

#include "pg/tables/labelled_query.hpp"
#include "pg/tables/profile_cache.hpp"
#include "pg/tables/session_settings.hpp"

extern "C" {

// Called once a process, when the library is loaded. The prefix is reserved last: from then on a setting
// of a misspelt name is an error.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name is the server's.
PGDLLEXPORT void _PG_init() {
    DefineCustomIntVariable("aria_focus.max_cache_mb",
                            "Memory that compiled focus profiles may take in a session.",
                            "Sessions that read several versions of the profiles in turn keep up "
                            "to four, as far as they fit.",
                            &aria_focus::pg::max_cache_mb, 256, 1, INT_MAX / 1024, PGC_USERSET,
                            GUC_UNIT_MB, nullptr, nullptr, nullptr);
    DefineCustomIntVariable("aria_focus.max_learn_mb",
                            "Memory that learning and evaluating may take.",
                            "Labelled messages and what is learned from them; more is an error.",
                            &aria_focus::pg::max_learn_mb, 1024, 1, INT_MAX / 1024, PGC_USERSET,
                            GUC_UNIT_MB, nullptr, nullptr, nullptr);
    aria_focus::pg::define_session_settings();
    MarkGUCPrefixReserved("aria_focus");
}
}
