#include "diff/renames.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "model/lineage.h"
#include "model/renaming.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// The tables that have a member of a table by its name: each once, children before grandchildren.
class Heirs {
 public:
  Heirs(const Schema& live, ObjectId member) : live_(live), member_(member) {
    if (!member.parent() || !IsNamedAsParents(member.kind())) return;
    std::unordered_map<ObjectId, std::vector<ObjectId>> children = ChildrenByParent(live);
    giving_.insert(member.root());
    std::vector<ObjectId> layer{member.root()};
    while (!layer.empty()) {
      std::vector<ObjectId> next;
      for (const ObjectId parent : layer) {
        for (const ObjectId child : children[parent]) {
          if (HasIt(child) && giving_.insert(child).second) next.push_back(child);
        }
      }
      std::ranges::sort(next);
      tables_.insert(tables_.end(), next.begin(), next.end());
      layer = std::move(next);
    }
  }

  /// What the live state holds of them.
  std::vector<ObjectId> Copies() const {
    std::vector<ObjectId> copies;
    for (const ObjectId table : tables_) {
      if (const Object* copy = live_.Find(CounterpartOn(table, member_))) copies.push_back(copy->id);
    }
    return copies;
  }

  /// Why PostgreSQL cannot give them all that name (src/backend/commands/tablecmds.c, renameatt_internal(),
  /// rename_constraint_internal()); empty when it can.
  std::string WhyNot(ObjectId to) const {
    for (const ObjectId table : tables_) {
      if (live_.Contains(CounterpartOn(table, to)))
        return fmt::format("but `{}`, which inherits it, has both", table.ToString());
      for (const ObjectId parent : ParentsOf(*live_.Find(table))) {
        if (giving_.contains(parent) || !live_.Contains(TopmostColumn(live_, CounterpartOn(parent, member_)))) continue;
        return fmt::format("which `{}` has from `{}`, too", table.ToString(), parent.ToString());
      }
    }
    return {};
  }

 private:
  // Every column is inherited, and a state made from files says so only of what a table declares as well.
  bool HasIt(ObjectId child) const {
    const Object* copy = live_.Find(CounterpartOn(child, member_));
    return copy == nullptr ? member_.kind() == ObjectKind::kColumn : copy->inherited;
  }

  const Schema& live_;
  ObjectId member_;
  std::vector<ObjectId> tables_;
  std::unordered_set<ObjectId> giving_;
};

// `heirs` are those of the old name.
void RenameOne(Schema& live, ObjectId from, ObjectId to, const Heirs& heirs) {
  if (!from.parent()) return RenameWithMentions(live, from, to);
  std::vector<std::pair<ObjectId, ObjectId>> renames{{from, to}};
  std::vector<ObjectId> columns{to};
  for (const ObjectId copy : heirs.Copies()) {
    columns.push_back(CounterpartOn(copy.root(), to));
    renames.emplace_back(copy, columns.back());
  }
  live.Rename(renames);
  if (to.kind() == ObjectKind::kColumn) FollowColumnName(live, columns, from.name());
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
  for (const ObjectId copy : Heirs(live, id).Copies()) {
    Visit(
        [&](auto& attributes) {
          if constexpr (requires { std::remove_cvref_t<decltype(attributes)>::ImplicitName(id); })
            attributes.name = name;
        },
        live.Find(copy)->attributes);
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
      const Heirs heirs(live, from);
      if (!heirs.WhyNot(to).empty()) continue;
      RenameOne(live, from, to, heirs);
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
  const auto asks = [&](const Object& object) {
    const Annotations* said = object.annotations.get();
    return said && !said->renamed_from.empty() && live.Contains(OldIdentity(object.id, said->renamed_from));
  };
  return !desired.Where(asks).empty();
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
    const Heirs heirs(live, from);
    const auto refuse = [&](const std::string& why_not, std::string hint) {
      errors.Add({.code = ErrorCode::kBadInput,
                  .location = object->source,
                  .message = fmt::format("{} `{}` is to be renamed from `{}`, {}", Label(to.kind()), to.ToString(),
                                         from.name(), why_not),
                  .hint = std::move(hint)});
    };
    if (live.Contains(to)) {
      refuse("but the database has both", "remove the annotation, and drop or keep the old one");
    } else if (IsParents(live, from)) {
      refuse("which its table has from a parent",
             "rename the parent's; if the table leaves the parent, apply that first");
    } else if (const std::string why_not = heirs.WhyNot(to); !why_not.empty()) {
      refuse(why_not, "remove the annotation, or first apply what takes that table out of the way");
    } else {
      RenameOne(live, from, to, heirs);
      changes.push_back({.operation = Change::Operation::kRename, .id = to, .renamed_from = from});
    }
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
