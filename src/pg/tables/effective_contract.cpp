#include "pg/tables/effective_contract.hpp"

#include "core/contract/layers.hpp"

#include <vector>

#include "pg/border/border.hpp"
#include "pg/border/lasting.hpp"
#include "pg/tables/saved_query.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"

namespace aria_focus::pg {

namespace {

SavedQuery layers_query = {
    "SELECT p.token_budget_hint, p.tone::pg_catalog.text, t.contract, p.style::pg_catalog.text, "
    "s.contract,"
    " coalesce(c.contract, '{}'::pg_catalog.jsonb)"
    " FROM aria_engine.focus_profiles AS p"
    " JOIN aria_engine.focus_tones AS t"
    " ON t.tone::pg_catalog.text OPERATOR(pg_catalog.=) p.tone::pg_catalog.text"
    " JOIN aria_engine.focus_styles AS s"
    " ON s.style::pg_catalog.text OPERATOR(pg_catalog.=) p.style::pg_catalog.text"
    " LEFT JOIN aria_engine.focus_contracts AS c"
    " ON c.focus_id::pg_catalog.text OPERATOR(pg_catalog.=) p.focus_id::pg_catalog.text"
    " WHERE p.focus_id::pg_catalog.text OPERATOR(pg_catalog.=) $1 AND p.enabled",
    1};

// An effective contract, and everything that it was made of.
struct Known {
    std::string key;
    EffectiveContract contract;
};

// Those made last: a report asks for many profiles in any order.
struct KnownContracts {
    static constexpr std::size_t most = 128;

    std::vector<Known> contracts;  // at most so many
    std::size_t next = 0;          // the one to be replaced
};
Lasting<KnownContracts> known_contracts;

// Appends a part of a key, such that no two sequences of parts give the same.
void append(StringInfo key, const void* bytes, std::size_t size) {
    appendBinaryStringInfo(key, reinterpret_cast<const char*>(&size), sizeof(size));
    appendBinaryStringInfo(key, static_cast<const char*>(bytes), static_cast<int>(size));
}

// Appends a jsonb.
void append_jsonb(StringInfo key, Datum jsonb) {
    const Jsonb* const value = DatumGetJsonbP(jsonb);
    append(key, value, VARSIZE(value));
}

// Everything that the effective contract is made of.
std::string_view key_of(const ContractLayers& layers) {
    StringInfoData key;
    initStringInfo(&key);
    append(&key, &layers.token_budget, sizeof(layers.token_budget));
    append(&key, layers.tone.data(), layers.tone.size());
    append(&key, layers.style.data(), layers.style.size());
    append_jsonb(&key, layers.tone_contract);
    append_jsonb(&key, layers.style_contract);
    append_jsonb(&key, layers.own);
    return {key.data, static_cast<std::size_t>(key.len)};
}

// Reads a layer. What is wrong with it is not told: it was refused at the door, or comes from a later version.
core::contract::Contract read_layer(core::check::JsonView json, const std::string& origin,
                                    core::Ticker& ticker) {
    core::check::Problems problems;
    auto layer = core::contract::read_contract(json, core::check::Reporter(problems), ticker);
    core::contract::set_origin(layer, origin);
    return layer;
}

// Lays and compiles.
EffectiveContract make(const ContractLayers& layers, const JsonTape& tone, const JsonTape& style,
                       const JsonTape& own, core::Ticker& ticker) {
    auto effective = core::contract::contract_of_every_text(layers.token_budget, ticker);
    core::contract::add_layer(effective,
                              read_layer(tone.view(), "tone " + std::string(layers.tone), ticker));
    core::contract::add_layer(
        effective, read_layer(style.view(), "style " + std::string(layers.style), ticker));
    core::contract::add_own(effective, read_layer(own.view(), "profile", ticker));
    std::string json = core::contract::to_json(effective);
    return {std::move(json), core::contract::CompiledContract(std::move(effective), ticker)};
}

// Keeps a contract in the place of the one that was kept longest.
const EffectiveContract& keep(KnownContracts& known, Known contract) {
    if (known.contracts.size() < KnownContracts::most) {
        known.contracts.reserve(KnownContracts::most);
        known.contracts.push_back(std::move(contract));
        return known.contracts.back().contract;
    }
    Known& place = known.contracts[known.next];
    known.next = (known.next + 1) % KnownContracts::most;
    place = std::move(contract);
    return place.contract;
}

}  // namespace

const EffectiveContract& lay_contracts(const ContractLayers& layers) {
    const std::string_view key = key_of(layers);
    KnownContracts& known = known_contracts.get([] { return KnownContracts(); });
    for (const Known& one : known.contracts) {
        if (one.key == key) return one.contract;
    }
    const JsonTape tone = read_jsonb(layers.tone_contract);
    const JsonTape style = read_jsonb(layers.style_contract);
    const JsonTape own = read_jsonb(layers.own);
    core::Ticker ticker = interruptible();
    return keep(known, {std::string(key), make(layers, tone, style, own, ticker)});
}

const EffectiveContract* find_effective_contract(Datum focus_id) {
    const EffectiveContract* found = nullptr;
    for_each_result(layers_query, focus_id, [&](const QueryRow& row) {
        found = &lay_contracts({DatumGetInt32(row.value(1)), to_utf8(row.text_at(2)), row.value(3),
                                to_utf8(row.text_at(4)), row.value(5), row.value(6)});
    });
    return found;
}

}  // namespace aria_focus::pg
