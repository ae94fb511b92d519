// Writes the units of a layout: what of the text is prose, line by line, and that part of the masked text. Which
// lines belong to which unit is the layout's affair.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/layout.hpp"

#include <cstdint>
#include <string_view>

namespace aria_focus::core::contract {

class UnitWriter {
  public:
    // A masked text without a unit; the text outlives the writer.
    explicit UnitWriter(std::string_view text);

    // Begins a unit, which is empty so far, and ends the open one.
    void open(const Unit& unit);
    // The open unit goes on with these bytes, a line.
    void extend(Span line);
    // Ends the open unit, if there is one.
    void close();

    // True while a unit is open; true for an open one of this kind.
    bool is_open() const noexcept { return open_; }
    bool is_open(UnitKind kind) const noexcept { return open_ && unit_.kind == kind; }
    // Makes the open unit one of another kind; where it is so far.
    Span turn_into(UnitKind kind) noexcept;

    // Masks all units; the layout.
    Layout finish(Hits& hits, Ticker& ticker);

  private:
    std::string_view text_;
    Layout layout_;
    Unit unit_{};
    bool open_ = false;
};

}  // namespace aria_focus::core::contract
