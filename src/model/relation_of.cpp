#include "model/relation_of.h"

namespace schemadiff {

ObjectId RelationOf(const Object& object) {
  return Visit(
      [&](const auto& attributes) {
        if constexpr (requires { ObjectId(attributes.table); }) {
          return attributes.table;
        } else {
          return object.id.root();
        }
      },
      object.attributes);
}

}  // namespace schemadiff
