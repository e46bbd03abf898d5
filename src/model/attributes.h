// Attributes: what an object of some kind is like, whatever its kind. Holds a struct of model/kinds.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

#include "model/identity.h"
#include "model/kinds/all.h"

namespace schemadiff {

/// The kind of an attributes struct: kKindOf<Table> == ObjectKind::kTable.
template <typename T>
inline constexpr ObjectKind kKindOf = [] {
#define SCHEMADIFF_KIND(Struct, file, label) \
  if (std::is_same_v<T, Struct>) return ObjectKind::k##Struct;
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
}();

/// A value of one of the kinds' structs. Not a std::variant: its special members over fifty kinds would be compiled in
/// every file that mentions an object, and every object would be as large as the largest kind.
class Attributes {
 public:
  template <typename Kind>
    requires(!std::is_same_v<Kind, Attributes>)
  Attributes(Kind value)  // NOLINT: converts implicitly
      : holder_(std::make_unique<Holder<Kind>>(std::move(value))) {}
  Attributes(const Attributes& other) : holder_(other.holder_->Clone()) {}
  Attributes(Attributes&&) noexcept = default;
  Attributes& operator=(const Attributes& other) {
    holder_ = other.holder_->Clone();
    return *this;
  }
  Attributes& operator=(Attributes&&) noexcept = default;
  ~Attributes() = default;

  ObjectKind kind() const { return holder_->kind; }
  template <typename Kind>
  Kind* If() {
    return kind() == kKindOf<Kind> ? &static_cast<Holder<Kind>&>(*holder_).value : nullptr;
  }
  template <typename Kind>
  const Kind* If() const {
    return kind() == kKindOf<Kind> ? &static_cast<const Holder<Kind>&>(*holder_).value : nullptr;
  }

 private:
  struct Base {
    explicit Base(ObjectKind of) : kind(of) {}
    virtual ~Base() = default;
    virtual std::unique_ptr<Base> Clone() const = 0;
    ObjectKind kind;
  };
  template <typename Kind>
  struct Holder final : Base {
    explicit Holder(Kind v) : Base(kKindOf<Kind>), value(std::move(v)) {}
    std::unique_ptr<Base> Clone() const override { return std::make_unique<Holder>(value); }
    Kind value;
  };

  std::unique_ptr<Base> holder_;
};

/// Calls visit with the struct that the attributes hold.
template <typename Visitor, typename Held>
  requires std::is_same_v<std::remove_const_t<Held>, Attributes>
decltype(auto) Visit(Visitor&& visit, Held& attributes) {
  switch (attributes.kind()) {
#define SCHEMADIFF_KIND(Struct, file, label) \
  case ObjectKind::k##Struct: return visit(*attributes.template If<Struct>());
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
  }
  std::unreachable();
}

}  // namespace schemadiff
