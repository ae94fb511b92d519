// Writes PostgreSQL values on a tape that the core reads (core/json.hpp). PostgreSQL's API only; the
// tape lies in the current memory context.
#pragma once

#include "core/json.hpp"

#include <cstdint>
#include <span>
#include <string_view>

#include "pg/palloc_array.hpp"
#include "pg/postgres_api.h"

namespace aria_focus::pg {

class JsonTape {
  public:
    // Larger values are refused with 54000.
    static constexpr std::uint32_t max_nodes = 10'000'000;

    // Opens an object; the pairs follow as a key and a value each.
    void begin_object();
    // Opens an array; the elements follow.
    void begin_array();
    // Closes the innermost object or array.
    void end();

    // One value or key each; texts are in the server's encoding and outlive the tape.
    void add_key(std::string_view key);
    void add_string(std::string_view server);
    void add_number(std::string_view digits);
    void add_boolean(bool truth);
    void add_null();
    // A whole jsonb value.
    void add_jsonb(Jsonb* value);

    // What was written.
    std::span<const core::JsonNode> nodes() const { return nodes_.view(); }
    core::JsonView view() const { return core::JsonView(nodes()); }

  private:
    // How many nodes there are.
    std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
    // Appends a node.
    core::JsonNode& append(core::JsonKind kind, std::string_view text);
    // Appends a value and counts it as a child of what is open, unless it is a key's.
    core::JsonNode& add(core::JsonKind kind, std::string_view text = {});
    // Opens a container.
    void begin(core::JsonKind kind);
    // Appends what a jsonb iterator found.
    void add_token(JsonbIteratorToken token, const JsonbValue& value);
    // Appends a scalar of a jsonb.
    void add_scalar(const JsonbValue& value);

    PallocArray<core::JsonNode> nodes_;
    PallocArray<std::uint32_t> open_;  // indexes of the containers not yet closed
};

// The tape of one jsonb datum, detoasted.
JsonTape read_jsonb(Datum value);

}  // namespace aria_focus::pg
