#include "pg/values/jsonb_writer.hpp"

namespace aria_focus::pg {

void JsonbWriter::number(std::string_view digits) {
    const char* const text = pnstrdup(digits.data(), digits.size());
    JsonbValue value;
    value.type = jbvNumeric;
    value.val.numeric = DatumGetNumeric(DirectFunctionCall3(
        numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
    add(value);
}

void JsonbWriter::push(JsonbIteratorToken token, JsonbValue* value) {
#if PG_VERSION_NUM >= 190000
    pushJsonbValue(&state_, token, value);
#else
    state_.result = pushJsonbValue(&state_.stack, token, value);
#endif
    after_key_ = false;
}

void JsonbWriter::mark(JsonbIteratorToken token) {
    push(token, nullptr);
}

void JsonbWriter::add(JsonbValue value) {
    push(after_key_ ? WJB_VALUE : WJB_ELEM, &value);
}

JsonbValue JsonbWriter::string_value(std::string_view text) {
    JsonbValue value;
    value.type = jbvString;
    value.val.string.val = const_cast<char*>(text.data());
    value.val.string.len = static_cast<int>(text.size());
    return value;
}

}  // namespace aria_focus::pg
