// CREATE TABLE (LIKE source ...): manual, CREATE TABLE, "LIKE source_table".
#include <algorithm>

#include "model/implicit_names.h"
#include "model/partition_index.h"
#include "parser/statements/partition_index.h"
#include "parser/statements/table_elements.h"

namespace schemadiff {
namespace {

// TableLikeOption of nodes/parsenodes.h.
enum LikeOption : std::int64_t {
  kLikeComments = 1 << 0,
  kLikeCompression = 1 << 1,
  kLikeConstraints = 1 << 2,
  kLikeDefaults = 1 << 3,
  kLikeGenerated = 1 << 4,
  kLikeIdentity = 1 << 5,
  kLikeIndexes = 1 << 6,
  kLikeStatistics = 1 << 7,
  kLikeStorage = 1 << 8,
};

// The copy's edges speak of its own columns.
void Retarget(std::vector<Edge>& edges, ObjectId source, ObjectId table) {
  for (Edge& edge : edges) {
    if (edge.target.parent() == source) edge.target = edge.target.WithParent(table);
  }
}

std::string CopiedName(Interpreter& in, ObjectId table, const Object& member) {
  const Exclusion* exclusion = member.If<Exclusion>();
  if (exclusion == nullptr) return NameOfPart(in, table, member);
  std::vector<std::string> columns;
  for (const IndexElement& element : exclusion->elements) {
    columns.push_back(element.column.empty() ? "expr" : element.column);
  }
  return ChooseName(table.name(), IndexNameAddition(columns), "excl", [&](const std::string& candidate) {
    return in.IsRelationTaken(table.schema(), candidate) || in.IsConstraintTaken(table.schema(), candidate);
  });
}

// A copy is nobody's part.
void StandAlone(Object& copy) {
  copy.inherited = copy.is_local = false;
  SetWhole(copy, {});
  std::erase_if(copy.edges, [](const Edge& edge) { return edge.kind == EdgeKind::kOwnedBy; });
}

void CopyMember(Interpreter& in, const Statement& statement, ObjectId table, const Object& member,
                const std::string& name) {
  Object copy = member;
  StandAlone(copy);
  Retarget(copy.edges, member.id.parent(), table);
  copy.id = ObjectId::Member(member.id.kind(), table, name);
  copy.source = in.Location(statement, -1);
  copy.position = in.NextPosition();
  copy.annotations = nullptr;
  in.Create(statement, std::move(copy));
}

void CopyColumn(Interpreter& in, const Statement& statement, ObjectId table, const Object& source,
                std::int64_t options) {
  Object copy = source;
  StandAlone(copy);
  copy.id = source.id.WithParent(table);
  copy.source = in.Location(statement, -1);
  copy.position = in.NextPosition();
  copy.annotations = nullptr;
  Retarget(copy.edges, source.id.parent(), table);
  Column& column = copy.As<Column>();
  if (options & kLikeIdentity) {
    if (column.identity != Column::Identity::kNone) column.identity_sequence = IdentitySequenceName(in, copy.id);
  } else {
    column.LoseIdentity();
  }
  if (!(options & kLikeGenerated)) {
    column.generated = Column::Generated::kNone;
    column.generation_expression = {};
  }
  if (!(options & kLikeStorage)) column.storage.clear();
  if (!(options & kLikeCompression)) column.compression.clear();
  in.Create(statement, copy);
  // From version 18 NOT NULL is copied with its name.
  const ObjectId not_null = ObjectId::Member(ObjectKind::kNotNull, source.id, "");
  if (const Object* copied = in.schema().Find(not_null)) {
    NotNull attributes = copied->As<NotNull>();
    if (attributes.name.empty()) attributes.name = NotNull::ImplicitName(not_null);
    AddNotNull(in, statement, copy.id, std::move(attributes));
  }
  const Object* value = in.schema().Find(ObjectId::Member(ObjectKind::kColumnDefault, source.id, ""));
  if (value && (options & kLikeDefaults)) {
    Object copied = *value;
    copied.id = value->id.WithParent(copy.id);
    in.schema().Add(std::move(copied));
  }
}

// Their names are chosen anew, over the columns in the table's order.
void CopyStatistics(Interpreter& in, const Statement& statement, ObjectId source, ObjectId table, bool with_comments) {
  std::vector<Object> copies;
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kStatistics)) {
    if (object.As<Statistics>().table == source) copies.push_back(object);
  }
  std::ranges::sort(copies, {}, &Object::position);
  for (Object& copy : copies) {
    const Object* comment = in.schema().Find(ObjectId::Member(ObjectKind::kComment, copy.id, ""));
    Statistics& statistics = copy.As<Statistics>();
    statistics.table = table;
    std::vector<std::string> names;
    for (const Object* member : in.schema().Members(source)) {
      if (std::ranges::contains(statistics.columns, member->id.name())) names.push_back(member->id.name());
    }
    names.resize(names.size() + statistics.expressions.size(), "expr");
    copy.id = ImplicitStatisticsId(in, table, names);
    Retarget(copy.edges, source, table);
    std::ranges::replace(copy.edges, Edge{source}, Edge{table});
    copy.source = in.Location(statement, -1);
    copy.position = in.NextPosition();
    copy.annotations = nullptr;
    if (comment != nullptr && with_comments) {
      Object copied = *comment;
      copied.id = comment->id.WithParent(copy.id);
      in.schema().Add(std::move(copied));
    }
    in.Create(statement, std::move(copy));
  }
}

}  // namespace

Outcome CopyLike(Interpreter& in, const Statement& statement, ObjectId table, Node like_clause) {
  const ObjectId source = in.FindRelation(statement, like_clause["relation"]);
  if (!source) return Outcome::kDone;
  const std::int64_t options = like_clause.Int("options");
  std::vector<Object> members;
  for (const Object* member : in.schema().Members(source)) members.push_back(*member);
  for (const Object& member : members) {
    const ObjectKind kind = member.id.kind();
    if (kind == ObjectKind::kColumn) CopyColumn(in, statement, table, member, options);
    if (kind == ObjectKind::kCheck && (options & kLikeConstraints)) {
      CopyMember(in, statement, table, member, member.id.name());
    }
    const bool indexed = kind == ObjectKind::kKey || kind == ObjectKind::kIndex || kind == ObjectKind::kExclusion;
    if (indexed && (options & kLikeIndexes)) {
      CopyMember(in, statement, table, member, CopiedName(in, table, member));
    }
    if (kind == ObjectKind::kComment) continue;
    if (options & kLikeComments) {
      if (const Object* comment = in.schema().Find(ObjectId::Member(ObjectKind::kComment, member.id, ""));
          comment && kind == ObjectKind::kColumn) {
        Object copied = *comment;
        copied.id = comment->id.WithParent(member.id.WithParent(table));
        in.schema().Add(std::move(copied));
      }
    }
  }
  if (options & kLikeStatistics) CopyStatistics(in, statement, source, table, (options & kLikeComments) != 0);
  return Outcome::kDone;
}

}  // namespace schemadiff
