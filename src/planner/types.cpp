#include "planner/types.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// Names longer than 63 bytes would be cut by PostgreSQL, perhaps into one that exists.
constexpr std::size_t kMaxNameBytes = 63;

bool IsTaken(ObjectId id, const PlanContext& context) {
  for (std::size_t i = 0; i < kObjectKinds; ++i) {
    const auto kind = static_cast<ObjectKind>(i);
    if (!StandsIn(kind, NameSpace::kRelation) && !StandsIn(kind, NameSpace::kType) &&
        !StandsIn(kind, NameSpace::kCollation)) {
      continue;
    }
    const ObjectId taken = ObjectId::Of(kind, id.schema(), id.name());
    if (context.live().Contains(taken) || context.desired().Contains(taken)) return true;
  }
  return false;
}

ObjectId SetAsideName(ObjectId id, const PlanContext& context) {
  for (int attempt = 1;; ++attempt) {
    const std::string suffix = attempt == 1 ? "__old" : fmt::format("__old{}", attempt);
    std::string stem = id.name();
    if (stem.size() + suffix.size() > kMaxNameBytes) {
      std::size_t end = kMaxNameBytes - suffix.size();
      while (end > 0 && (static_cast<unsigned char>(stem[end]) & 0xC0) == 0x80) --end;  // within a UTF-8 character
      stem.resize(end);
    }
    const ObjectId aside = id.WithName(stem + suffix);
    if (!IsTaken(aside, context)) return aside;
  }
}

// The composite type that the column has before and after, if that is one which is made anew.
ObjectId ReplacedComposite(const Alteration& column) {
  const std::string& type = column.After<Column>().type.sql;
  if (column.Before<Column>().type.sql != type) return {};
  for (const Edge& edge : column.before.edges) {
    const bool composite = edge.target.kind() == ObjectKind::kCompositeType;
    if (composite && column.context.IsReplaced(edge.target) && RelationName(edge.target) == type) return edge.target;
  }
  return {};
}

// An attribute of another type, or of one that may be made anew itself, goes by its text.
std::string AttributeValue(const std::string& column, const CompositeAttribute& attribute,
                           const CompositeType& before) {
  const auto old = std::ranges::find(before.attributes, attribute.name, &CompositeAttribute::name);
  if (old == before.attributes.end()) return "NULL";
  std::string value = fmt::format("({}).{}", column, QuoteIdentifier(attribute.name));
  const bool same = old->type == attribute.type && !attribute.type.sql.contains('.');
  return same ? value : fmt::format("{}::text::{}", value, attribute.type.sql);
}

}  // namespace

std::string AdaptedValue(const Alteration& column) {
  const std::string name = QuoteIdentifier(column.after.id.name());
  const std::string& type = column.After<Column>().type.sql;
  const ObjectId composite = ReplacedComposite(column);
  const Object* after = composite ? column.context.desired().Find(composite) : nullptr;
  if (after == nullptr) {
    const bool arrays = type.ends_with("[]") && column.Before<Column>().type.sql.ends_with("[]");
    return fmt::format("{}::text{}::{}", name, arrays ? "[]" : "", type);
  }
  const CompositeType& before = column.context.live().Find(composite)->As<CompositeType>();
  std::vector<std::string> values;
  for (const CompositeAttribute& attribute : after->As<CompositeType>().attributes) {
    values.push_back(AttributeValue(name, attribute, before));
  }
  // Not IS NULL, which holds for a row of nulls too.
  return fmt::format("CASE WHEN {} IS DISTINCT FROM NULL THEN ROW({})::{} END", name, Join(values, ", "), type);
}

void ReplaceType(const Alteration& alteration, ActionList& actions, std::string_view word,
                 std::vector<std::string> create, std::vector<Hazard> hazards) {
  hazards.push_back(
      {.kind = HazardKind::kBreaksClients, .reason = "clients that remember the type by its oid have to connect anew"});
  ReplaceBeside(alteration, actions, word, std::move(create), std::move(hazards));
}

void ReplaceBeside(const Alteration& alteration, ActionList& actions, std::string_view word,
                   std::vector<std::string> create, std::vector<Hazard> hazards) {
  const ObjectId id = alteration.after.id;
  const ObjectId aside = SetAsideName(id, alteration.context);
  const bool is_relation = id.kind() == ObjectKind::kCompositeType;

  Action& swap =
      actions.Add(alteration.after, Verb::kReplace,
                  fmt::format("ALTER {} {} RENAME TO {}", word, RelationName(id), QuoteIdentifier(aside.name())));
  std::ranges::move(create, std::back_inserter(swap.step.sql));
  swap.step.hazards = std::move(hazards);
  swap.step.note = fmt::format("the {} is made anew beside the old one, which goes once no column uses it",
                               word == "COLLATION" ? "collation" : "type");
  swap.sets_aside.push_back(id);
  if (is_relation) AddLock(swap, id, LockMode::kAccessExclusive);

  Action& drop = actions.Then(alteration.after, Verb::kDrop, fmt::format("DROP {} {}", word, RelationName(aside)));
  drop.step.phase = Phase::kContract;
  drop.retires.push_back(id);
  drop.produces_object = false;
  if (is_relation) AddLock(drop, aside, LockMode::kAccessExclusive);
}

void CreateShellOf(const Object& type, const PlanContext& context, ActionList& actions) {
  const ObjectId shell = ObjectId::Of(ObjectKind::kBaseType, type.id.schema(), type.id.name(), kShellArgument);
  const bool waits = std::ranges::any_of(type.edges, [&](const Edge& edge) {
    const Object* routine = context.desired().Find(edge.target);
    return routine != nullptr && routine->If<Routine>() != nullptr && context.IsNew(edge.target) &&
           std::ranges::contains(routine->edges, shell, &Edge::target);
  });
  if (!waits) return;
  Action& action = actions.Add(type, Verb::kCreate, "CREATE TYPE " + RelationName(type.id));
  action.step.undo = "DROP TYPE " + RelationName(type.id);
  action.step.note = "its functions need a shell of the type before the type itself";
  action.stands_alone = true;
  action.produces_object = false;
  action.produces.push_back(shell);
}

// The functions cannot go first, since the type uses them, nor afterwards, since they use the type.
void DropWithFunctions(Action& drop, const Object& type, const PlanContext& context) {
  drop.destroys.push_back(ObjectId::Of(ObjectKind::kBaseType, type.id.schema(), type.id.name(), kShellArgument));
  std::vector<std::string> functions;
  for (const auto& [id, object] : context.live()) {
    if (std::ranges::contains(object.edges, Edge{type.id, EdgeKind::kOwnedBy})) functions.push_back(id.ToString());
  }
  if (functions.empty()) return;
  std::ranges::sort(functions);
  drop.step.sql.front() += " CASCADE";
  drop.step.note = fmt::format("CASCADE takes along {}, and nothing else: they and the type need each other",
                               fmt::join(functions, ", "));
}

std::vector<ObjectId> TablesUsing(ObjectId type, const PlanContext& context) {
  std::set<ObjectId> types{type};
  std::set<ObjectId> tables;
  for (std::size_t known = 0; known != types.size();) {
    known = types.size();
    for (const auto& [id, object] : context.live()) {
      const bool is_view = id.kind() == ObjectKind::kMaterializedView;
      if (id.kind() != ObjectKind::kColumn && !is_view && !IsType(id.kind())) continue;
      const bool uses = std::ranges::any_of(
          object.edges, [&](const Edge& edge) { return edge.kind == EdgeKind::kUses && types.contains(edge.target); });
      if (!uses) continue;
      if (IsType(id.kind())) {
        types.insert(id);
      } else {
        tables.insert(is_view ? id : id.parent());
      }
    }
  }
  for (const ObjectId table : std::vector(tables.begin(), tables.end())) {
    for (const ObjectId child : context.DescendantsOf(table)) tables.insert(child);
  }
  return {tables.begin(), tables.end()};
}

void AddDomainScan(Action& action, ObjectId domain, const PlanContext& context) {
  for (const ObjectId table : TablesUsing(domain, context)) {
    if (context.IsPartitioned(table)) continue;  // It holds no rows; PostgreSQL lets go of its lock at once.
    AddLock(action, table, LockMode::kShare);
    AddScan(action, table, context);
  }
  if (action.step.scans.empty()) return;
  action.step.transaction = TransactionMode::kOwn;
  AddHazard(action, HazardKind::kBlocksWrites,
            "writers of the tables that use the domain wait while these are scanned");
}

}  // namespace schemadiff
