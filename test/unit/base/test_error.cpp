// The core's errors carry their words.
#include "core/base/error.hpp"

#include "support/catch.hpp"

#include <exception>
#include <string>

using namespace aria_focus::core;

TEST_CASE("error: kind and words survive the throw", "[error]") {
    try {
        throw Error(ErrorKind::limit_exceeded, "too much", "It has 2.", "Use 1.");
    } catch (const std::exception& caught) {
        CHECK(std::string(caught.what()) == "too much");
        const auto& error = dynamic_cast<const Error&>(caught);
        CHECK(error.kind() == ErrorKind::limit_exceeded);
        CHECK(error.message() == "too much");
        CHECK(error.detail() == "It has 2.");
        CHECK(error.hint() == "Use 1.");
    }
}

TEST_CASE("error: detail and hint may be absent", "[error]") {
    const Error error(ErrorKind::invalid_argument, "wrong");
    CHECK(error.kind() == ErrorKind::invalid_argument);
    CHECK(error.detail().empty());
    CHECK(error.hint().empty());
}
