#include <fmt/format.h>

#include <algorithm>

#include "planner/rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string PublicationName(ObjectId id) { return "PUBLICATION " + QuoteIdentifier(id.name()); }

std::string Publish(const Publication& publication) {
  std::vector<std::string> operations;
  if (publication.publishes_insert) operations.emplace_back("insert");
  if (publication.publishes_update) operations.emplace_back("update");
  if (publication.publishes_delete) operations.emplace_back("delete");
  if (publication.publishes_truncate) operations.emplace_back("truncate");
  return "publish = " + QuoteLiteral(Join(operations, ", "));
}

std::string Schemas(const std::vector<ObjectId>& schemas) {
  std::vector<std::string> names;
  for (const ObjectId schema : schemas) names.push_back(schema.name());
  return "TABLES IN SCHEMA " + ColumnList(names);
}

// The tables are members of their own.
std::string CreatePublicationSql(const Object& object) {
  const Publication& publication = object.As<Publication>();
  const Publication standard;
  std::string sql = "CREATE " + PublicationName(object.id);
  if (publication.all_tables) sql += " FOR ALL TABLES";
  if (!publication.schemas.empty()) sql += " FOR " + Schemas(publication.schemas);
  std::vector<std::string> options;
  if (Publish(publication) != Publish(standard)) options.push_back(Publish(publication));
  if (publication.via_partition_root) options.emplace_back("publish_via_partition_root = true");
  if (publication.generated_columns != standard.generated_columns) {
    options.push_back("publish_generated_columns = " + publication.generated_columns);
  }
  return options.empty() ? sql : sql + fmt::format(" WITH ({})", Join(options, ", "));
}

// Updates and deletes of a table without a replica identity fail as soon as they are published (manual: "Publication").
void CreatePublication(const Object& object, const PlanContext&, ActionList& actions) {
  const Publication& publication = object.As<Publication>();
  Action& action = actions.Add(object, Verb::kCreate, CreatePublicationSql(object));
  action.step.undo = "DROP " + PublicationName(object.id);
  const bool whole = publication.all_tables || !publication.schemas.empty();
  if (!whole || !(publication.publishes_update || publication.publishes_delete)) return;
  AddHazard(action, HazardKind::kBreaksClients,
            "updates and deletes of its tables that have neither a primary key nor a replica identity fail");
}

void DropPublication(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + PublicationName(object.id));
  const bool has_tables = std::ranges::any_of(context.live().Members(object.id), [](const Object* member) {
    return member->id.kind() == ObjectKind::kPublicationTable;
  });
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  if (!has_tables) action.step.undo = CreatePublicationSql(object);
  AddHazard(action, HazardKind::kBreaksClients, "its subscribers fail, and miss what changes meanwhile");
}

void RenamePublication(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  const auto rename = [](ObjectId a, ObjectId b) {
    return fmt::format("ALTER {} RENAME TO {}", PublicationName(a), QuoteIdentifier(b.name()));
  };
  Action& action = actions.Add(object, Verb::kRename, rename(from, object.id));
  action.step.undo = rename(object.id, from);
  AddHazard(action, HazardKind::kBreaksClients, "subscriptions that name it by its old name fail");
}

void SetSchemas(const Alteration& alteration, ActionList& actions) {
  const auto only_in = [](const std::vector<ObjectId>& a, const std::vector<ObjectId>& b) {
    std::vector<ObjectId> out;
    std::ranges::copy_if(a, std::back_inserter(out), [&](ObjectId id) { return !std::ranges::contains(b, id); });
    return out;
  };
  const std::vector<ObjectId>& before = alteration.Before<Publication>().schemas;
  const std::vector<ObjectId>& after = alteration.After<Publication>().schemas;
  const std::string alter = fmt::format("ALTER {} ", PublicationName(alteration.after.id));
  const auto change = [&](std::string_view word, std::string_view back, const std::vector<ObjectId>& schemas) {
    Action& action = actions.Add(alteration.after, Verb::kAlter, fmt::format("{}{} {}", alter, word, Schemas(schemas)));
    action.step.undo = fmt::format("{}{} {}", alter, back, Schemas(schemas));
    return &action;
  };
  if (const auto gone = only_in(before, after); !gone.empty()) {
    AddHazard(*change("DROP", "ADD", gone), HazardKind::kBreaksClients, "subscribers no longer get their changes");
  }
  if (const auto come = only_in(after, before); !come.empty()) {
    AddHazard(*change("ADD", "DROP", come), HazardKind::kBreaksClients,
              "updates and deletes of tables that have neither a primary key nor a replica identity fail");
  }
}

void SetPublish(const Alteration& alteration, ActionList& actions) {
  const std::string alter = fmt::format("ALTER {} SET ", PublicationName(alteration.after.id));
  Action& action = actions.Add(alteration.after, Verb::kAlter,
                               fmt::format("{}({})", alter, Publish(alteration.After<Publication>())));
  action.step.undo = fmt::format("{}({})", alter, Publish(alteration.Before<Publication>()));
  AddHazard(action, HazardKind::kBreaksClients, "subscribers get other changes than before");
}

void SetViaRoot(const Alteration& alteration, ActionList& actions) {
  const auto set = [](const Object& object) {
    return fmt::format("ALTER {} SET (publish_via_partition_root = {})", PublicationName(object.id),
                       object.As<Publication>().via_partition_root);
  };
  Action& action = actions.Add(alteration.after, Verb::kAlter, set(alteration.after));
  action.step.undo = set(alteration.before);
  AddHazard(action, HazardKind::kBreaksClients, "subscribers get the changes of partitions under other tables' names");
}

void SetGenerated(const Alteration& alteration, ActionList& actions) {
  const auto set = [](const Object& object) {
    return fmt::format("ALTER {} SET (publish_generated_columns = {})", PublicationName(object.id),
                       object.As<Publication>().generated_columns);
  };
  Action& action = actions.Add(alteration.after, Verb::kAlter, set(alteration.after));
  action.step.undo = set(alteration.before);
}

}  // namespace

template <>
const KindRules& RulesOf<Publication>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"all_tables"},
      {"schemas", SetSchemas},
      {"publishes_insert", SetPublish},
      {"publishes_update", SetPublish},
      {"publishes_delete", SetPublish},
      {"publishes_truncate", SetPublish},
      {"via_partition_root", SetViaRoot},
      {"generated_columns", SetGenerated},
  });
  static_assert(Covers<Publication>(fields));
  static constexpr KindRules rules{.create = CreatePublication,
                                   .drop = DropPublication,
                                   .fields = fields,
                                   .subject = NamedSubject<"PUBLICATION">,
                                   .rename = RenamePublication,
                                   .gap = "until it is created again, subscribers fail",
                                   .gap_hazard = HazardKind::kBreaksClients};
  return rules;
}

}  // namespace schemadiff
