// What happens when the server loads the library: its settings are made known.
#include "core/route/routing.hpp"

#include <climits>

#include "pg/tables/labelled_query.hpp"
#include "pg/tables/profile_cache.hpp"
#include "pg/tables/session_settings.hpp"
#include "pg/values/postgres_api.h"

namespace aria_focus::pg {
namespace {

// Is a setting known by its definition, and not only by a value that somebody gave to its name?
bool is_defined(const char* name) {
    return GetConfigOption(name, true, false) != nullptr &&
           (GetConfigOptionFlags(name, true) & GUC_CUSTOM_PLACEHOLDER) == 0;
}

// A setting of memory in MB, as much as an int of kilobytes can say at most.
void define_megabytes(const char* name, const char* summary, const char* details, int* value,
                      int usual) {
    if (!is_defined(name)) {
        DefineCustomIntVariable(name, summary, details, value, usual, 1, INT_MAX / 1024,
                                PGC_USERSET, GUC_UNIT_MB, nullptr, nullptr, nullptr);
    }
}

// A setting that is a text, empty unless somebody sets it.
void define_text(const char* name, const char* summary, const char* details, char** value) {
    if (!is_defined(name)) {
        DefineCustomStringVariable(name, summary, details, value, "", PGC_USERSET, 0, nullptr,
                                   nullptr, nullptr);
    }
}

// A setting that is on unless somebody turns it off.
void define_switch(const char* name, const char* summary, const char* details, bool* value) {
    if (!is_defined(name)) {
        DefineCustomBoolVariable(name, summary, details, value, true, PGC_USERSET, 0, nullptr,
                                 nullptr, nullptr);
    }
}

// All settings of the extension.
void define_settings() {
    define_megabytes("aria_focus.max_cache_mb",
                     "Memory that compiled focus profiles may take in a session.",
                     "Sessions that read several versions of the profiles in turn keep up to "
                     "four, as far as they fit.",
                     &max_cache_mb, 256);
    define_megabytes("aria_focus.max_learn_mb", "Memory that learning and evaluating may take.",
                     "Labelled messages and what is learned from them; more is an error.",
                     &max_learn_mb, 1024);
    define_switch(
        "aria_focus.notify", "Tells listeners of the channel aria_focus which profiles change.",
        "PostgreSQL refuses PREPARE TRANSACTION after a NOTIFY: off avoids it.", &is_notifying);
    define_text("aria_focus.reason", "Why profiles are edited, for their history.",
                "Goes into focus_history.reason; empty for none.", &session_reason);
    define_text("aria_focus.author", "Who edits profiles, for their history.",
                "Goes into focus_history.author: a label that anybody can set, no proof; empty "
                "for none.",
                &session_author);
}

}  // namespace
}  // namespace aria_focus::pg

extern "C" {

// Called when the library is loaded, and again where that failed midway: the server knows from then on
// what was defined, and takes no second definition. The prefix is reserved last: a setting of a misspelt
// name is an error from then on.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name is the server's.
PGDLLEXPORT void _PG_init() {
    aria_focus::pg::define_settings();
    MarkGUCPrefixReserved("aria_focus");
}
}
