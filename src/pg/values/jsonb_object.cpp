#include <algorithm>
#include <cstdint>
#include <cstring>

#include "pg/values/jsonb_object.hpp"
#include "pg/values/stored_bytes.hpp"

namespace aria_focus::pg {

namespace {

// jsonb's order of keys: shorter ones first, then by bytes.
bool comes_before(std::string_view one, std::string_view other) {
    return one.size() != other.size() ? one.size() < other.size() : one < other;
}

// True for the kinds of values that begin at a multiple of four bytes.
bool is_aligned(JEntry type) {
    return type == JENTRY_ISNUMERIC || type == JENTRY_ISCONTAINER;
}

}  // namespace

// Where the writing is: the next entry, and the next byte of the members.
struct JsonbObject::Place {
    char* base;  // of the whole value: alignment counts from here
    JEntry* entries;
    char* to;
    const char* data;  // the first byte of the members
    int next = 0;
};

void JsonbObject::add(std::string_view key, JEntry type, Datum value, std::size_t size) {
    members_.push({key, type, value, size});
    size_ += key.size() + size + (is_aligned(type) ? 3 : 0);
}

void JsonbObject::add_text(std::string_view key, Datum value) {
    add(key, JENTRY_ISSTRING, value, stored_size(value));
}

void JsonbObject::add_string(std::string_view key, const char* value) {
    add_text(key, PointerGetDatum(cstring_to_text(value)));
}

void JsonbObject::add_number(std::string_view key, const char* digits) {
    const Datum number = DirectFunctionCall3(numeric_in, CStringGetDatum(digits),
                                             ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
    add(key, JENTRY_ISNUMERIC, number, VARSIZE_ANY(DatumGetPointer(number)));
}

void JsonbObject::add_jsonb(std::string_view key, Datum value) {
    auto* head =
        reinterpret_cast<varlena*>(PG_DETOAST_DATUM_SLICE(value, 0, sizeof(std::uint32_t)));
    std::uint32_t header = 0;
    std::memcpy(&header, VARDATA_ANY(head), std::min(sizeof(header), VARSIZE_ANY_EXHDR(head)));
    if ((header & JB_FSCALAR) != 0) {
        add_scalar(key, value);
    } else {
        add(key, JENTRY_ISCONTAINER, value, stored_size(value));
    }
}

void JsonbObject::add_scalar(std::string_view key, Datum value) {
    JsonbValue scalar;
    JsonbExtractScalar(&DatumGetJsonbP(value)->root, &scalar);
    switch (scalar.type) {
        case jbvString:
            add_text(key, PointerGetDatum(cstring_to_text_with_len(scalar.val.string.val,
                                                                   scalar.val.string.len)));
            break;
        case jbvNumeric:
            add(key, JENTRY_ISNUMERIC, PointerGetDatum(scalar.val.numeric),
                VARSIZE_ANY(scalar.val.numeric));
            break;
        case jbvBool: add_boolean(key, scalar.val.boolean); break;
        default: add_null(key); break;
    }
}

// Fills the next entry. Every 32nd holds where its bytes end instead of how many they are.
void JsonbObject::put(Place& place, JEntry type, std::size_t length) {
    const bool has_offset = place.next % JB_OFFSET_STRIDE == 0;
    const auto end = static_cast<std::size_t>(place.to - place.data);
    const auto number = static_cast<JEntry>(has_offset ? end : length);
    place.entries[place.next++] = type | number | (has_offset ? JENTRY_HAS_OFF : 0);
}

// Writes a value behind the bytes that align it.
void JsonbObject::put_value(Place& place, const Member& member) {
    const char* begin = place.to;
    while (is_aligned(member.type) && (place.to - place.base) % 4 != 0) *place.to++ = 0;
    if (member.type == JENTRY_ISNUMERIC) {
        std::memcpy(place.to, DatumGetPointer(member.value), member.size);
    } else if (member.size != 0) {
        copy_stored(member.value, place.to);
    }
    place.to += member.size;
    put(place, member.type, static_cast<std::size_t>(place.to - begin));
}

Datum JsonbObject::finish() {
    const std::span<Member> members = members_.view();
    std::sort(members.begin(), members.end(), [](const Member& one, const Member& other) {
        return comes_before(one.key, other.key);
    });
    const std::size_t head = VARHDRSZ + sizeof(std::uint32_t) + 2 * members.size() * sizeof(JEntry);
    auto* base = static_cast<char*>(palloc(head + size_));
    const auto header = static_cast<std::uint32_t>(members.size()) | JB_FOBJECT;
    std::memcpy(base + VARHDRSZ, &header, sizeof(header));
    Place place{base, reinterpret_cast<JEntry*>(base + VARHDRSZ + sizeof(header)), base + head,
                base + head};
    for (const Member& member : members) {
        std::memcpy(place.to, member.key.data(), member.key.size());
        place.to += member.key.size();
        put(place, JENTRY_ISSTRING, member.key.size());
    }
    for (const Member& member : members) put_value(place, member);
    SET_VARSIZE(base, place.to - base);
    return PointerGetDatum(base);
}

}  // namespace aria_focus::pg
