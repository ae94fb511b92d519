// An object that lives from call to call, to the end of the session.
#pragma once

#include <utility>

namespace aria_focus::pg {

// Reached through a plain pointer: no initialiser runs when the library is loaded, and nothing is torn
// down at exit. The object is replaced only by one that is complete; no reference to the former may be
// in use then.
template <class Object>
class Lasting {
  public:
    // The object; null as long as none was made.
    Object* find() const { return object_; }

    // Puts what make() returns in the former object's place.
    template <class Make>
    Object& replace(Make&& make) {
        auto* const made = new Object(make());
        delete object_;
        object_ = made;
        return *made;
    }

    // The object, made when first asked for.
    template <class Make>
    Object& get(Make&& make) {
        return object_ != nullptr ? *object_ : replace(std::forward<Make>(make));
    }

  private:
    Object* object_ = nullptr;
};

}  // namespace aria_focus::pg
