// Writes a jsonb value from texts in the server's encoding. PostgreSQL's API only (the deliver step).
#pragma once

#include <string_view>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

class JsonbWriter {
  public:
    // Objects and arrays: what comes in between belongs to them.
    void begin_object() { mark(WJB_BEGIN_OBJECT); }
    void end_object() { mark(WJB_END_OBJECT); }
    void begin_array() { mark(WJB_BEGIN_ARRAY); }
    void end_array() { mark(WJB_END_ARRAY); }

    // The key of the value that comes next.
    void key(std::string_view name) {
        JsonbValue value = string_value(name);
        push(WJB_KEY, &value);
        after_key_ = true;
    }
    // Values: a text, the digits of a number, null.
    void string(std::string_view text) { add(string_value(text)); }
    void number(std::string_view digits);
    void null() {
        JsonbValue value;
        value.type = jbvNull;
        add(value);
    }

    // The value that was ended last.
    Datum finish() { return PointerGetDatum(JsonbValueToJsonb(state_.result)); }

  private:
    // Begins or ends a container.
    void mark(JsonbIteratorToken token);
    // Adds a value where one is due: behind a key, else to an array.
    void add(JsonbValue value);
    // A text as a value.
    static JsonbValue string_value(std::string_view text);

    // Gives PostgreSQL the next token.
    void push(JsonbIteratorToken token, JsonbValue* value);

#if PG_VERSION_NUM >= 190000
    JsonbInState state_{};
#else
    struct {
        JsonbParseState* stack = nullptr;
        JsonbValue* result = nullptr;
    } state_;
#endif
    bool after_key_ = false;  // what comes next is the value of a key
};

}  // namespace aria_focus::pg
