#include "pg/tables/schema.hpp"

namespace aria_focus::pg {

namespace {

// Raises 42P01 and says what to do about a table that is not there.
[[noreturn]] void raise_missing(const char* name) {
    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_TABLE),
                    errmsg("table %s.%s does not exist", schema_name, name),
                    errhint("Run CREATE EXTENSION aria_focus in this database.")));
    pg_unreachable();
}

// True for a heap table without children: what a plain scan sees of it is what SELECT sees.
bool is_plain_heap(Relation table) {
    return table->rd_rel->relkind == RELKIND_RELATION &&
           table->rd_rel->relam == HEAP_TABLE_AM_OID &&
           !(table->rd_rel->relhassubclass &&
             find_inheritance_children(RelationGetRelid(table), AccessShareLock) != NIL);
}

}  // namespace

Relation open_table(const char* name) {
    const Oid schema = get_namespace_oid(schema_name, true);
    const Oid relid = OidIsValid(schema) ? get_relname_relid(name, schema) : InvalidOid;
    Relation table = OidIsValid(relid) ? try_relation_open(relid, AccessShareLock) : nullptr;
    if (table == nullptr) raise_missing(name);
    if (!is_plain_heap(table)) {
        ereport(ERROR, (errcode(ERRCODE_WRONG_OBJECT_TYPE),
                        errmsg("\"%s.%s\" is not a plain heap table", schema_name, name),
                        errhint("aria_focus reads the table that CREATE EXTENSION made.")));
    }
    return table;
}

AttrNumber find_column(Relation table, const char* name, Oid type) {
    const TupleDesc descriptor = RelationGetDescr(table);
    for (int i = 0; i < descriptor->natts; ++i) {
        const Form_pg_attribute attribute = TupleDescAttr(descriptor, i);
        if (attribute->attisdropped || namestrcmp(&attribute->attname, name) != 0) continue;
        if (attribute->atttypid == type) return attribute->attnum;
        ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH),
                        errmsg("column \"%s\" of table \"%s\" is of type %s, not %s", name,
                               RelationGetRelationName(table), format_type_be(attribute->atttypid),
                               format_type_be(type))));
    }
    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_COLUMN),
                    errmsg("column \"%s\" of table \"%s\" does not exist", name,
                           RelationGetRelationName(table))));
    pg_unreachable();
}

Datum column_value(Relation table, HeapTuple tuple, AttrNumber column) {
    bool is_null = false;
    const Datum value = heap_getattr(tuple, column, RelationGetDescr(table), &is_null);
    if (is_null) {
        ereport(ERROR, (errcode(ERRCODE_NOT_NULL_VIOLATION),
                        errmsg("column %d of table \"%s\" is null", column,
                               RelationGetRelationName(table))));
    }
    return value;
}

}  // namespace aria_focus::pg
