#include <fmt/format.h>

#include <algorithm>

#include "planner/hazards.h"
#include "planner/rules.h"
#include "planner/rules/column_type.h"
#include "planner/rules/partition.h"
#include "planner/rules/rename.h"
#include "planner/sql.h"
#include "planner/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using AttributeList = std::vector<CompositeAttribute>;

std::string Definition(const CompositeAttribute& attribute) {
  std::string sql = QuoteIdentifier(attribute.name) + " " + attribute.type.sql;
  if (!attribute.collation.empty()) sql += " COLLATE " + attribute.collation;
  return sql;
}

std::string CreateCompositeTypeSql(const Object& object) {
  std::vector<std::string> attributes;
  for (const CompositeAttribute& attribute : object.As<CompositeType>().attributes) {
    attributes.push_back(Definition(attribute));
  }
  return fmt::format("CREATE TYPE {} AS ({})", RelationName(object.id), Join(attributes, ", "));
}

void CreateCompositeType(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateCompositeTypeSql(object));
  action.step.undo = "DROP TYPE " + RelationName(object.id);
}

void DropCompositeType(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP TYPE " + RelationName(object.id));
  action.step.phase = Phase::kContract;
  action.step.undo = CreateCompositeTypeSql(object);
  AddLock(action, object.id, LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the type fail");
}

void RenameAttribute(const Object& object, const std::string& from, const std::string& to, ActionList& actions) {
  const auto rename = [&](const std::string& a, const std::string& b) {
    return fmt::format("ALTER TYPE {} RENAME ATTRIBUTE {} TO {}", RelationName(object.id), QuoteIdentifier(a),
                       QuoteIdentifier(b));
  };
  Action& action = actions.Add(object, Verb::kRename, rename(from, to));
  action.step.phase = Phase::kContract;
  action.step.undo = rename(to, from);
  AddLock(action, object.id, LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the old name fail");
}

const CompositeAttribute* Find(const AttributeList& attributes, const std::string& name) {
  const auto found = std::ranges::find(attributes, name, &CompositeAttribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

const AttributeList& BeforeOf(const Alteration& alteration) { return alteration.Before<CompositeType>().attributes; }
const AttributeList& AfterOf(const Alteration& alteration) { return alteration.After<CompositeType>().attributes; }

bool ChangesType(const Alteration& alteration) {
  return std::ranges::any_of(AfterOf(alteration), [&](const CompositeAttribute& attribute) {
    const CompositeAttribute* before = Find(BeforeOf(alteration), attribute.name);
    return before != nullptr && *before != attribute;
  });
}

// Attributes can be added at the end only.
bool KeepsOrder(const Alteration& alteration) {
  std::vector<std::string> reached;
  for (const CompositeAttribute& attribute : BeforeOf(alteration)) {
    if (Find(AfterOf(alteration), attribute.name)) reached.push_back(attribute.name);
  }
  for (const CompositeAttribute& attribute : AfterOf(alteration)) {
    if (!Find(BeforeOf(alteration), attribute.name)) reached.push_back(attribute.name);
  }
  return std::ranges::equal(reached, AfterOf(alteration), {}, {}, &CompositeAttribute::name);
}

std::vector<ObjectId> TypedTables(const Alteration& alteration) {
  const std::string name = RelationName(alteration.before.id);
  std::vector<ObjectId> typed;
  for (const auto& [id, object] : alteration.context.live().OfKind(ObjectKind::kTable)) {
    if (object.template As<Table>().of_type.sql == name) typed.push_back(id);
  }
  std::ranges::sort(typed);
  return typed;
}

// The stored values of a column are not converted: `cannot alter type because column uses it`.
bool CanChange(const Alteration& alteration) {
  return KeepsOrder(alteration) &&
         (!ChangesType(alteration) || TablesUsing(alteration.before.id, alteration.context).empty());
}

// What the values of attributes may lose that get another type.
std::string LostOfAttributes(const Alteration& alteration, bool explicit_cast) {
  for (const CompositeAttribute& attribute : AfterOf(alteration)) {
    const CompositeAttribute* before = Find(BeforeOf(alteration), attribute.name);
    if (before == nullptr) continue;
    const std::string lost = WhatIsLost(before->type.sql, attribute.type.sql, explicit_cast);
    if (!lost.empty()) return fmt::format("of {}, {}", attribute.name, lost);
  }
  return {};
}

// Of a typed table the attributes are columns, which ALTER TYPE ... CASCADE converts as ALTER TABLE does.
void ConvertTyped(Action& action, const Alteration& alteration, const std::vector<ObjectId>& typed) {
  bool rewrites = false;
  bool may_fail = false;
  for (const CompositeAttribute& attribute : AfterOf(alteration)) {
    const CompositeAttribute* before = Find(BeforeOf(alteration), attribute.name);
    if (before == nullptr || *before == attribute) continue;
    rewrites = rewrites || before->collation != attribute.collation || !KeepsHeap(before->type.sql, attribute.type.sql);
    may_fail = may_fail || MayFail(before->type.sql, attribute.type.sql);
    for (const ObjectId table : typed) {
      RefuseInPartitionKey(action, ObjectId::Member(ObjectKind::kColumn, table, attribute.name), alteration.context);
    }
  }
  for (const ObjectId table : typed) {
    AddLockWithDescendants(action, table, LockMode::kAccessExclusive, alteration.context);
    if (rewrites) AddRewrite(action, table, alteration.context);
  }
  if (typed.empty()) return;
  if (may_fail) AddHazard(action, HazardKind::kMayFail, "every attribute has to convert to its new type");
  AnnounceLoss(action, LostOfAttributes(alteration, false));
}

void SetAttributes(const Alteration& alteration, ActionList& actions) {
  // CASCADE reaches the tables of the type, whose columns its attributes are. What depends on one that goes has gone
  // before.
  const std::vector<ObjectId> typed = TypedTables(alteration);
  bool drops = false;
  const std::string cascade = typed.empty() ? "" : " CASCADE";
  std::vector<std::string> parts;
  std::vector<ObjectId> dropped;
  for (const CompositeAttribute& attribute : BeforeOf(alteration)) {
    if (Find(AfterOf(alteration), attribute.name)) continue;
    parts.push_back("DROP ATTRIBUTE " + QuoteIdentifier(attribute.name) + cascade);
    for (const ObjectId table : typed) {
      dropped.push_back(ObjectId::Member(ObjectKind::kColumn, table, attribute.name));
    }
    drops = true;
  }
  for (const CompositeAttribute& attribute : AfterOf(alteration)) {
    const CompositeAttribute* before = Find(BeforeOf(alteration), attribute.name);
    if (before == nullptr) {
      parts.push_back("ADD ATTRIBUTE " + Definition(attribute) + cascade);
    } else if (*before != attribute) {
      std::string part =
          fmt::format("ALTER ATTRIBUTE {} SET DATA TYPE {}", QuoteIdentifier(attribute.name), attribute.type.sql);
      if (!attribute.collation.empty()) part += " COLLATE " + attribute.collation;
      parts.push_back(part + cascade);
    }
  }
  const ObjectId id = alteration.after.id;
  Action& action =
      actions.Add(alteration.after, Verb::kAlter, fmt::format("ALTER TYPE {} {}", RelationName(id), Join(parts, ", ")));
  AddLock(action, id, LockMode::kAccessExclusive);
  action.destroys = std::move(dropped);
  ConvertTyped(action, alteration, typed);
  AddHazard(action, HazardKind::kBreaksClients,
            "clients that read or write whole values of the type see other attributes");
  if (drops && !(typed.empty() && TablesUsing(id, alteration.context).empty())) {
    AddHazard(action, HazardKind::kDataLoss, "what rows hold in the dropped attributes is lost");
    AddHazard(action, HazardKind::kIrreversible, "only a backup brings them back");
  }
}

// Whether values lie within arrays, domains or other composites, where only their text can be converted.
bool IsNested(const Alteration& alteration) {
  const ObjectId id = alteration.before.id;
  return std::ranges::any_of(alteration.context.live(), [&](const auto& entry) {
    const Object& object = entry.second;
    const Column* column = object.If<Column>();
    const ObjectKind kind = entry.first.kind();
    const bool holds = column != nullptr ? column->type.sql != RelationName(id)
                                         : kind == ObjectKind::kDomain || kind == ObjectKind::kCompositeType;
    return holds && std::ranges::contains(object.edges, Edge{id, EdgeKind::kUses});
  });
}

void ReplaceCompositeType(const Alteration& alteration, ActionList& actions) {
  std::vector<Hazard> hazards;
  if (!TablesUsing(alteration.before.id, alteration.context).empty()) {
    hazards.push_back({.kind = HazardKind::kMayFail, .reason = "every attribute has to convert to its new type"});
    const bool drops = std::ranges::any_of(BeforeOf(alteration), [&](const CompositeAttribute& attribute) {
      return Find(AfterOf(alteration), attribute.name) == nullptr;
    });
    if (drops) {
      hazards.push_back({.kind = HazardKind::kDataLoss, .reason = "what rows hold in the dropped attributes is lost"});
    }
    if (const std::string lost = LostOfAttributes(alteration, true); !lost.empty()) {
      hazards.push_back({.kind = HazardKind::kDataLoss, .reason = lost});
    }
    if (IsNested(alteration) && !KeepsOrder(alteration)) {
      hazards.push_back({.kind = HazardKind::kDataLoss,
                         .reason =
                             "values within arrays, domains and other types keep the place of an attribute, not its "
                             "name: convert them by hand"});
    }
  }
  ReplaceType(alteration, actions, "TYPE", {CreateCompositeTypeSql(alteration.after)}, std::move(hazards));
}

}  // namespace

template <>
const KindRules& RulesOf<CompositeType>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"attributes", SetAttributes, CanChange},
  });
  static_assert(Covers<CompositeType>(fields));
  static constexpr KindRules rules{.create = CreateCompositeType,
                                   .drop = DropCompositeType,
                                   .fields = fields,
                                   .subject = NamedSubject<"TYPE">,
                                   .rename = RenameBreakingClients<>,
                                   .rename_member = RenameAttribute,
                                   .replace = ReplaceCompositeType,
                                   .replace_keeps_members = false};
  return rules;
}

}  // namespace schemadiff
