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
//      only, in compute(). Deliver: PostgreSQL's API only. No automatic object with a destructor lives
//      while PostgreSQL is called: the core's own end with compute(), and a result that has a
//      destructor belongs to a memory context of PostgreSQL, whose reset, in success and error, runs it.
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

#include <new>
#include <optional>
#include <type_traits>
#include <utility>

#include "pg/values/postgres_api.h"

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

// Makes a ticker that lets the server stop a computation: cancel, timeout, shutdown, recovery conflict.
inline core::Ticker interruptible() {
    return core::Ticker([] {
        if (InterruptPending) call_pg([] { CHECK_FOR_INTERRUPTS(); });
    });
}

// Allocates memory of the current context, given back with it; throws bad_alloc where PostgreSQL would raise.
inline void* allocate(std::size_t bytes) {
    if (bytes > MaxAllocHugeSize) throw std::bad_alloc();
    void* memory = MemoryContextAllocExtended(CurrentMemoryContext, bytes == 0 ? 1 : bytes,
                                              MCXT_ALLOC_NO_OOM | MCXT_ALLOC_HUGE);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

// Runs a step of the core, step(ticker), and returns its result: by value where that is trivial to
// destroy, else as a reference that is good as long as the current memory context.
template <class Step>
decltype(auto) compute(Step&& step) {
    using Result = std::decay_t<std::invoke_result_t<Step&, core::Ticker&>>;
    core::Ticker ticker = interruptible();
    if constexpr (std::is_trivially_destructible_v<Result>) {
        return Result(step(ticker));
    } else {
        struct Kept {
            MemoryContextCallback at_reset;
            std::optional<Result> result;
        };
        static_assert(alignof(Kept) <= MAXIMUM_ALIGNOF);
        // Registered before there is a result, so that nothing is lost whatever fails from here on.
        auto* kept = new (allocate(sizeof(Kept))) Kept{};
        kept->at_reset.func = [](void* memory) { static_cast<Kept*>(memory)->result.reset(); };
        kept->at_reset.arg = kept;
        MemoryContextRegisterResetCallback(CurrentMemoryContext, &kept->at_reset);
        return std::as_const(kept->result.emplace(step(ticker)));
    }
}

// Runs the body of an SQL function, and turns what it throws into a PostgreSQL error.
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
