// The columns of a row being written, for a set of rows (ResultSet) and for a single one (Record).
#pragma once

#include <string_view>

#include "pg/border/postgres_api.h"
#include "pg/values/encoding.hpp"

namespace aria_focus::pg {

class Row {
  public:
    static constexpr int max_columns = 8;

    // The next column: a value; NULL; a text of the core; a text in the server's encoding; a number.
    void add(Datum value) {
        values_[column_] = value;
        nulls_[column_++] = false;
    }
    void add_null() {
        values_[column_] = 0;
        nulls_[column_++] = true;
    }
    void add_text(std::string_view utf8) { add(to_text_datum(utf8)); }
    void add_server_text(std::string_view text) { add(server_text_datum(text)); }
    void add_int(int value) { add(Int32GetDatum(value)); }
    void add_float(double value) { add(Float8GetDatum(value)); }
    void add_boolean(bool value) { add(BoolGetDatum(value)); }

  protected:
    Datum values_[max_columns];
    bool nulls_[max_columns];
    int column_ = 0;
};

// The one row of a function that returns a record.
class Record : public Row {
  public:
    // What the function returns.
    Datum finish(FunctionCallInfo fcinfo) {
        TupleDesc descriptor = nullptr;
        if (get_call_result_type(fcinfo, nullptr, &descriptor) != TYPEFUNC_COMPOSITE) {
            elog(ERROR, "return type must be a row type");
        }
        descriptor = BlessTupleDesc(descriptor);
        return HeapTupleGetDatum(heap_form_tuple(descriptor, values_, nulls_));
    }
};

}  // namespace aria_focus::pg
