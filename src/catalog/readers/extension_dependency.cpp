#include "catalog/reader.h"

namespace schemadiff {

// Found with the members of the extensions.
template <>
Result<void> ReadKind<ExtensionDependency>(Reader& reader) {
  reader.AwaitTurn();
  for (const auto& [catalog, object, extension] : reader.members().dependents) {
    const ObjectId parent = reader.At({catalog, object, 0});
    const ObjectId target = reader.At({kPgExtension, extension, 0});
    if (!parent || !target) continue;
    Object added{.id = ObjectId::Member(ObjectKind::kExtensionDependency, parent, target.name()),
                 .attributes = ExtensionDependency{target.name()}};
    added.edges.push_back({target});
    reader.schema().Add(std::move(added));
  }
  return {};
}

}  // namespace schemadiff
