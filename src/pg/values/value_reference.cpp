#include <cstring>

#include "pg/values/value_reference.hpp"

#include "pg/values/stored_bytes.hpp"

namespace aria_focus::pg {

namespace {

// An expanded datum; the header comes first, as the server wants it.
struct Expanded {
    ExpandedObjectHeader header;
    varlena* value;
};

// The value of an expanded datum of ours.
varlena* value_of(ExpandedObjectHeader* header) {
    return reinterpret_cast<Expanded*>(header)->value;
}

// Bytes of the value, its header among them.
Size flat_size(ExpandedObjectHeader* header) {
    return VARSIZE(value_of(header));
}

// Writes the value, hearing a cancel.
void flatten(ExpandedObjectHeader* header, void* to, Size size) {
    SET_VARSIZE(to, size);
    copy_stored(PointerGetDatum(value_of(header)), VARDATA(to));
}

constexpr ExpandedObjectMethods methods{flat_size, flatten};

}  // namespace

Datum refer_to(Datum value) {
    auto* expanded = static_cast<Expanded*>(palloc(sizeof(Expanded)));
    EOH_init_header(&expanded->header, &methods, CurrentMemoryContext);
    expanded->value = reinterpret_cast<varlena*>(DatumGetPointer(value));

    const varatt_indirect place{
        reinterpret_cast<varlena*>(DatumGetPointer(EOHPGetRODatum(&expanded->header)))};
    auto* reference = static_cast<varlena*>(palloc(VARHDRSZ_EXTERNAL + sizeof(place)));
    SET_VARTAG_EXTERNAL(reference, VARTAG_INDIRECT);
    std::memcpy(VARDATA_EXTERNAL(reference), &place, sizeof(place));
    return PointerGetDatum(reference);
}

}  // namespace aria_focus::pg
