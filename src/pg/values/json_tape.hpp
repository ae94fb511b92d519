// Writes PostgreSQL values on a tape that the core reads (core/check/json.hpp). PostgreSQL's API only; the
// tape lies in the current memory context.
#pragma once

#include "core/check/json.hpp"

#include <cstdint>
#include <span>
#include <string_view>

#include "pg/values/palloc_array.hpp"
#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// How the texts of a tape are written: as the core reads them, or as the server has them, for values that
// come out again as they went in.
enum class TapeTexts : std::uint8_t { utf8, server };

class JsonTape {
  public:
    explicit JsonTape(TapeTexts texts = TapeTexts::utf8) : texts_(texts) {}

    // Larger values are refused with 54000.
    static constexpr std::uint32_t max_nodes = 10'000'000;

    // Opens an object; the pairs follow as a key and a value each.
    void begin_object() { begin(core::check::JsonKind::object); }
    // Opens an array; the elements follow.
    void begin_array() { begin(core::check::JsonKind::array); }
    // Closes the innermost object or array.
    void end();

    // One value or key each; texts are in the server's encoding and outlive the tape.
    void add_key(std::string_view key);
    void add_string(std::string_view server) {
        add(core::check::JsonKind::string, written(server));
    }
    void add_number(std::string_view digits) { add(core::check::JsonKind::number, digits); }
    void add_boolean(bool truth) { add(core::check::JsonKind::boolean).truth = truth; }
    void add_null() { add(core::check::JsonKind::null); }
    // A whole jsonb value; where keys are given, of each object in it only what has one of them.
    void add_jsonb(Jsonb* value, std::span<const std::string_view> keys = {});

    // What was written.
    std::span<const core::check::JsonNode> nodes() const { return nodes_.view(); }
    core::check::JsonView view() const { return core::check::JsonView(nodes()); }

  private:
    // A text of the server as this tape has it.
    std::string_view written(std::string_view server) const;
    // How many nodes there are.
    std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
    // Appends a node.
    core::check::JsonNode& append(core::check::JsonKind kind, std::string_view text);
    // Appends a value and counts it as a child of what is open, unless it is a key's.
    core::check::JsonNode& add(core::check::JsonKind kind, std::string_view text = {});
    // Opens a container.
    void begin(core::check::JsonKind kind);
    // Appends what a jsonb iterator found.
    void add_token(JsonbIteratorToken token, const JsonbValue& value);
    // Appends a scalar of a jsonb.
    void add_scalar(const JsonbValue& value);

    TapeTexts texts_;
    PallocArray<core::check::JsonNode> nodes_;
    PallocArray<std::uint32_t> open_;  // indexes of the containers not yet closed
};

// Writes the tape of one jsonb datum, detoasted.
JsonTape read_jsonb(Datum value);

// Writes the tape of a jsonb datum whose texts come out again as they went in: in the server's encoding, and of
// each object only the keys that are asked for.
JsonTape read_jsonb(Datum value, std::span<const std::string_view> keys);

}  // namespace aria_focus::pg
