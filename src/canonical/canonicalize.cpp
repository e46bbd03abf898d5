#include "canonical/canonicalize.h"

#include <algorithm>
#include <atomic>

#include "canonical/alignment.h"
#include "canonical/pairs.h"
#include "canonical/probe.h"
#include "canonical/syntax_tree.h"
#include "model/relation_of.h"
#include "support/parallel.h"

namespace schemadiff {
namespace {

// Step 0: what the desired state leaves open.
void AdoptUnstated(const Object& live, Object& desired) {
  Visit(
      [&](auto& attributes) {
        using Kind = std::remove_cvref_t<decltype(attributes)>;
        if constexpr (requires { attributes.TakeUnstated(attributes); }) attributes.TakeUnstated(live.As<Kind>());
      },
      desired.attributes);
}

// Step 1: the same syntax tree, or one that PostgreSQL is known to make of it. Queries have trees of their own.
void AdoptKnownForm(SyntaxCache& cache, const Object& live, const Schema& schema, Object& desired) {
  const auto type_of = [&](ObjectId table, const std::string& name) {
    const Object* column = schema.Find(ObjectId::Member(ObjectKind::kColumn, table, name));
    return column == nullptr ? std::string() : column->As<Column>().type.sql;
  };
  const ObjectId relation = RelationOf(desired);
  const ColumnTypes column_types = [&](const std::string& name) { return type_of(relation, name); };
  Visit(
      [&](auto& attributes) {
        using Kind = std::remove_cvref_t<decltype(attributes)>;
        if constexpr (HasFields<Kind>) {
          constexpr bool is_query = std::is_same_v<Kind, View> || std::is_same_v<Kind, MaterializedView>;
          ForEachExpressionPair(live.As<Kind>(), attributes, [&](const Expression& a, Expression& b) {
            if (a == b || !a || !b) return;
            if (is_query) {
              if (SameQuery(a.sql, b.sql)) AdoptSpelling(a, b);
            } else if (std::is_same_v<Kind, ColumnDefault>) {
              const ObjectId column = desired.id.parent();
              if (DefaultStoredAs(cache, b.sql, a.sql, type_of(column.parent(), column.name()))) AdoptSpelling(a, b);
            } else if (StoredAs(cache, b.sql, a.sql, column_types)) {
              AdoptSpelling(a, b);
            }
          });
        }
      },
      desired.attributes);
}

bool MayBeSpelledOtherwise(const Object& object) {
  return Visit(
      [](const auto& attributes) {
        using Kind = std::remove_cvref_t<decltype(attributes)>;
        bool found = std::is_same_v<Kind, Column> || std::is_same_v<Kind, Domain> || requires { Kind::kServerSpells; };
        if constexpr (HasFields<Kind>) {
          ForEachExpression(attributes, [&](const Expression& expression) { found = found || expression; });
        }
        return found || std::is_same_v<Kind, Index> || std::is_same_v<Kind, Exclusion>;
      },
      object.attributes);
}

}  // namespace

bool AdoptKnownForms(const Schema& live, Schema& desired) {
  std::vector<Object*> objects;
  objects.reserve(desired.size());
  for (auto [id, object] : desired) objects.push_back(&object);
  // Where there are as many, and each has its counterpart, there are no others.
  std::atomic<bool> same = live.size() == desired.size();
  constexpr std::size_t kPart = 1024;
  ForEachPart(objects.size(), kPart, [&](std::size_t begin, std::size_t end) {
    SyntaxCache cache;
    for (std::size_t i = begin; i < end; ++i) {
      Object* object = objects[i];
      const Object* counterpart = live.Find(object->id);
      if (counterpart == nullptr) same = false;
      if (counterpart == nullptr || SameAttributes(*counterpart, *object)) continue;
      AdoptUnstated(*counterpart, *object);
      AdoptKnownForm(cache, *counterpart, live, *object);
      if (!SameAttributes(*counterpart, *object)) same = false;
    }
  });
  return same;
}

Result<std::string> AdoptServerForms(Connection& connection, const Schema& live, Schema& desired,
                                     const std::vector<std::string>& search_path, Explanation& explanation) {
  std::vector<ObjectId> candidates;
  for (auto [id, object] : desired) {
    const Object* counterpart = live.Find(id);
    if (counterpart == nullptr || SameAttributes(*counterpart, object)) continue;
    if (MayBeSpelledOtherwise(object)) candidates.push_back(id);
  }
  if (candidates.empty()) return std::string();
  const Result<Spelling> spelling = CanSpell(connection);
  if (!spelling) return std::unexpected(spelling.error());
  if (!spelling->why_not.empty()) return spelling->why_not;
  std::ranges::sort(candidates, {}, [](ObjectId id) { return std::pair(id.root(), id); });
  const Result<void> done =
      AdoptServerSpelling(connection, live, desired, candidates, search_path, spelling->as_replica, explanation);
  if (!done) return std::unexpected(done.error());
  return std::string();
}

}  // namespace schemadiff
