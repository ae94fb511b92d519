#include "pg/tables/session_settings.hpp"

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

bool is_notifying = true;
char* session_reason = nullptr;
char* session_author = nullptr;

void define_session_settings() {
    DefineCustomBoolVariable(
        "aria_focus.notify", "Tells listeners of the channel aria_focus which profiles change.",
        "PostgreSQL refuses PREPARE TRANSACTION after a NOTIFY: off avoids it.", &is_notifying,
        true, PGC_USERSET, 0, nullptr, nullptr, nullptr);
    DefineCustomStringVariable("aria_focus.reason", "Why profiles are edited, for their history.",
                               "Goes into focus_history.reason; empty for none.", &session_reason,
                               "", PGC_USERSET, 0, nullptr, nullptr, nullptr);
    DefineCustomStringVariable("aria_focus.author", "Who edits profiles, for their history.",
                               "Goes into focus_history.author: a label that anybody can set, no "
                               "proof; empty for none.",
                               &session_author, "", PGC_USERSET, 0, nullptr, nullptr, nullptr);
}

}  // namespace aria_focus::pg
