#include <cstring>

#include "pg/values/encoding.hpp"
#include "pg/values/text_array.hpp"
#include "pg/values/varlena.hpp"

namespace aria_focus::pg {

namespace {

// Counts the bytes of an element with its header, up to the next one.
Size element_size(std::string_view text) {
    return INTALIGN(VARHDRSZ + text.size());
}

}  // namespace

std::span<const ArrayText> read_text_array(Datum array) {
    Datum* elements = nullptr;
    bool* nulls = nullptr;
    int count = 0;
    deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT, &elements,
                      &nulls, &count);
    PallocArray<ArrayText> texts;
    for (int i = 0; i < count; ++i) {
        CHECK_FOR_INTERRUPTS();
        texts.push({nulls[i] ? std::string_view() : read_text(elements[i]).utf8, nulls[i]});
    }
    return texts.view();
}

Datum text_array_datum(std::span<const std::string_view> texts) {
    if (texts.empty()) return PointerGetDatum(construct_empty_array(TEXTOID));
    Size bytes = ARR_OVERHEAD_NONULLS(1);
    for (const std::string_view text : texts) bytes += element_size(text);
    auto* array = reinterpret_cast<ArrayType*>(allocate_varlena(bytes, "array of texts"));
    array->ndim = 1;
    array->dataoffset = 0;  // no NULL among them
    array->elemtype = TEXTOID;
    ARR_DIMS(array)[0] = static_cast<int>(texts.size());
    ARR_LBOUND(array)[0] = 1;
    char* at = ARR_DATA_PTR(array);
    for (const std::string_view text : texts) {
        char* const next = at + element_size(text);
        std::memset(next - 4, 0, 4);  // what it is aligned with
        SET_VARSIZE(at, VARHDRSZ + text.size());
        std::memcpy(VARDATA(at), text.data(), text.size());
        at = next;
    }
    return PointerGetDatum(array);
}

}  // namespace aria_focus::pg
