// A large value in memory, handed to the executor as a reference. PostgreSQL's API only.
//
// A row that is to be stored is formed first: memory for the whole of it is cleared and every value copied into
// it. With 250 MB that takes longer than a cancel may wait, and nobody listens meanwhile. A reference is
// copied in its place. What stores the row follows it when it takes the value out of line, and lets the value
// write itself: an expanded datum with a method of ours, which copies in pieces.
//
//   row: indirect datum -> expanded datum -> value
//
// The server knows both: indirect ones from logical decoding, which hands out values that it put together in memory;
// expanded ones from arrays and records of PL/pgSQL. A row with an expanded datum would be flattened
// when it is formed; behind an indirect one it is not. Whoever else reads the row, a trigger of the user's, gets the
// value by the usual macros.
#pragma once

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// A reference to a value that is neither compressed nor external; both live as long as the current memory context.
Datum refer_to(Datum value);

}  // namespace aria_focus::pg
