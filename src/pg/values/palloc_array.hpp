// A growing array in PostgreSQL's memory: no destructor, so it may be alive when PostgreSQL jumps.
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

template <class Item>
class PallocArray {
  public:
    // Appends an item, in the memory context of the first one.
    Item& push(const Item& item) {
        static_assert(std::is_trivially_destructible_v<Item>);
        if (size_ == capacity_) grow();
        items_[size_] = item;
        return items_[size_++];
    }
    // Makes room for so many items at once.
    void reserve(std::size_t count) {
        if (count <= capacity_) return;
        capacity_ = count;
        resize();
    }
    // Takes the last item away.
    void pop() { --size_; }
    // How many items there are.
    std::size_t size() const { return size_; }
    // One of them; the last; all.
    Item& operator[](std::size_t at) { return items_[at]; }
    Item& back() { return items_[size_ - 1]; }
    std::span<Item> view() const { return {items_, size_}; }

  private:
    // Doubles the room.
    void grow() {
        capacity_ = capacity_ == 0 ? 16 : capacity_ * 2;
        resize();
    }
    // Makes the room as large as the capacity.
    void resize() {
        const Size bytes = capacity_ * sizeof(Item);
        items_ = static_cast<Item*>(items_ == nullptr
                                        ? MemoryContextAllocHuge(CurrentMemoryContext, bytes)
                                        : repalloc_huge(items_, bytes));
    }

    Item* items_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace aria_focus::pg
