#include "diff/renames.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "model/lineage.h"
#include "model/renaming.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

void RenameOne(Schema& live, ObjectId from, ObjectId to);

// What children have of a member by its name.
std::vector<ObjectId> InheritedCopies(const Schema& live, ObjectId id) {
  std::vector<ObjectId> copies;
  if (!id.parent() || !IsNamedAsParents(id.kind())) return copies;
  live.ForEachOfKinds(HasOwnColumns, [&](ObjectId child, const Object& table) {
    if (!std::ranges::contains(ParentsOf(table), id.root())) return;
    const Object* copy = live.Find(CounterpartOn(child, id));
    if (copy != nullptr && copy->inherited) copies.push_back(copy->id);
  });
  return copies;
}

void RenameInherited(Schema& live, ObjectId from, ObjectId to) {
  for (const ObjectId copy : InheritedCopies(live, from)) RenameOne(live, copy, CounterpartOn(copy.root(), to));
}

void RenameOne(Schema& live, ObjectId from, ObjectId to) {
  RenameWithMentions(live, from, to);
  if (to.kind() == ObjectKind::kColumn) FollowColumnName(live, to, from.name());
  RenameInherited(live, from, to);
}

void RenameMembers(Schema& live, const Object& desired, std::vector<Change>& changes) {
  Object* object = live.Find(desired.id);
  if (object == nullptr) return;
  for (const auto& [to, from] : desired.annotations->renamed_members) {
    const bool renamed = Visit(
        [&](auto& attributes) {
          if constexpr (requires { attributes.RenameMember(from, to); }) {
            auto probe = attributes;
            return !probe.RenameMember(to, to) && attributes.RenameMember(from, to);
          } else {
            return false;
          }
        },
        object->attributes);
    if (!renamed) continue;
    FollowLabel(live, desired.id, from, to);
    changes.push_back({.operation = Change::Operation::kRename,
                       .id = desired.id,
                       .renamed_from = desired.id,
                       .member_from = from,
                       .member_to = to});
  }
}

// Where the name is an attribute, it goes along as well.
void NameInherited(Schema& live, ObjectId id, const std::string& name) {
  for (const ObjectId copy : InheritedCopies(live, id)) {
    Visit(
        [&](auto& attributes) {
          if constexpr (requires { std::remove_cvref_t<decltype(attributes)>::ImplicitName(id); })
            attributes.name = name;
        },
        live.Find(copy)->attributes);
    NameInherited(live, copy, name);
  }
}

// What PostgreSQL named after its place, and the files leave without a name, is named after the new one: PostgreSQL
// itself leaves it the old name.
void FollowImplicitNames(Schema& live, const Schema& desired, std::vector<Change>& changes) {
  const std::vector<Change> renames = changes;
  for (const Object* object : desired.Sorted()) {
    const ObjectId id = object->id;
    Object* renamed = live.Find(id);
    if (renamed == nullptr) continue;
    Visit(
        [&](auto& attributes) {
          using Kind = std::remove_cvref_t<decltype(attributes)>;
          if constexpr (requires { Kind::ImplicitName(id); }) {
            ObjectId former = id;
            for (auto it = renames.rbegin(); it != renames.rend(); ++it) {
              former = RenamedWith(former, it->id, it->renamed_from);
            }
            const std::string from = Kind::ImplicitName(former);
            if (from == Kind::ImplicitName(id) || !object->As<Kind>().name.empty() || attributes.name != from) return;
            attributes.name = Kind::ImplicitName(id);
            NameInherited(live, id, attributes.name);
            changes.push_back({.operation = Change::Operation::kRename,
                               .id = id,
                               .renamed_from = id,
                               .member_from = from,
                               .member_to = attributes.name});
          }
        },
        renamed->attributes);
  }
}

// A constraint or index whose name has the table's or a column's in it, as PostgreSQL makes them.
std::string NameAfter(const std::vector<Change>& renames, ObjectId table, std::string name) {
  for (const Change& rename : renames) {
    const std::string& from = rename.renamed_from.name();
    const std::string& to = rename.id.name();
    if (rename.id == table && name.starts_with(from + "_")) {
      name.replace(0, from.size(), to);
    } else if (rename.id.parent() == table) {
      const std::size_t at = name.find("_" + from + "_");
      if (at != std::string::npos) name.replace(at + 1, from.size(), to);
    }
  }
  return name;
}

// What of a table has the old name in its own, and is declared with the new name in that place, is the same.
void FollowMadeNames(Schema& live, const Schema& desired, std::vector<Change>& changes) {
  std::vector<Change> renames;
  std::vector<ObjectId> tables;
  for (const Change& change : changes) {
    if (!change.member_from.empty()) continue;
    renames.push_back(change);
    if (!std::ranges::contains(tables, change.id.root())) tables.push_back(change.id.root());
  }
  for (const ObjectId table : tables) {
    for (const Object* member : live.Members(table)) {
      const ObjectId from = member->id;
      if (!StandsIn(from.kind(), NameSpace::kConstraint) && !StandsIn(from.kind(), NameSpace::kRelation)) continue;
      const ObjectId to = from.WithName(NameAfter(renames, table, from.name()));
      if (to == from || desired.Contains(from) || !desired.Contains(to) || live.Contains(to)) continue;
      live.Rename(from, to);
      RenameInherited(live, from, to);
      changes.push_back({.operation = Change::Operation::kRename, .id = to, .renamed_from = from});
    }
  }
}

// The old identity: in the schema that the annotation names, or else in the same one.
ObjectId OldIdentity(ObjectId to, const std::vector<std::string>& given) {
  const ObjectId renamed = to.WithName(given.back());
  if (to.parent() || given.size() < 2) return renamed;
  return ObjectId::Of(to.kind(), given[given.size() - 2], given.back(), to.arguments());
}

// Whether a table has it from a parent, which alone can give it another name.
bool IsParents(const Schema& live, ObjectId id) {
  const Object* object = live.Find(id);
  return object != nullptr && object->inherited && IsNamedAsParents(id.kind());
}

// What a table has from a parent may have got the name along when its turn comes.
void SortParentsFirst(const Schema& live, std::ranges::subrange<std::vector<const Object*>::iterator> members) {
  std::ranges::stable_partition(members, [&](const Object* object) {
    return !IsParents(live, OldIdentity(object->id, object->annotations->renamed_from));
  });
}

}  // namespace

bool AsksForRenames(const Schema& live, const Schema& desired) {
  return std::ranges::any_of(desired, [&](const auto& item) {
    const Annotations* said = item.second.annotations.get();
    return said && !said->renamed_from.empty() && live.Contains(OldIdentity(item.first, said->renamed_from));
  });
}

Result<std::vector<Change>> ApplyRenames(Schema& live, const Schema& desired) {
  std::vector<const Object*> renamed;
  for (const auto& [id, object] : desired) {
    if (object.annotations && !object.annotations->renamed_from.empty()) renamed.push_back(&object);
  }
  std::ranges::sort(renamed, {}, &Object::id);
  const auto members =
      std::ranges::stable_partition(renamed, [](const Object* object) { return !object->id.parent(); });
  Diagnostics errors;
  std::vector<Change> changes;
  for (auto it = renamed.begin(); it != renamed.end(); ++it) {
    if (it == members.begin()) SortParentsFirst(live, members);
    const Object* object = *it;
    const ObjectId to = object->id;
    const ObjectId from = OldIdentity(to, object->annotations->renamed_from);
    if (!live.Contains(from) || from.schema() != to.schema()) continue;
    if (live.Contains(to)) {
      errors.Add({.code = ErrorCode::kBadInput,
                  .location = object->source,
                  .message = fmt::format("{} `{}` is to be renamed from `{}`, but the database has both",
                                         Label(to.kind()), to.ToString(), from.name()),
                  .hint = "remove the annotation, and drop or keep the old one"});
      continue;
    }
    if (IsParents(live, from)) {
      errors.Add({.code = ErrorCode::kBadInput,
                  .location = object->source,
                  .message = fmt::format("{} `{}` is to be renamed from `{}`, which its table has from a parent",
                                         Label(to.kind()), to.ToString(), from.name()),
                  .hint = "rename the parent's; if the table leaves the parent, apply that first"});
      continue;
    }
    RenameOne(live, from, to);
    changes.push_back({.operation = Change::Operation::kRename, .id = to, .renamed_from = from});
  }
  if (!changes.empty()) {
    FollowMadeNames(live, desired, changes);
    FollowImplicitNames(live, desired, changes);
  }
  for (const Object* object : desired.Sorted()) {
    if (object->annotations && !object->annotations->renamed_members.empty()) RenameMembers(live, *object, changes);
  }
  if (!errors.empty()) return std::unexpected(errors);
  return changes;
}

void AskToRenameBack(const std::vector<Change>& renames, const Schema& live, Schema& desired) {
  for (std::size_t i = 0; i < renames.size(); ++i) {
    const Change& rename = renames[i];
    if (IsParents(live, rename.id)) continue;
    // What contains it has been renamed before.
    ObjectId old = rename.renamed_from;
    for (std::size_t earlier = i; earlier-- > 0;) {
      if (renames[earlier].member_from.empty())
        old = RenamedWith(old, renames[earlier].id, renames[earlier].renamed_from);
    }
    Object* object = desired.Find(old);
    if (object == nullptr) continue;
    auto annotations =
        object->annotations ? std::make_shared<Annotations>(*object->annotations) : std::make_shared<Annotations>();
    if (rename.member_from.empty()) {
      annotations->renamed_from = {rename.id.name()};
    } else {
      annotations->renamed_members[rename.member_from] = rename.member_to;
    }
    object->annotations = std::move(annotations);
  }
}

}  // namespace schemadiff
