#include <cstring>

#include "pg/values/text_array.hpp"

namespace aria_focus::pg {

namespace {

// Bytes of an element with its header, up to the next one.
Size element_size(std::string_view text) {
    return INTALIGN(VARHDRSZ + text.size());
}

// Bytes of a whole array that is not empty.
Size array_size(std::span<const std::string_view> texts) {
    Size bytes = ARR_OVERHEAD_NONULLS(1);
    for (const std::string_view text : texts) bytes += element_size(text);
    if (AllocSizeIsValid(bytes)) return bytes;
    ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("array of texts is too long"),
                    errdetail("It would have %zu bytes; the limit is %zu.", bytes,
                              static_cast<std::size_t>(MaxAllocSize))));
}

}  // namespace

Datum text_array_datum(std::span<const std::string_view> texts) {
    if (texts.empty()) return PointerGetDatum(construct_empty_array(TEXTOID));
    const Size bytes = array_size(texts);
    auto* array = static_cast<ArrayType*>(palloc(bytes));
    SET_VARSIZE(array, bytes);
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
