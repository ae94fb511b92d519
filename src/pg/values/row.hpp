// The columns of a row being written, for a set of rows (ResultSet) and for a single one (Record).
#pragma once

#include <optional>
#include <string_view>

#include "pg/values/encoding.hpp"
#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

class Row {
  public:
    // The next column: a value; NULL; a text of the core; a text in the server's encoding; a number.
    void add(Datum value) { add(value, false); }
    void add_null() { add(0, true); }
    void add_text(std::string_view utf8) { add(to_text_datum(utf8)); }
    void add_server_text(std::string_view text) { add(server_text_datum(text)); }
    void add_int(int value) { add(Int32GetDatum(value)); }
    void add_float(double value) { add(Float8GetDatum(value)); }
    void add_boolean(bool value) { add(BoolGetDatum(value)); }

    // The next column by one of the functions above, or NULL where there is no value:
    // row.add_optional(weight, &Row::add_float).
    template <class Given, class Value>
    void add_optional(const std::optional<Given>& value, void (Row::*add_value)(Value)) {
        value ? (this->*add_value)(*value) : add_null();
    }
    // For texts, of which an empty one says nothing.
    void add_optional(std::string_view text, void (Row::*add_value)(std::string_view)) {
        text.empty() ? add_null() : (this->*add_value)(text);
    }

  protected:
    // Ends the row: raises XX000 unless it has a value for each column that was declared.
    void check_columns(TupleDesc descriptor) const {
        if (column_ != static_cast<unsigned>(descriptor->natts)) {
            elog(ERROR, "%u columns were written, %d are declared", column_, descriptor->natts);
        }
    }

    static constexpr unsigned max_columns = 16;

    Datum values_[max_columns];
    bool nulls_[max_columns];
    unsigned column_ = 0;

  private:
    // What is beyond the room is counted only: check_columns refuses the row.
    void add(Datum value, bool is_null) {
        if (column_ < max_columns) {
            values_[column_] = value;
            nulls_[column_] = is_null;
        }
        ++column_;
    }
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
        check_columns(descriptor);
        descriptor = BlessTupleDesc(descriptor);
        return HeapTupleGetDatum(heap_form_tuple(descriptor, values_, nulls_));
    }
};

}  // namespace aria_focus::pg
