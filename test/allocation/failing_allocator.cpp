#include "failing_allocator.hpp"

#include <cstdlib>
#include <new>

namespace aria_focus::test {

namespace {

// One thread: no locks.
std::size_t left = 0;  // allocations up to the one that fails; 0: none will
Failing how = Failing::once;
bool failed = false;
std::ptrdiff_t live_count = 0;

// Memory, or bad_alloc where its turn has come.
void* allocate(std::size_t bytes, std::size_t alignment) {
    if (left != 0 && --left == 0) {
        failed = true;
        if (how == Failing::from_there) left = 1;
        throw std::bad_alloc();
    }
    const std::size_t whole = (bytes + alignment) / alignment * alignment;
    void* const memory = alignment <= alignof(std::max_align_t)
                             ? std::malloc(bytes + 1)
                             : std::aligned_alloc(alignment, whole);
    if (memory == nullptr) throw std::bad_alloc();
    ++live_count;
    return memory;
}

// The same for those who ask for no exception.
void* allocate_or_null(std::size_t bytes) noexcept {
    try {
        return allocate(bytes, 1);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

// Gives it back.
void release(void* memory) noexcept {
    if (memory == nullptr) return;
    --live_count;
    std::free(memory);
}

}  // namespace

FailingAllocator::FailingAllocator(std::size_t number, Failing failing) noexcept {
    failed = false;
    how = failing;
    left = number;
}

FailingAllocator::~FailingAllocator() {
    left = 0;
}

bool FailingAllocator::has_failed() const noexcept {
    return failed;
}

std::ptrdiff_t FailingAllocator::live() noexcept {
    return live_count;
}

}  // namespace aria_focus::test

// Every form, since the sanitizers bring forms of their own that would not call these.
void* operator new(std::size_t bytes) {
    return aria_focus::test::allocate(bytes, 1);
}
void* operator new[](std::size_t bytes) {
    return aria_focus::test::allocate(bytes, 1);
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
    return aria_focus::test::allocate(bytes, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t bytes, std::align_val_t alignment) {
    return aria_focus::test::allocate(bytes, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
    return aria_focus::test::allocate_or_null(bytes);
}
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept {
    return aria_focus::test::allocate_or_null(bytes);
}
void operator delete(void* memory) noexcept {
    aria_focus::test::release(memory);
}
void operator delete[](void* memory) noexcept {
    aria_focus::test::release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    aria_focus::test::release(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    aria_focus::test::release(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    aria_focus::test::release(memory);
}
void operator delete[](void* memory, std::align_val_t) noexcept {
    aria_focus::test::release(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    aria_focus::test::release(memory);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
    aria_focus::test::release(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
    aria_focus::test::release(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
    aria_focus::test::release(memory);
}
