// The border under fire: SQL functions that throw everything there is through the door of
// src/pg/border/border.hpp, with live objects whose destructors are counted. Test only; what each of them
// must look like from SQL stands in test/pgtap/border.sql.

#include "core/base/error.hpp"
#include "core/base/ticker.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

#include <unistd.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "pg/border/border.hpp"
#include "pg/values/result_set.hpp"

extern "C" {
#include "executor/spi.h"
}

namespace {

namespace core = aria_focus::core;
namespace pg = aria_focus::pg;

// How many Ballast objects were made and destroyed in this session.
std::int64_t made = 0;
std::int64_t destroyed = 0;

// What the last failed call_pg() left behind: was the memory context that of its caller?
bool context_restored = false;

// An object that must not be jumped over: it owns memory and counts its end.
class Ballast {
  public:
    // Out of line, so that no compiler finds the memory unused and leaves it out.
    [[gnu::noinline]] explicit Ballast(std::int64_t bytes)
        : bytes_(static_cast<std::size_t>(bytes), 'x') {
        ++made;
    }
    Ballast(const Ballast&) = delete;
    Ballast& operator=(const Ballast&) = delete;
    // Counts.
    [[gnu::noinline]] ~Ballast() { ++destroyed; }

  private:
    std::string bytes_;
};

// An exception that descends from nothing and owns memory.
struct Rootless {
    std::string words;
};

// An exception that owns an object: who handles it must let go of it before PostgreSQL jumps.
template <class Base>
struct Owning : Base {
    using Base::Base;
    std::shared_ptr<Ballast> owned = std::make_shared<Ballast>(1);
};

// One way to throw, by the name that SQL calls it.
struct Thrower {
    std::string_view name;
    void (*act)();
};

// More memory than any machine has, asked of the standard library.
constexpr std::size_t exbibyte = std::size_t{1} << 60;

// Asks the standard library for memory that a compiler must not see to be unused.
void reserve(std::size_t bytes) {
    std::string text;
    text.reserve(bytes);
    asm volatile("" : : "r"(text.data()) : "memory");
}

// Everything that a body may throw beside errors of the core.
constexpr Thrower throwers[] = {
    {"bad_alloc", [] { reserve(exbibyte); }},
    {"length_error", [] { throw std::length_error("the list is full"); }},
    {"real_length_error", [] { reserve(std::numeric_limits<std::size_t>::max()); }},
    {"runtime_error", [] { throw std::runtime_error("the table has 100 %s %d holes"); }},
    {"enormous", [] { throw std::runtime_error(std::string(100'000'000, 'e')); }},
    {"exception", [] { throw std::exception(); }},
    {"number", [] { throw 42; }},
    {"words", [] { throw "words"; }},
    {"rootless", [] { throw Rootless{std::string(1000, 'r')}; }},
    {"owning core error",
     [] { throw Owning<core::Error>(core::ErrorKind::invalid_argument, "owning"); }},
    {"owning bad_alloc", [] { throw Owning<std::bad_alloc>(); }},
    {"owning length_error", [] { throw Owning<std::length_error>("owning"); }},
    {"owning runtime_error", [] { throw Owning<std::runtime_error>("owning"); }},
    {"owning pointer", [] { throw std::make_shared<Ballast>(1); }},
};

// Throws what the name says.
void throw_by_name(std::string_view name) {
    for (const Thrower& thrower : throwers) {
        if (thrower.name == name) thrower.act();
    }
    throw core::Error(core::ErrorKind::invalid_argument, "no such exception in border_test");
}

// The bytes of a text or bytea argument.
std::string_view bytes_argument(FunctionCallInfo fcinfo, int number) {
    auto* value = PG_GETARG_VARLENA_PP(number);
    return {VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)};
}

// Runs code with two live objects in the frame, one of them as big as asked.
template <class Act>
void with_ballast(std::int64_t bytes, Act&& act) {
    const Ballast big(bytes);
    const Ballast small(1);
    act();
}

// Calls PostgreSQL by call_pg and notes which memory context a failure leaves.
template <class Body>
void call_pg_and_look(Body&& body) {
    const MemoryContext before = CurrentMemoryContext;
    context_restored = false;
    try {
        pg::call_pg(body);
    } catch (...) {
        context_restored = CurrentMemoryContext == before;
        throw;
    }
}

// Runs an SQL command.
void execute(const char* command) {
    SPI_connect();
    const int result = SPI_execute(command, false, 0);
    if (result < 0) elog(ERROR, "SPI_execute gave %d", result);
    SPI_finish();
}

// An error of PostgreSQL's in all its fields.
void report_all_fields() {
    ereport(ERROR, (errcode(ERRCODE_UNIQUE_VIOLATION), errmsg("the message"),
                    errdetail("the detail"), errhint("the hint"), errcontext("the context"),
                    err_generic_string(PG_DIAG_SCHEMA_NAME, "the schema"),
                    err_generic_string(PG_DIAG_TABLE_NAME, "the table"),
                    err_generic_string(PG_DIAG_COLUMN_NAME, "the column"),
                    err_generic_string(PG_DIAG_DATATYPE_NAME, "the type"),
                    err_generic_string(PG_DIAG_CONSTRAINT_NAME, "the constraint")));
}

// Divides a numeric by zero.
void divide_by_zero() {
    const Datum one = DirectFunctionCall1(int4_numeric, Int32GetDatum(1));
    const Datum zero = DirectFunctionCall1(int4_numeric, Int32GetDatum(0));
    DirectFunctionCall2(numeric_div, one, zero);
}

// Works as the core does, a unit at a time. Ends by itself: a deaf ticker must not hang the tests.
std::int64_t work(core::Ticker ticker, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    std::int64_t units = 0;
    while (std::chrono::steady_clock::now() < end) {
        for (int i = 0; i < 1024; ++i, ++units) ticker.tick();
    }
    return units;
}

// Sends this backend an interrupt that ends nothing.
void interrupt_harmlessly() {
    DirectFunctionCall1(pg_log_backend_memory_contexts, Int32GetDatum(MyProcPid));
}

// Memory of this process that lies in RAM. Free pages are given back first: what the allocator
// keeps for later is no growth.
std::int64_t resident_bytes() {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen("/proc/self/statm", "r"),
                                                               std::fclose);
    long total = 0;
    long resident = 0;
    if (file == nullptr || std::fscanf(file.get(), "%ld %ld", &total, &resident) != 2) {
        throw std::runtime_error("/proc/self/statm cannot be read");
    }
    return std::int64_t{resident} * sysconf(_SC_PAGESIZE);
}

}  // namespace

// focus_border_throw(name text, ballast bigint): throws one of `throwers`.
ARIA_FOCUS_FUNCTION(focus_border_throw) {
    const std::string_view name = bytes_argument(fcinfo, 0);
    with_ballast(PG_GETARG_INT64(1), [&] { throw_by_name(name); });
    PG_RETURN_VOID();
}

// focus_border_error(limit boolean, message bytea, detail bytea, hint bytea): an error of the core,
// of the kind limit_exceeded or invalid_argument, with texts of any bytes.
ARIA_FOCUS_FUNCTION(focus_border_error) {
    const core::ErrorKind kind =
        PG_GETARG_BOOL(0) ? core::ErrorKind::limit_exceeded : core::ErrorKind::invalid_argument;
    const std::string_view message = bytes_argument(fcinfo, 1);
    const std::string_view detail = bytes_argument(fcinfo, 2);
    const std::string_view hint = bytes_argument(fcinfo, 3);
    with_ballast(1, [&] {
        throw core::Error(kind, std::string(message), std::string(detail), std::string(hint));
    });
    PG_RETURN_VOID();
}

// focus_border_execute(command text, ballast bigint): runs SQL below live objects.
ARIA_FOCUS_FUNCTION(focus_border_execute) {
    const char* command = text_to_cstring(PG_GETARG_TEXT_PP(0));
    with_ballast(PG_GETARG_INT64(1), [&] { call_pg_and_look([command] { execute(command); }); });
    PG_RETURN_VOID();
}

// focus_border_report(ballast bigint): an error of PostgreSQL's with all fields.
ARIA_FOCUS_FUNCTION(focus_border_report) {
    with_ballast(PG_GETARG_INT64(0), [] { call_pg_and_look(report_all_fields); });
    PG_RETURN_VOID();
}

// focus_border_divide(ballast bigint): an error of one of PostgreSQL's own functions.
ARIA_FOCUS_FUNCTION(focus_border_divide) {
    with_ballast(PG_GETARG_INT64(0), [] { call_pg_and_look(divide_by_zero); });
    PG_RETURN_VOID();
}

// focus_border_throw_in_call_pg(): a C++ exception that leaves the body of call_pg itself.
ARIA_FOCUS_FUNCTION(focus_border_throw_in_call_pg) {
    with_ballast(1, [] {
        call_pg_and_look([] {
            MemoryContextSwitchTo(TopMemoryContext);
            pg::allocate(std::numeric_limits<std::size_t>::max());
        });
    });
    PG_RETURN_VOID();
}

// focus_border_made(): objects made so far.
ARIA_FOCUS_FUNCTION(focus_border_made) {
    PG_RETURN_INT64(made);
}

// focus_border_destroyed(): objects destroyed so far.
ARIA_FOCUS_FUNCTION(focus_border_destroyed) {
    PG_RETURN_INT64(destroyed);
}

// focus_border_context_restored(): what the last failed call_pg left.
ARIA_FOCUS_FUNCTION(focus_border_context_restored) {
    PG_RETURN_BOOL(context_restored);
}

// focus_border_resident_bytes(): see resident_bytes.
ARIA_FOCUS_FUNCTION(focus_border_resident_bytes) {
    PG_RETURN_INT64(resident_bytes());
}

// focus_border_leak(bytes bigint): loses memory for good, to see that the measure sees it.
ARIA_FOCUS_FUNCTION(focus_border_leak) {
    const Ballast* lost = new Ballast(PG_GETARG_INT64(0));
    PG_RETURN_BOOL(lost != nullptr);
}

// focus_border_work(milliseconds integer, ballast bigint): works and listens to interrupts.
ARIA_FOCUS_FUNCTION(focus_border_work) {
    const std::chrono::milliseconds limit(PG_GETARG_INT32(0));
    std::int64_t units = 0;
    with_ballast(PG_GETARG_INT64(1), [&] { units = work(pg::interruptible(), limit); });
    PG_RETURN_INT64(units);
}

// focus_border_work_on(milliseconds integer): works through a harmless interrupt; true if it came
// before the work and was served during it.
ARIA_FOCUS_FUNCTION(focus_border_work_on) {
    const std::chrono::milliseconds limit(PG_GETARG_INT32(0));
    interrupt_harmlessly();
    const bool came = InterruptPending;
    with_ballast(1, [&] { work(pg::interruptible(), limit); });
    PG_RETURN_BOOL(came && !InterruptPending);
}

// focus_border_allocate(bytes bigint): allocates below live objects; -1 is SIZE_MAX. Writes the
// last byte, so that it is there.
ARIA_FOCUS_FUNCTION(focus_border_allocate) {
    const auto bytes = static_cast<std::size_t>(PG_GETARG_INT64(0));
    char* memory = nullptr;
    with_ballast(1, [&] { memory = static_cast<char*>(pg::allocate(bytes)); });
    if (bytes > 0) memory[bytes - 1] = 'x';
    PG_RETURN_BOOL(memory != nullptr);
}

// focus_border_compute(bytes bytea): the bytes in a std::string that a step of the core returned.
ARIA_FOCUS_FUNCTION(focus_border_compute) {
    const std::string_view bytes = bytes_argument(fcinfo, 0);
    const std::string& text = pg::compute([&](core::Ticker&) { return std::string(bytes); });
    PG_RETURN_BYTEA_P(cstring_to_text_with_len(text.data(), static_cast<int>(text.size())));
}

// focus_border_own(ending text, ballast bigint): ends with two results of the core alive that own
// memory, or in the step that makes the second one. Returns how many objects live.
ARIA_FOCUS_FUNCTION(focus_border_own) {
    const std::string_view ending = bytes_argument(fcinfo, 0);
    const auto step = [&](std::int64_t bytes) {
        return [&ending, bytes](core::Ticker&) {
            auto ballast = std::make_unique<Ballast>(bytes);
            if (bytes > 1 && ending == "throw in step") throw std::runtime_error("in the step");
            if (bytes > 1 && ending == "error in step") pg::call_pg(report_all_fields);
            return ballast;
        };
    };
    pg::compute(step(1));
    pg::compute(step(PG_GETARG_INT64(1)));
    if (ending == "throw") throw std::runtime_error("behind the step");
    if (ending == "error") report_all_fields();
    PG_RETURN_INT64(made - destroyed);
}

// focus_border_row(columns integer): a row of so many columns where two are declared.
ARIA_FOCUS_FUNCTION(focus_border_row) {
    pg::Record row;
    for (int i = 0; i < PG_GETARG_INT32(0); ++i) row.add_int(i);
    return row.finish(fcinfo);
}

// focus_border_rows(columns integer): a set of one row, likewise.
ARIA_FOCUS_FUNCTION(focus_border_rows) {
    pg::ResultSet rows(fcinfo);
    for (int i = 0; i < PG_GETARG_INT32(0); ++i) rows.add_int(i);
    rows.end_row();
    return rows.finish();
}
