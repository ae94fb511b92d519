// The settings that say how a session's edits are recorded and told.
#pragma once

namespace aria_focus::pg {

// aria_focus.notify: are listeners told of edits?
extern bool is_notifying;
// aria_focus.reason, aria_focus.author: labels of the edits that follow; empty for none. Never null
// once they are defined.
extern char* session_reason;
extern char* session_author;

}  // namespace aria_focus::pg
