#include "pg/tables/schema.hpp"

namespace aria_focus::pg {

namespace {

// Finds the extension's table of this name, wherever somebody moved it; InvalidOid if there is none.
Oid find_moved(Oid extension, const char* name) {
    Relation depend = table_open(DependRelationId, AccessShareLock);
    ScanKeyData keys[2];
    ScanKeyInit(&keys[0], Anum_pg_depend_refclassid, BTEqualStrategyNumber, F_OIDEQ,
                ObjectIdGetDatum(ExtensionRelationId));
    ScanKeyInit(&keys[1], Anum_pg_depend_refobjid, BTEqualStrategyNumber, F_OIDEQ,
                ObjectIdGetDatum(extension));
    SysScanDesc scan = systable_beginscan(depend, DependReferenceIndexId, true, nullptr, 2, keys);
    Oid found = InvalidOid;
    while (HeapTuple tuple = systable_getnext(scan)) {
        const auto* member = reinterpret_cast<Form_pg_depend>(GETSTRUCT(tuple));
        if (member->classid != RelationRelationId) continue;
        const char* member_name = get_rel_name(member->objid);
        if (member_name != nullptr && strcmp(member_name, name) == 0) found = member->objid;
    }
    systable_endscan(scan);
    table_close(depend, AccessShareLock);
    return found;
}

// Writes the statement that brings a table back that is not in its place.
const char* way_back(const char* name) {
    const Oid extension = get_extension_oid("aria_focus", true);
    if (!OidIsValid(extension)) return "Run CREATE EXTENSION aria_focus in this database.";
    const Oid moved = find_moved(extension, name);
    if (!OidIsValid(moved)) {
        return "The extension is here, but its table was renamed: ALTER TABLE ... RENAME gives it "
               "its name back.";
    }
    const char* schema = quote_identifier(get_namespace_name(get_rel_namespace(moved)));
    if (OidIsValid(get_namespace_oid(schema_name, true))) {
        return psprintf("Somebody moved it: ALTER TABLE %s.%s SET SCHEMA %s.", schema, name,
                        schema_name);
    }
    return psprintf("Somebody renamed the schema: ALTER SCHEMA %s RENAME TO %s.", schema,
                    schema_name);
}

// Raises 42P01 and says what to do about a table that is not there.
[[noreturn]] void raise_missing(const char* name) {
    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_TABLE),
                    errmsg("table %s.%s does not exist", schema_name, name),
                    errhint("%s", way_back(name))));
    pg_unreachable();
}

// True for a table whose rows Citus keeps elsewhere: what lies here is an empty shell, or a copy that only
// its own planner reads.
bool is_distributed(Relation table) {
    const Oid partitions = get_relname_relid("pg_dist_partition", PG_CATALOG_NAMESPACE);
    if (!OidIsValid(partitions)) return false;
    Relation catalog = table_open(partitions, AccessShareLock);
    const AttrNumber column = find_column(catalog, "logicalrelid", REGCLASSOID);
    ScanKeyData key;
    ScanKeyInit(&key, column, BTEqualStrategyNumber, F_OIDEQ,
                ObjectIdGetDatum(RelationGetRelid(table)));
    SysScanDesc scan = systable_beginscan(catalog, InvalidOid, false, nullptr, 1, &key);
    const bool found = HeapTupleIsValid(systable_getnext(scan));
    systable_endscan(scan);
    table_close(catalog, AccessShareLock);
    return found;
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
    if (is_distributed(table)) {
        ereport(
            ERROR,
            (errcode(ERRCODE_WRONG_OBJECT_TYPE),
             errmsg("\"%s.%s\" is a table of Citus", schema_name, name),
             errdetail("Its rows lie elsewhere: read here, it would seem to be empty."),
             errhint(
                 "SELECT undistribute_table('%s.%s'), keep the extension's tables plain on every "
                 "node, and bring changes to the nodes by logical replication.",
                 schema_name, name)));
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
