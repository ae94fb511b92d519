#include "core/check/reporter.hpp"

#include "core/check/kind_hint.hpp"

namespace aria_focus::core::check {

std::string Reporter::path() const {
    std::string out;
    for (const Reporter* place = this; place->parent_ != nullptr; place = place->parent_) {
        out.insert(0, place->index_ ? "[" + std::to_string(*place->index_) + "]"
                                    : "." + escaped(place->key_));
    }
    return "$" + out;
}

void Reporter::report(ProblemCode code, std::string message, std::string_view hint) const {
    problems_.push_back({field_, path(), code, std::move(message), std::string(hint)});
}

void Reporter::wrong_kind(std::string_view what, JsonKind wanted, JsonView found,
                          std::string_view hint) const {
    std::string message(what);
    message.append(" must be ")
        .append(name_of(wanted))
        .append(", not ")
        .append(name_of(found.kind()));
    report(ProblemCode::bad_type, std::move(message), kind_hint(wanted, found, hint));
}

}  // namespace aria_focus::core::check
