// Values of variable length: memory for one, refused where PostgreSQL could not hold it.
#pragma once

#include <cstddef>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// Allocates a value of so many bytes, its header among them, and sets its length. Raises 54000 beyond
// 1 GB; `what` names the value: "composed prompt".
varlena* allocate_varlena(std::size_t bytes, const char* what);

}  // namespace aria_focus::pg
