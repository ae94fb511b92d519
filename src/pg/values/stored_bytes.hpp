// The bytes of a stored value, in pieces: a value may be hundreds of megabytes, and the functions of the
// server that fetch, decompress or copy one whole do not hear a cancel meanwhile. PostgreSQL's API only.
#pragma once

#include <cstddef>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// How many bytes a value of variable length has when it is read; fetches nothing.
inline std::size_t stored_size(Datum value) {
    return toast_raw_datum_size(value) - VARHDRSZ;
}

// Copies all of them to `to`, which has stored_size(value) bytes.
void copy_stored(Datum value, char* to);

// True if two values are the same bytes; looks at sizes and places first, and reads only if it must.
bool same_stored(Datum one, Datum other);

}  // namespace aria_focus::pg
