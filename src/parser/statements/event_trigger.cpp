#include <algorithm>

#include "parser/statements/function_name.h"
#include "parser/statements/locate.h"

namespace schemadiff {
namespace {

ObjectId TriggerId(const Statement& statement) {
  return ObjectId::Of(ObjectKind::kEventTrigger, "", statement.node.Text("trigname"));
}

// Tags are stored in upper case: src/backend/commands/event_trigger.c.
std::vector<std::string> TagsIn(Node when) {
  std::vector<std::string> tags;
  for (const Node item : when.Items()) {
    for (std::string& tag : Strings(item["DefElem"]["arg"])) {
      std::ranges::transform(tag, tag.begin(),
                             [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
      tags.push_back(std::move(tag));
    }
  }
  return tags;
}

Outcome CreateEventTrigger(Interpreter& in, const Statement& statement) {
  std::vector<Edge> edges;
  const std::optional<std::string> function =
      ResolveFunctionName(in, statement, Strings(statement.node["funcname"]), "", "event trigger function", edges);
  if (!function) return Outcome::kWaiting;
  Object object = in.NewObject(statement, -1, TriggerId(statement),
                               EventTrigger{.event = std::string(statement.node.Text("eventname")),
                                            .tags = TagsIn(statement.node["whenclause"]),
                                            .function = *function});
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

Outcome AlterEventTrigger(Interpreter& in, const Statement& statement) {
  Object* object = in.schema().Find(TriggerId(statement));
  if (object == nullptr) return in.Waiting(statement, -1, "event trigger", statement.node.Text("trigname"));
  using enum Trigger::Enabled;
  const std::string_view state = statement.node.Text("tgenabled");
  object->As<EventTrigger>().enabled = state == "D"   ? kDisabled
                                       : state == "R" ? kReplica
                                       : state == "A" ? kAlways
                                                      : kOrigin;
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<EventTrigger>(StatementRegistry& registry) {
  registry.statements["CreateEventTrigStmt"] = CreateEventTrigger;
  registry.statements["AlterEventTrigStmt"] = AlterEventTrigger;
  registry.locators["OBJECT_EVENT_TRIGGER"] = LocateGlobal<ObjectKind::kEventTrigger>;
}

}  // namespace schemadiff
