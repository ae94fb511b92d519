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

void JsonbWriter::mark(JsonbIteratorToken token) {
    result_ = pushJsonbValue(&state_, token, nullptr);
}

void JsonbWriter::add(JsonbValue value) {
    const bool in_array = state_->contVal.type == jbvArray;
    pushJsonbValue(&state_, in_array ? WJB_ELEM : WJB_VALUE, &value);
}

JsonbValue JsonbWriter::string_value(std::string_view text) {
    JsonbValue value;
    value.type = jbvString;
    value.val.string.val = const_cast<char*>(text.data());
    value.val.string.len = static_cast<int>(text.size());
    return value;
}

}  // namespace aria_focus::pg
