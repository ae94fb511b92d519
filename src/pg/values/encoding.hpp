// The core reads UTF-8 and nothing else. Here texts are brought into it and back, one character to one
// character, so that positions mean the same on both sides:
//
//   UTF8              nothing to do
//   ASCII only        nothing to do: every server encoding agrees on these bytes
//   SQL_ASCII         a byte is a character; each byte >= 0x80 stands as a letter without case
//   all others        PostgreSQL's own conversion; what it cannot convert, or makes two characters of,
//                     stands as one letter without case (one letter for all such characters)
//
// PostgreSQL's API only (the gather and deliver steps); results lie in the current memory context.
#pragma once

#include <cstddef>
#include <string_view>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// A text argument as the core wants it, and as it came.
struct ServerText {
    std::string_view server;
    std::string_view utf8;
    void* detoasted;  // to be freed by release(); null if nothing was
};

// Detoasts and converts a text datum. May raise what PostgreSQL raises (interrupts, no memory).
ServerText read_text(Datum value);

// Frees what read_text made, for functions that run a million times in one statement.
void release(const ServerText& text);

// Gives a text of the server in UTF-8.
std::string_view to_utf8(std::string_view server);

// Gives a text of the core in the server's encoding; what does not exist there becomes '?'.
std::string_view to_server(std::string_view utf8);

// Gives a text of the core in the server's encoding, as a C string.
const char* to_server_cstring(std::string_view utf8);

// Makes a datum of a text of the core.
Datum to_text_datum(std::string_view utf8);

// Makes a datum of a text of the server.
Datum server_text_datum(std::string_view server);

// Walks a text of the server along positions of the core's, which never go back.
class ServerCursor {
  public:
    explicit ServerCursor(const ServerText& text) : text_(text) {}

    // Moves to a byte offset of the UTF-8 form, which starts a character or ends the text.
    void move_to(std::size_t utf8_offset);

    // 1-based number of the character here.
    int position() const { return static_cast<int>(characters_) + 1; }
    // Where the cursor is in the server's form.
    std::size_t server_offset() const;

  private:
    const ServerText& text_;
    std::size_t utf8_at_ = 0;
    std::size_t server_at_ = 0;
    std::size_t characters_ = 0;
};

}  // namespace aria_focus::pg
