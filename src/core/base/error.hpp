// Errors that the core raises: a closed list of kinds, each with one SQLSTATE at the border.
#pragma once

#include "core/base/core_only.hpp"

#include <exception>
#include <string>
#include <utility>

namespace aria_focus::core {
inline namespace base {

enum class ErrorKind : unsigned char {
    invalid_argument,  // the caller's value is wrong: 22023
    limit_exceeded,    // a documented limit was hit: 54000
};

// An error with the words that a person needs: what, the fact, the next step.
class Error : public std::exception {
  public:
    Error(ErrorKind kind, std::string message, std::string detail = {}, std::string hint = {})
        : kind_(kind),
          message_(std::move(message)),
          detail_(std::move(detail)),
          hint_(std::move(hint)) {}

    // The message, for those who know only std::exception.
    const char* what() const noexcept override { return message_.c_str(); }
    // Which SQLSTATE the border gives it.
    ErrorKind kind() const noexcept { return kind_; }
    // The value that is wrong, in one line.
    const std::string& message() const noexcept { return message_; }
    // The fact behind it; may be empty.
    const std::string& detail() const noexcept { return detail_; }
    // The next step; may be empty.
    const std::string& hint() const noexcept { return hint_; }

  private:
    ErrorKind kind_;
    std::string message_;
    std::string detail_;
    std::string hint_;
};

}  // namespace base
}  // namespace aria_focus::core
