#include "pg/values/json_tape.hpp"

#include <algorithm>

#include "pg/values/encoding.hpp"

namespace aria_focus::pg {

namespace {

using core::check::JsonKind;
using core::check::JsonNode;

// True if a key is one of some.
template <class Text>
bool contains(std::span<const std::string_view> keys, const Text& key) {
    const std::string_view name(key.val, static_cast<std::size_t>(key.len));
    return std::find(keys.begin(), keys.end(), name) != keys.end();
}

// Counts the nodes of an object, or of an array of objects, where each has so many keys with plain values.
std::size_t room_for(Jsonb* jsonb, std::size_t keys) {
    const std::size_t objects = JB_ROOT_IS_ARRAY(jsonb) ? JB_ROOT_COUNT(jsonb) : 1;
    return std::min<std::size_t>(objects * (2 * keys + 1) + 1, JsonTape::max_nodes);
}

}  // namespace

std::string_view JsonTape::written(std::string_view server) const {
    return texts_ == TapeTexts::utf8 ? to_utf8(server) : server;
}

JsonNode& JsonTape::append(JsonKind kind, std::string_view text) {
    if (nodes_.size() == max_nodes) {
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("jsonb value is too large"),
                        errdetail("It has more than %u keys and values.", max_nodes)));
    }
    if (nodes_.size() % 4096 == 0) CHECK_FOR_INTERRUPTS();
    return nodes_.push({kind, false, 0, size() + 1, text});
}

JsonNode& JsonTape::add(JsonKind kind, std::string_view text) {
    // A pair is counted by its key, so a value counts in arrays only.
    if (open_.size() > 0) {
        JsonNode& parent = nodes_[open_.back()];
        if (parent.kind == JsonKind::array) ++parent.size;
    }
    return append(kind, text);
}

void JsonTape::begin(JsonKind kind) {
    add(kind);
    open_.push(size() - 1);
}

void JsonTape::end() {
    nodes_[open_.back()].next = size();
    open_.pop();
}

void JsonTape::add_key(std::string_view key) {
    ++nodes_[open_.back()].size;
    append(JsonKind::string, written(key));
}

void JsonTape::add_scalar(const JsonbValue& value) {
    switch (value.type) {
        case jbvString:
            add_string({value.val.string.val, static_cast<std::size_t>(value.val.string.len)});
            break;
        case jbvNumeric:
            add_number(DatumGetCString(
                DirectFunctionCall1(numeric_out, NumericGetDatum(value.val.numeric))));
            break;
        case jbvBool: add_boolean(value.val.boolean); break;
        case jbvNull: add_null(); break;
        default: elog(ERROR, "unexpected jsonb scalar type %d", static_cast<int>(value.type));
    }
}

void JsonTape::add_token(JsonbIteratorToken token, const JsonbValue& value) {
    switch (token) {
        case WJB_BEGIN_OBJECT: begin_object(); break;
        case WJB_BEGIN_ARRAY: begin_array(); break;
        case WJB_END_OBJECT:
        case WJB_END_ARRAY: end(); break;
        case WJB_KEY:
            add_key({value.val.string.val, static_cast<std::size_t>(value.val.string.len)});
            break;
        case WJB_ELEM:
        case WJB_VALUE: add_scalar(value); break;
        case WJB_DONE: break;
    }
}

void JsonTape::add_jsonb(Jsonb* jsonb, std::span<const std::string_view> keys) {
    // A scalar comes as an array of one; its end must not close an array of ours.
    const bool is_scalar = JB_ROOT_IS_SCALAR(jsonb);
    if (!keys.empty()) nodes_.reserve(room_for(jsonb, keys.size()));
    JsonbIterator* iterator = JsonbIteratorInit(&jsonb->root);
    JsonbValue value;
    for (;;) {
        const JsonbIteratorToken token = JsonbIteratorNext(&iterator, &value, false);
        if (token == WJB_DONE) break;
        if (is_scalar && token != WJB_ELEM) continue;
        if (token == WJB_KEY && !keys.empty() && !contains(keys, value.val.string)) {
            JsonbIteratorNext(&iterator, &value, true);
        } else {
            add_token(token, value);
        }
    }
}

JsonTape read_jsonb(Datum value) {
    JsonTape tape;
    tape.add_jsonb(DatumGetJsonbP(value));
    return tape;
}

JsonTape read_jsonb(Datum value, std::span<const std::string_view> keys) {
    JsonTape tape(TapeTexts::server);
    tape.add_jsonb(DatumGetJsonbP(value), keys);
    return tape;
}

}  // namespace aria_focus::pg
