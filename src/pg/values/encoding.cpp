#include "core/text/utf8.hpp"

#include <algorithm>
#include <cstring>

#include "pg/values/encoding.hpp"

namespace aria_focus::pg {

namespace {

namespace utf8 = core::text::utf8;

// Bytes converted between two looks at the interrupts.
constexpr std::size_t chunk_bytes = 32 * 1024;
// U+16A0 RUNIC LETTER FEHU: a letter without case that no server encoding but UTF8 has.
constexpr std::string_view stand_in = "\xE1\x9A\xA0";
// SQL_ASCII's byte b stands as U+1400 + b: Canadian syllables, letters without case, alone in their clusters, of a
// script with spaces.
constexpr char32_t byte_base = 0x1400;

// True if no byte is beyond ASCII.
bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char byte) { return static_cast<signed char>(byte) < 0; });
}

// True if the server's bytes are the core's.
bool needs_no_conversion(std::string_view text) {
    return GetDatabaseEncoding() == PG_UTF8 || is_ascii(text);
}

// A growing buffer in PostgreSQL's memory; StringInfo stops at 1 GB, UTF-8 forms may not.
class Buffer {
  public:
    // Room for so many more bytes at the end.
    char* reserve(std::size_t bytes) {
        if (size_ + bytes > capacity_) {
            capacity_ = std::max(size_ + bytes, capacity_ * 2);
            data_ = static_cast<char*>(
                data_ == nullptr
                    ? MemoryContextAllocExtended(CurrentMemoryContext, capacity_, MCXT_ALLOC_HUGE)
                    : repalloc_huge(data_, capacity_));
        }
        return data_ + size_;
    }
    // Takes over so many bytes of the reserved room.
    void commit(std::size_t bytes) { size_ += bytes; }
    // Appends a text.
    void append(std::string_view text) {
        std::memcpy(reserve(text.size()), text.data(), text.size());
        commit(text.size());
    }
    // Appends one code point; of those the border makes, all have three bytes.
    void append_three_bytes(char32_t c) {
        const char bytes[] = {static_cast<char>(0xE0 | (c >> 12)),
                              static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
                              static_cast<char>(0x80 | (c & 0x3F))};
        append({bytes, sizeof(bytes)});
    }
    std::size_t size() const { return size_; }
    // Forgets what was appended after a size.
    void cut(std::size_t size) { size_ = size; }
    std::string_view view() const { return {data_, size_}; }

  private:
    char* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

// One direction of a conversion.
struct Conversion {
    Oid procedure;  // InvalidOid: none is known
    int from;
    int to;
};

// Finds the conversion between two encodings.
Conversion find_conversion(int from, int to) {
    return {FindDefaultConversionProc(from, to), from, to};
}

// Converts a piece as a whole; false, with the buffer as it was, if some character of it cannot be.
bool convert_piece(const Conversion& conversion, std::string_view piece, Buffer& into) {
    if (!OidIsValid(conversion.procedure)) return false;
    // No character grows beyond that (MAX_CONVERSION_GROWTH).
    constexpr std::size_t growth = 4;
    const std::size_t room = piece.size() * growth + 1;
    auto* target = reinterpret_cast<unsigned char*>(into.reserve(room));
    auto* source = reinterpret_cast<unsigned char*>(const_cast<char*>(piece.data()));
    const int done = pg_do_encoding_conversion_buf(
        conversion.procedure, conversion.from, conversion.to, source,
        static_cast<int>(piece.size()), target, static_cast<int>(room), true);
    if (done != static_cast<int>(piece.size())) return false;
    into.commit(std::strlen(reinterpret_cast<char*>(target)));
    return true;
}

// Counts the bytes of the character at the front of a text in an encoding; never more than there are.
std::size_t character_bytes(int encoding, std::string_view text) {
    const int length = pg_encoding_mblen(encoding, text.data());
    return std::clamp<std::size_t>(static_cast<std::size_t>(length), 1, text.size());
}

// Cuts off a piece of at most chunk_bytes that ends between two characters, and counts them.
std::string_view next_piece(int encoding, std::string_view text, std::size_t& characters) {
    std::size_t bytes = 0;
    for (characters = 0; bytes < text.size() && bytes < chunk_bytes; ++characters) {
        bytes += character_bytes(encoding, text.substr(bytes));
    }
    return text.substr(0, bytes);
}

// Converts character by character; what fails, or does not stay one character, becomes `substitute`.
void convert_slowly(const Conversion& conversion, std::string_view piece,
                    std::string_view substitute, Buffer& into) {
    while (!piece.empty()) {
        const std::size_t bytes = character_bytes(conversion.from, piece);
        const std::size_t before = into.size();
        const bool done = convert_piece(conversion, piece.substr(0, bytes), into);
        const bool is_one =
            done && (conversion.to != PG_UTF8 || utf8::count(into.view().substr(before)) == 1);
        if (!is_one) {
            into.cut(before);
            into.append(static_cast<signed char>(piece[0]) < 0 ? substitute : piece.substr(0, 1));
        }
        piece.remove_prefix(bytes);
    }
}

// Converts a text piece by piece.
std::string_view convert(const Conversion& conversion, std::string_view text,
                         std::string_view substitute) {
    Buffer out;
    while (!text.empty()) {
        CHECK_FOR_INTERRUPTS();
        std::size_t characters = 0;
        const std::string_view piece = next_piece(conversion.from, text, characters);
        const std::size_t before = out.size();
        const bool done = convert_piece(conversion, piece, out);
        const bool kept_count = done && (conversion.to != PG_UTF8 ||
                                         utf8::count(out.view().substr(before)) == characters);
        if (!kept_count) {
            out.cut(before);
            convert_slowly(conversion, piece, substitute, out);
        }
        text.remove_prefix(piece.size());
    }
    return out.view();
}

// Converts SQL_ASCII to UTF-8.
std::string_view bytes_to_utf8(std::string_view server) {
    Buffer out;
    for (std::size_t i = 0; i < server.size(); ++i) {
        if (i % chunk_bytes == 0) CHECK_FOR_INTERRUPTS();
        const auto byte = static_cast<unsigned char>(server[i]);
        if (byte < 0x80) {
            out.append(server.substr(i, 1));
        } else {
            out.append_three_bytes(byte_base + byte);
        }
    }
    return out.view();
}

// Converts UTF-8 to SQL_ASCII; what is no byte there becomes '?'.
std::string_view utf8_to_bytes(std::string_view text) {
    Buffer out;
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at < end;) {
        const utf8::Decoded next = utf8::decode(at, end);
        const bool is_byte =
            next.code_point >= byte_base + 0x80 && next.code_point <= byte_base + 0xFF;
        const char byte = next.code_point < 0x80
                              ? *at
                              : (is_byte ? static_cast<char>(next.code_point - byte_base) : '?');
        out.append({&byte, 1});
        at += next.length;
    }
    return out.view();
}

}  // namespace

std::string_view to_utf8(std::string_view server) {
    if (needs_no_conversion(server)) return server;
    if (GetDatabaseEncoding() == PG_SQL_ASCII) return bytes_to_utf8(server);
    return convert(find_conversion(GetDatabaseEncoding(), PG_UTF8), server, stand_in);
}

std::string_view to_server(std::string_view text) {
    if (needs_no_conversion(text)) return text;
    if (GetDatabaseEncoding() == PG_SQL_ASCII) return utf8_to_bytes(text);
    return convert(find_conversion(PG_UTF8, GetDatabaseEncoding()), text, "?");
}

const char* to_server_cstring(std::string_view text) {
    const std::string_view server = to_server(text);
    return pnstrdup(server.data(), server.size());
}

Datum to_text_datum(std::string_view text) {
    return server_text_datum(to_server(text));
}

Datum server_text_datum(std::string_view text) {
    return PointerGetDatum(cstring_to_text_with_len(text.data(), static_cast<int>(text.size())));
}

ServerText read_text(Datum value) {
    auto* plain = reinterpret_cast<text*>(PG_DETOAST_DATUM_PACKED(value));
    const std::string_view server(VARDATA_ANY(plain), VARSIZE_ANY_EXHDR(plain));
    const bool copied = static_cast<void*>(plain) != DatumGetPointer(value);
    return {server, to_utf8(server), copied ? plain : nullptr};
}

void release(const ServerText& text) {
    if (text.utf8.data() != text.server.data() && !text.utf8.empty()) {
        pfree(const_cast<char*>(text.utf8.data()));
    }
    if (text.detoasted != nullptr) pfree(text.detoasted);
}

void ServerCursor::move_to(std::size_t utf8_offset) {
    const std::string_view step = text_.utf8.substr(utf8_at_, utf8_offset - utf8_at_);
    const std::size_t passed = utf8::count(step);
    if (text_.utf8.data() != text_.server.data()) {
        for (std::size_t i = 0; i < passed; ++i) {
            server_at_ += character_bytes(GetDatabaseEncoding(), text_.server.substr(server_at_));
        }
    }
    characters_ += passed;
    utf8_at_ = utf8_offset;
}

std::size_t ServerCursor::server_offset() const {
    return text_.utf8.data() == text_.server.data() ? utf8_at_ : server_at_;
}

}  // namespace aria_focus::pg
