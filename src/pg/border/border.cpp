#include "core/base/error.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>

#include "pg/border/border.hpp"
#include "pg/values/encoding.hpp"

extern "C" {
PG_MODULE_MAGIC;
}

namespace aria_focus::pg {

namespace {

// What the handler saves of an exception: plain bytes, so that nothing is owned when PostgreSQL jumps.
struct Failure {
    int sqlstate;  // 0: PostgreSQL has the error already
    char message[1024];
    char detail[8192];
    char hint[1024];
};

// Copies a text with its closing zero, cut where it does not fit, never inside a character.
template <std::size_t Size>
void save(char (&into)[Size], std::string_view text) noexcept {
    std::size_t length = std::min(text.size(), Size - 1);
    for (int i = 0; i < 3 && length < text.size() && (text[length] & 0xC0) == 0x80; ++i) --length;
    std::copy_n(text.data(), length, into);
    into[length] = '\0';
}

// Saves an exception without words of its own for the user.
void save(Failure& failure, int sqlstate, std::string_view message,
          std::string_view detail = {}) noexcept {
    failure.sqlstate = sqlstate;
    save(failure.message, message);
    save(failure.detail, detail);
    save(failure.hint, {});
}

// Saves an error of the core.
void save(Failure& failure, const core::Error& error) noexcept {
    save(failure,
         error.kind() == core::ErrorKind::limit_exceeded ? ERRCODE_PROGRAM_LIMIT_EXCEEDED
                                                         : ERRCODE_INVALID_PARAMETER_VALUE,
         error.message(), error.detail());
    save(failure.hint, error.hint());
}

// Runs the body; false if something was thrown, which then lies in `failure`.
bool attempt(FunctionCallInfo fcinfo, Datum (*body)(FunctionCallInfo), Datum& result,
             Failure& failure) noexcept {
    try {
        result = body(fcinfo);
        return true;
    } catch (const PendingError&) {
        failure.sqlstate = 0;
    } catch (const core::Error& error) {
        save(failure, error);
    } catch (const std::bad_alloc&) {
        save(failure, ERRCODE_OUT_OF_MEMORY, "out of memory");
    } catch (const std::length_error& error) {
        save(failure, ERRCODE_PROGRAM_LIMIT_EXCEEDED, "value is too large", error.what());
    } catch (const std::exception& error) {
        save(failure, ERRCODE_INTERNAL_ERROR, "internal error in aria_focus", error.what());
    } catch (...) {
        save(failure, ERRCODE_INTERNAL_ERROR, "internal error in aria_focus",
             "An exception of unknown type was thrown.");
    }
    return false;
}

// Puts '?' for each byte that belongs to no character: what arrives in SQL may be stored there.
void make_utf8(char* text) noexcept {
    while (*text != '\0') {
        const auto* at = reinterpret_cast<const unsigned char*>(text);
        const auto length = static_cast<std::size_t>(pg_utf_mblen(at));
        if (strnlen(text, length) == length && pg_utf8_islegal(at, static_cast<int>(length))) {
            text += length;
        } else {
            *text++ = '?';
        }
    }
}

// Gives a saved text in the server's encoding.
const char* for_server(char* text) {
    make_utf8(text);
    return to_server_cstring(text);
}

// Raises what was saved.
[[noreturn]] void raise(Failure& failure) {
    if (failure.sqlstate == 0) PG_RE_THROW();
    ereport(ERROR, (errcode(failure.sqlstate), errmsg("%s", for_server(failure.message)),
                    failure.detail[0] == '\0' ? 0 : errdetail("%s", for_server(failure.detail)),
                    failure.hint[0] == '\0' ? 0 : errhint("%s", for_server(failure.hint))));
    pg_unreachable();
}

}  // namespace

Datum enter(FunctionCallInfo fcinfo, Datum (*body)(FunctionCallInfo)) {
    static_assert(std::is_trivially_destructible_v<Failure>);
    Failure failure;
    Datum result;
    if (attempt(fcinfo, body, result, failure)) return result;
    raise(failure);
}

}  // namespace aria_focus::pg
