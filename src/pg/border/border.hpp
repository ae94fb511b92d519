// The border between C++ and PostgreSQL, and its two laws.
//
// PostgreSQL raises an error with siglongjmp: a C++ frame that it jumps over never runs its
// destructors. C++ raises an exception by unwinding: one that leaves a function called by PostgreSQL
// ends the process, and with it every session of the server. So:
//
//   1. Every SQL function comes in through one door, ARIA_FOCUS_FUNCTION. Behind it any C++ exception
//      may fly. The door catches it, copies what is needed into a plain struct, leaves the handler,
//      and only then raises a PostgreSQL error.
//   2. A function has three steps. Gather: PostgreSQL's API only, memory from palloc. Compute: the core
//      only, objects with destructors in a block of its own; results are copied out with keep().
//      Deliver: PostgreSQL's API only. No object with a destructor lives while PostgreSQL is called.
//      Where it has to (the core asks whether to stop), call_pg() turns a PostgreSQL error into an
//      empty marker exception: C++ unwinds, PostgreSQL's error data stays where it is, and the door
//      lets that very error fly on, SQLSTATE, detail, context and all.
//
//        SQL --> door --> gather (palloc) --> { core } --> deliver --> SQL
//                 |                              |
//                 |<-------- exception ----------|--> call_pg --> PostgreSQL
//                 |<-------- marker -----------------------------------|
//                 v
//           raise (no C++ object alive)
#pragma once

#include "core/base/ticker.hpp"

#include <cstring>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>

#include "pg/border/postgres_api.h"

namespace aria_focus::pg {

// Says only that PostgreSQL has an error pending. Between its throw and the door nothing may call
// PostgreSQL.
struct PendingError {};

// Calls PostgreSQL from C++ with live objects: a PostgreSQL error becomes a PendingError. The body
// itself creates nothing that has a destructor.
template <class Body>
void call_pg(Body&& body) {
    const MemoryContext caller = CurrentMemoryContext;
    sigjmp_buf* const jump = PG_exception_stack;
    ErrorContextCallback* const callbacks = error_context_stack;
    volatile bool failed = false;
    try {
        PG_TRY();
        { body(); }
        PG_CATCH();
        { failed = true; }
        PG_END_TRY();
    } catch (...) {
        // The body threw past PG_END_TRY: PostgreSQL must not jump into its frame.
        PG_exception_stack = jump;
        error_context_stack = callbacks;
        MemoryContextSwitchTo(caller);
        throw;
    }
    if (!failed) return;
    MemoryContextSwitchTo(caller);
    throw PendingError{};
}

// A ticker that lets the server stop a computation: cancel, timeout, shutdown, recovery conflict.
inline core::Ticker interruptible() {
    return core::Ticker([] {
        if (InterruptPending) call_pg([] { CHECK_FOR_INTERRUPTS(); });
    });
}

// Memory of the current context, given back with it; throws bad_alloc where PostgreSQL would raise.
inline void* allocate(std::size_t bytes) {
    if (bytes > MaxAllocHugeSize) throw std::bad_alloc();
    void* memory = MemoryContextAllocExtended(CurrentMemoryContext, bytes == 0 ? 1 : bytes,
                                              MCXT_ALLOC_NO_OOM | MCXT_ALLOC_HUGE);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

// A copy that survives the C++ object it came from.
template <class Item>
std::span<Item> keep(std::span<const Item> items) {
    static_assert(std::is_trivially_copyable_v<Item>);
    auto* memory = static_cast<Item*>(allocate(items.size_bytes()));
    if (!items.empty()) std::memcpy(memory, items.data(), items.size_bytes());
    return {memory, items.size()};
}

// The same for a text.
inline std::string_view keep(std::string_view text) {
    const auto copy = keep(std::span<const char>(text));
    return {copy.data(), copy.size()};
}

// The door's other side: runs the body, turns what it throws into a PostgreSQL error.
Datum enter(FunctionCallInfo fcinfo, Datum (*body)(FunctionCallInfo));

}  // namespace aria_focus::pg

// Defines an SQL function; the block behind it has `fcinfo` and returns a Datum.
#define ARIA_FOCUS_FUNCTION(name)                          \
    extern "C" {                                           \
    PG_FUNCTION_INFO_V1(name);                             \
    }                                                      \
    static Datum name##_body(FunctionCallInfo fcinfo);     \
    extern "C" Datum name(PG_FUNCTION_ARGS) {              \
        return aria_focus::pg::enter(fcinfo, name##_body); \
    }                                                      \
    static Datum name##_body([[maybe_unused]] FunctionCallInfo fcinfo)
