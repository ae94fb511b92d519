#include "pg/tables/session_settings.hpp"

namespace aria_focus::pg {

bool is_notifying = true;
char* session_reason = nullptr;
char* session_author = nullptr;

}  // namespace aria_focus::pg
