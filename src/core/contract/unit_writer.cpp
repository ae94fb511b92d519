#include "core/contract/unit_writer.hpp"

#include "core/contract/masker.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>

namespace aria_focus::core::contract {

UnitWriter::UnitWriter(std::string_view text) : text_(text) {
    layout_.masked.assign(text.size(), Layout::barrier);
}

void UnitWriter::open(const Unit& unit) {
    close();
    unit_ = unit;
    open_ = true;
}

void UnitWriter::extend(Span line) {
    char* const masked = layout_.masked.data();
    if (unit_.end > unit_.begin) {
        std::fill(masked + unit_.end, masked + line.begin, ' ');
        masked[unit_.end] = '\n';
    }
    std::copy(text_.begin() + line.begin, text_.begin() + line.end, masked + line.begin);
    unit_.end = line.end;
}

void UnitWriter::close() {
    if (!open_) return;
    open_ = false;
    const std::size_t last = text_.substr(0, unit_.end).find_last_not_of(" \t\r\n");
    unit_.end = std::max(unit_.begin, static_cast<std::uint32_t>(last + 1));
    layout_.units.push_back(unit_);
    if (unit_.kind != UnitKind::list_item) return;
    const std::string_view item = text_.substr(unit_.begin, unit_.end - unit_.begin);
    layout_.longest_list_item =
        std::max<std::uint64_t>(layout_.longest_list_item, text::utf8::count(item));
}

Span UnitWriter::turn_into(UnitKind kind) noexcept {
    unit_.kind = kind;
    return {unit_.begin, unit_.end};
}

Layout UnitWriter::finish(Hits& hits, Ticker& ticker) {
    close();
    for (const Unit& unit : layout_.units) {
        ticker.tick(unit.end - unit.begin);
        layout_.inline_codes += mask_unit(layout_.masked, {unit.begin, unit.end}, hits);
    }
    return std::move(layout_);
}

}  // namespace aria_focus::core::contract
