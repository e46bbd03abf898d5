#include "diff/renames.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "model/relation_of.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Replaces an identifier in SQL as the server prints it; strings are left alone.
std::string ReplaceIdentifier(const std::string& sql, const std::string& from, const std::string& to) {
  std::string out;
  for (std::size_t i = 0; i < sql.size();) {
    if (sql[i] == '\'') {
      const std::size_t end = std::min(sql.find('\'', i + 1), sql.size() - 1);
      out += sql.substr(i, end + 1 - i);
      i = end + 1;
    } else if (sql.compare(i, from.size(), from) == 0 && (i == 0 || !IsWord(sql[i - 1])) &&
               (i + from.size() >= sql.size() || !IsWord(sql[i + from.size()]))) {
      out += to;
      i += from.size();
    } else {
      out += sql[i++];
    }
  }
  return out;
}

void ReplaceString(std::string& text, const std::string& from, const std::string& to) {
  if (text == from) text = to;
}

// Lists of columns, and expressions, that speak of the renamed column.
template <typename T>
void RenameColumnIn(T& value, const std::string& from, const std::string& to) {
  if constexpr (std::is_same_v<T, Expression>) {
    value.sql = ReplaceIdentifier(value.sql, QuoteIdentifier(from), QuoteIdentifier(to));
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    for (std::string& item : value) ReplaceString(item, from, to);
  } else if constexpr (std::is_same_v<T, IndexElement>) {
    ReplaceString(value.column, from, to);
    RenameColumnIn(value.expression, from, to);
  } else if constexpr (std::is_same_v<T, std::vector<IndexElement>>) {
    for (IndexElement& item : value) RenameColumnIn(item, from, to);
  }
}

void FollowColumn(Schema& live, ObjectId column, const std::string& from) {
  for (auto [id, object] : live) {
    const bool own = id != column && RelationOf(object) == column.root();
    const bool mentions = std::ranges::any_of(object.edges, [&](const Edge& edge) { return edge.target == column; });
    if (!own && !mentions) continue;
    Visit(
        [&](auto& attributes) {
          if constexpr (HasFields<std::remove_reference_t<decltype(attributes)>>) {
            ForEachField(attributes, [&](std::string_view name, auto& field) {
              // A foreign key's two lists are of two tables.
              const bool others = own ? name == "referenced_columns" : name == "columns" || name == "on_delete_columns";
              if (!others) RenameColumnIn(field, from, column.name());
            });
            // What is no member of its table keeps its columns sorted.
            if constexpr (requires {
                            attributes.table;
                            attributes.columns.front().size();
                          }) {
              std::ranges::sort(attributes.columns);
            }
          }
        },
        object.attributes);
  }
}

// The text by which expressions name a label of an enum.
std::string LabelText(ObjectId type, const std::string& label) {
  return QuoteLiteral(label) + "::" + QuoteQualified(type.schema(), type.name());
}

void FollowLabel(Schema& live, ObjectId type, const std::string& from, const std::string& to) {
  const std::string old_text = LabelText(type, from);
  for (auto [id, object] : live) {
    if (std::ranges::none_of(object.edges, [&](const Edge& edge) { return edge.target == type; }) && !id.parent())
      continue;
    Visit(
        [&](auto& attributes) {
          if constexpr (HasFields<std::remove_reference_t<decltype(attributes)>>) {
            ForEachExpression(attributes, [&](Expression& expression) {
              for (std::size_t at = 0; (at = expression.sql.find(old_text, at)) != std::string::npos;) {
                expression.sql.replace(at, old_text.size(), LabelText(type, to));
              }
            });
          }
        },
        object.attributes);
  }
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

ObjectId Replaced(ObjectId id, ObjectId from, ObjectId to) {
  if (id == from) return to;
  return id.parent() ? id.WithParent(Replaced(id.parent(), from, to)) : id;
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
              former = Replaced(former, it->id, it->renamed_from);
            }
            const std::string from = Kind::ImplicitName(former);
            if (former == id || !object->As<Kind>().name.empty() || attributes.name != from) return;
            attributes.name = Kind::ImplicitName(id);
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

}  // namespace

Result<std::vector<Change>> ApplyRenames(Schema& live, const Schema& desired) {
  std::vector<const Object*> renamed;
  for (const auto& [id, object] : desired) {
    if (object.annotations && !object.annotations->renamed_from.empty()) renamed.push_back(&object);
  }
  std::ranges::sort(renamed, {},
                    [](const Object* object) { return std::pair(object->id.parent() ? 1 : 0, object->id); });
  Diagnostics errors;
  std::vector<Change> changes;
  for (const Object* object : renamed) {
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
    live.Rename(from, to);
    if (to.kind() == ObjectKind::kColumn) FollowColumn(live, to, from.name());
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

void AskToRenameBack(const std::vector<Change>& renames, Schema& desired) {
  for (std::size_t i = 0; i < renames.size(); ++i) {
    const Change& rename = renames[i];
    // What contains it has been renamed before.
    ObjectId old = rename.renamed_from;
    for (std::size_t earlier = i; earlier-- > 0;) {
      if (renames[earlier].member_from.empty()) old = Replaced(old, renames[earlier].id, renames[earlier].renamed_from);
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
