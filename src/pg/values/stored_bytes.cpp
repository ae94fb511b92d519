#include <algorithm>
#include <cstring>

#include "pg/values/stored_bytes.hpp"

namespace aria_focus::pg {

namespace {

// Bytes between two looks at whether to stop: some tens of microseconds.
constexpr std::size_t piece = std::size_t{256} * 1024;

// Copies bytes that are in memory.
void copy_pieces(const char* from, std::size_t size, char* to) {
    for (std::size_t at = 0; at < size; at += piece) {
        CHECK_FOR_INTERRUPTS();
        std::memcpy(to + at, from + at, std::min(piece, size - at));
    }
}

// Copies an uncompressed value from the table of long values.
void copy_plain_external(varlena* value, std::size_t size, char* to) {
    for (std::size_t at = 0; at < size; at += piece) {
        CHECK_FOR_INTERRUPTS();
        const auto length = static_cast<int32>(std::min(piece, size - at));
        varlena* slice = detoast_attr_slice(value, static_cast<int32>(at), length);
        std::memcpy(to + at, VARDATA_ANY(slice), static_cast<std::size_t>(length));
        pfree(slice);
    }
}

// Raises XX001.
[[noreturn]] void raise_corrupt() {
    ereport(ERROR,
            (errcode(ERRCODE_DATA_CORRUPTED), errmsg("compressed data of a profile is corrupt")));
    pg_unreachable();
}

// A stream of pglz (src/common/pg_lzcompress.c): a control byte, then eight items, its lowest bit first.
// 0 is a literal byte. 1 is a match of two bytes, the second four bits of the first one being the length
// less 3 and 15 saying that a third byte is to be added, the rest the distance.
class Inflater {
  public:
    Inflater(const char* from, std::size_t from_size, char* to, std::size_t to_size)
        : at_(reinterpret_cast<const unsigned char*>(from)),
          end_(at_ + from_size),
          begin_(to),
          to_(to),
          to_end_(to + to_size) {}

    // Writes the whole value.
    void run() {
        char* look = to_ + std::min(piece, left());
        while (at_ < end_ && to_ < to_end_) {
            if (to_ >= look) {
                CHECK_FOR_INTERRUPTS();
                look = to_ + std::min(piece, left());
            }
            group();
        }
        if (at_ != end_ || to_ != to_end_) raise_corrupt();
    }

  private:
    // How many bytes are still to come.
    std::size_t left() const { return static_cast<std::size_t>(to_end_ - to_); }

    // Up to eight items behind their control byte.
    void group() {
        unsigned control = *at_++;
        for (int item = 0; item < 8 && at_ < end_ && to_ < to_end_; ++item, control >>= 1) {
            if ((control & 1) != 0) {
                match();
            } else {
                *to_++ = static_cast<char>(*at_++);
            }
        }
    }

    // Repeats what stands some bytes before; where it runs into itself, a pattern.
    void match() {
        if (end_ - at_ < 2) raise_corrupt();
        std::size_t length = (at_[0] & 0x0Fu) + 3u;
        const std::size_t distance = (static_cast<std::size_t>(at_[0] & 0xF0u) << 4) | at_[1];
        at_ += 2;
        if (length == 18) {
            if (at_ == end_) raise_corrupt();
            length += *at_++;
        }
        if (distance == 0 || distance > static_cast<std::size_t>(to_ - begin_)) raise_corrupt();
        length = std::min(length, left());
        if (length <= distance) {
            std::memcpy(to_, to_ - distance, length);
        } else {
            for (std::size_t i = 0; i < length; ++i) to_[i] = (to_ - distance)[i];
        }
        to_ += length;
    }

    const unsigned char* at_;
    const unsigned char* end_;
    char* begin_;
    char* to_;
    char* to_end_;
};

// True for a value that is compressed by pglz, in memory.
bool is_pglz(varlena* value) {
    return VARDATA_COMPRESSED_GET_COMPRESS_METHOD(value) == TOAST_PGLZ_COMPRESSION_ID;
}

// Copies a value that is in memory, compressed or not.
void copy_inline(varlena* value, std::size_t size, char* to) {
    if (!VARATT_IS_COMPRESSED(value)) {
        copy_pieces(VARDATA_ANY(value), size, to);
    } else if (is_pglz(value)) {
        const char* packed = reinterpret_cast<varattrib_4b*>(value)->va_compressed.va_data;
        const char* end = reinterpret_cast<const char*>(value) + VARSIZE(value);
        Inflater(packed, static_cast<std::size_t>(end - packed), to, size).run();
    } else {
        varlena* whole = detoast_attr(value);
        copy_pieces(VARDATA_ANY(whole), size, to);
        pfree(whole);
    }
}

// The place of a stored value in the table of long values.
varatt_external place_of(varlena* value) {
    varatt_external place;
    VARATT_EXTERNAL_GET_POINTER(place, value);
    return place;
}

// True if both are one value in the table of long values.
bool same_place(varlena* one, varlena* other) {
    if (!VARATT_IS_EXTERNAL_ONDISK(one) || !VARATT_IS_EXTERNAL_ONDISK(other)) return false;
    const varatt_external a = place_of(one);
    const varatt_external b = place_of(other);
    return std::memcmp(&a, &b, sizeof(a)) == 0;
}

// A value as bytes in memory.
const char* read_stored(Datum value, std::size_t size) {
    auto* bytes = static_cast<char*>(palloc(size + 1));
    copy_stored(value, bytes);
    return bytes;
}

}  // namespace

void copy_stored(Datum value, char* to) {
    auto* stored = reinterpret_cast<varlena*>(DatumGetPointer(value));
    const std::size_t size = stored_size(value);
    if (!VARATT_IS_EXTERNAL(stored)) {
        copy_inline(stored, size, to);
        return;
    }
    if (VARATT_IS_EXTERNAL_ONDISK(stored)) {
        const varatt_external place = place_of(stored);
        if (!VARATT_EXTERNAL_IS_COMPRESSED(place)) {
            copy_plain_external(stored, size, to);
            return;
        }
    }
    varlena* fetched = detoast_external_attr(stored);
    copy_inline(fetched, size, to);
    pfree(fetched);
}

bool same_stored(Datum one, Datum other) {
    auto* a = reinterpret_cast<varlena*>(DatumGetPointer(one));
    auto* b = reinterpret_cast<varlena*>(DatumGetPointer(other));
    if (a == b || same_place(a, b)) return true;
    const std::size_t size = stored_size(one);
    if (size != stored_size(other)) return false;
    const char* left = read_stored(one, size);
    const char* right = read_stored(other, size);
    bool same = true;
    for (std::size_t at = 0; same && at < size; at += piece) {
        CHECK_FOR_INTERRUPTS();
        same = std::memcmp(left + at, right + at, std::min(piece, size - at)) == 0;
    }
    pfree(const_cast<char*>(left));
    pfree(const_cast<char*>(right));
    return same;
}

}  // namespace aria_focus::pg
