// Writes one flat object of stored values as jsonb. Unlike pushJsonbValue it copies each value once, from
// where it is stored to where it ends up, and hears a cancel meanwhile. PostgreSQL's API only.
#pragma once

#include <cstddef>
#include <string_view>

#include "pg/values/palloc_array.hpp"
#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

class JsonbObject {
  public:
    // The most bytes that jsonb can hold in one object.
    static constexpr std::size_t most = JENTRY_OFFLENMASK;

    // Adds a member; keys are ASCII literals, each given once. Values stay where they are until finish().
    void add_null(std::string_view key) { add(key, JENTRY_ISNULL, 0, 0); }
    void add_boolean(std::string_view key, bool value) {
        add(key, value ? JENTRY_ISBOOL_TRUE : JENTRY_ISBOOL_FALSE, 0, 0);
    }
    // A text or varchar.
    void add_text(std::string_view key, Datum value);
    // A short text in the server's encoding.
    void add_string(std::string_view key, const char* value);
    // The digits of a number.
    void add_number(std::string_view key, const char* digits);
    // A jsonb.
    void add_jsonb(std::string_view key, Datum value);

    // Bytes that the members take, the alignment of each included.
    std::size_t size() const { return size_; }

    // The object; the caller has seen that size() is not over `most`.
    Datum finish();

  private:
    struct Member {
        std::string_view key;
        JEntry type;
        Datum value;
        std::size_t size;
    };
    struct Place;

    void add(std::string_view key, JEntry type, Datum value, std::size_t size);
    // Adds a jsonb that is one string, number, boolean or null.
    void add_scalar(std::string_view key, Datum value);
    static void put(Place& place, JEntry type, std::size_t length);
    static void put_value(Place& place, const Member& member);

    PallocArray<Member> members_;
    std::size_t size_ = 0;
};

}  // namespace aria_focus::pg
