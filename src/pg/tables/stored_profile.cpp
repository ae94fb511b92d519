#include <cmath>
#include <cstring>

#include "pg/tables/schema.hpp"
#include "pg/tables/stored_profile.hpp"
#include "pg/values/stored_bytes.hpp"

namespace aria_focus::pg {

namespace {

struct Column {
    const char* name;
    bool is_content;
};

constexpr Column columns[] = {
    {"focus_id", true},
    {"display_name", true},
    {"emoji", true},
    {"description", true},
    {"tone", true},
    {"style", true},
    {"delegation_level", true},
    {"token_budget_hint", true},
    {"temperature_delta", true},
    {"expertise_keywords", true},
    {"system_prompt_addon", true},
    {"model_override", true},
    {"auto_skills", true},
    {"enabled", true},
    {"created_at", false},
    {"updated_at", false},
};

// A column's value in a row. A column that somebody dropped is NULL; of one that was given another type
// the type is what it is now.
struct Field {
    Oid type;
    Datum value;
    bool is_null;
};

// Finds a column of a row by its name.
Field field_of(const StoredProfile& row, const char* name) {
    const TupleDesc descriptor = RelationGetDescr(row.table);
    for (int i = 0; i < descriptor->natts; ++i) {
        const Form_pg_attribute attribute = TupleDescAttr(descriptor, i);
        if (attribute->attisdropped || namestrcmp(&attribute->attname, name) != 0) continue;
        Field field{attribute->atttypid, 0, false};
        field.value = heap_getattr(row.tuple, attribute->attnum, descriptor, &field.is_null);
        return field;
    }
    return {UNKNOWNOID, 0, true};
}

// A value as its type writes it.
const char* written(Oid type, Datum value) {
    Oid output = InvalidOid;
    bool is_varlena = false;
    getTypeOutputInfo(type, &output, &is_varlena);
    return OidOutputFunctionCall(output, value);
}

// True if two values of a type are equal.
bool same_value(Oid type, Datum one, Datum other) {
    switch (type) {
        case BOOLOID: return DatumGetBool(one) == DatumGetBool(other);
        case INT4OID: return DatumGetInt32(one) == DatumGetInt32(other);
        case FLOAT8OID: return DatumGetBool(DirectFunctionCall2(float8eq, one, other));
        case VARCHAROID:
        case TEXTOID: return same_stored(one, other);
        case JSONBOID:
            return same_stored(one, other) ||
                   compareJsonbContainers(&DatumGetJsonbP(one)->root,
                                          &DatumGetJsonbP(other)->root) == 0;
        default: return std::strcmp(written(type, one), written(type, other)) == 0;
    }
}

// Adds a column that is a float8. JSON has no number for what is not finite.
void add_float(JsonbObject& object, const char* name, Datum value) {
    if (std::isfinite(DatumGetFloat8(value))) {
        object.add_number(name, written(FLOAT8OID, value));
    } else {
        object.add_string(name, written(FLOAT8OID, value));
    }
}

// Adds a column that is a time, in UTC.
void add_time(JsonbObject& object, const char* name, Datum value) {
    constexpr int utc = 0;
    char text[MAXDATELEN + 1];
    object.add_string(name, JsonEncodeDateTime(text, value, TIMESTAMPTZOID, &utc));
}

// Adds a column that is not NULL.
void add_value(JsonbObject& object, const char* name, Oid type, Datum value) {
    switch (type) {
        case BOOLOID: object.add_boolean(name, DatumGetBool(value)); break;
        case INT4OID: object.add_number(name, written(type, value)); break;
        case FLOAT8OID: add_float(object, name, value); break;
        case JSONBOID: object.add_jsonb(name, value); break;
        case TIMESTAMPTZOID: add_time(object, name, value); break;
        case VARCHAROID:
        case TEXTOID: object.add_text(name, value); break;
        default: object.add_string(name, written(type, value)); break;
    }
}

}  // namespace

const char* id_of(const StoredProfile& row) {
    const AttrNumber column = find_column(row.table, "focus_id", VARCHAROID);
    return TextDatumGetCString(column_value(row.table, row.tuple, column));
}

bool same_content(const StoredProfile& one, const StoredProfile& other) {
    for (const Column& column : columns) {
        if (!column.is_content) continue;
        const Field a = field_of(one, column.name);
        const Field b = field_of(other, column.name);
        if (a.is_null != b.is_null) return false;
        if (!a.is_null && !same_value(a.type, a.value, b.value)) return false;
    }
    return true;
}

JsonbObject history_form(const StoredProfile& row) {
    JsonbObject object;
    for (const Column& column : columns) {
        const Field field = field_of(row, column.name);
        if (field.is_null) {
            object.add_null(column.name);
        } else {
            add_value(object, column.name, field.type, field.value);
        }
    }
    return object;
}

void refuse_oversized(const StoredProfile& row) {
    std::size_t bytes = 0;
    for (const Column& column : columns) {
        const Field field = field_of(row, column.name);
        const bool is_long =
            field.type == TEXTOID || field.type == VARCHAROID || field.type == JSONBOID;
        if (!field.is_null && is_long) bytes += stored_size(field.value);
    }
    if (bytes <= most_row_bytes) return;
    ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                    errmsg("focus profile \"%s\" is too large for its history", id_of(row)),
                    errdetail("Its columns have %llu bytes together; the limit is %llu.",
                              static_cast<unsigned long long>(bytes),
                              static_cast<unsigned long long>(most_row_bytes)),
                    errhint("Keep long texts in a table of your own that refers to the profile.")));
}

}  // namespace aria_focus::pg
