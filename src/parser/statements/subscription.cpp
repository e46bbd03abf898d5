#include <algorithm>

#include "parser/statements/locate.h"

namespace schemadiff {
namespace {

ObjectId SubscriptionId(const Statement& statement) {
  return ObjectId::Of(ObjectKind::kSubscription, "", statement.node.Text("subname"));
}

bool IsTrue(const std::string& text) { return text == "true" || text == "on" || text == "1" || text == "yes"; }

std::string LowerCase(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

void SetSubscriptionOption(Subscription& subscription, std::string_view name, const std::string& text) {
  const std::string lower = LowerCase(text);
  if (name == "connect") subscription.connects = IsTrue(lower);
  if (name == "create_slot") subscription.creates_slot = IsTrue(lower);
  if (name == "copy_data") subscription.copies_data = IsTrue(lower);
  if (name == "enabled") subscription.enabled = IsTrue(lower);
  if (name == "slot_name") subscription.slot_name = text == "none" ? std::string() : text;
  if (name == "binary") subscription.binary = IsTrue(lower);
  if (name == "streaming") subscription.streaming = lower == "parallel" ? lower : IsTrue(lower) ? "on" : "off";
  if (name == "synchronous_commit") subscription.synchronous_commit = text;
  if (name == "two_phase") subscription.two_phase = IsTrue(lower);
  if (name == "disable_on_error") subscription.disable_on_error = IsTrue(lower);
  if (name == "password_required") subscription.password_required = IsTrue(lower);
  if (name == "run_as_owner") subscription.run_as_owner = IsTrue(lower);
  if (name == "origin") subscription.origin = lower;
  if (name == "failover") subscription.failover = IsTrue(lower);
}

void SetSubscriptionOptions(Subscription& subscription, Node options) {
  for (const Node item : options.Items()) {
    SetSubscriptionOption(subscription, item["DefElem"].Text("defname"), OptionText(item["DefElem"]["arg"]));
  }
}

// Without connecting there is no slot and nothing to enable (manual: CREATE SUBSCRIPTION, connect). pg_dump writes
// every subscription so, the enabled ones too.
Outcome CreateSubscription(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  Subscription subscription{.connection = std::string(node.Text("conninfo")),
                            .publications = Strings(node["publication"]),
                            .slot_name = std::string(node.Text("subname"))};
  SetSubscriptionOptions(subscription, node["options"]);
  if (!subscription.connects) subscription.creates_slot = subscription.copies_data = false;
  if (subscription.connects && !subscription.enabled) subscription.enabled = true;
  in.Create(statement, in.NewObject(statement, -1, SubscriptionId(statement), std::move(subscription)));
  return Outcome::kDone;
}

void ChangePublications(std::vector<std::string>& publications, std::string_view kind,
                        const std::vector<std::string>& names) {
  if (kind == "ALTER_SUBSCRIPTION_SET_PUBLICATION") {
    publications = names;
  } else if (kind == "ALTER_SUBSCRIPTION_ADD_PUBLICATION") {
    publications.insert(publications.end(), names.begin(), names.end());
  } else if (kind == "ALTER_SUBSCRIPTION_DROP_PUBLICATION") {
    std::erase_if(publications, [&](const std::string& name) { return std::ranges::contains(names, name); });
  }
}

// REFRESH and SKIP say nothing about what a subscription is.
Outcome AlterSubscription(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  Object* object = in.schema().Find(SubscriptionId(statement));
  if (object == nullptr) return in.Waiting(statement, -1, "subscription", node.Text("subname"));
  Subscription& subscription = object->As<Subscription>();
  const std::string_view kind = node.Text("kind");
  if (node["conninfo"]) subscription.connection = node.Text("conninfo");
  ChangePublications(subscription.publications, kind, Strings(node["publication"]));
  if (kind.empty() || kind == "ALTER_SUBSCRIPTION_OPTIONS" || kind == "ALTER_SUBSCRIPTION_ENABLED") {
    SetSubscriptionOptions(subscription, node["options"]);
  }
  return Outcome::kDone;
}

Outcome DropSubscription(Interpreter& in, const Statement& statement) {
  const ObjectId id = SubscriptionId(statement);
  if (!in.schema().Contains(id)) return in.Waiting(statement, -1, "subscription", id.name());
  in.Forget(id);
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<Subscription>(StatementRegistry& registry) {
  registry.statements["CreateSubscriptionStmt"] = CreateSubscription;
  registry.statements["AlterSubscriptionStmt"] = AlterSubscription;
  registry.statements["DropSubscriptionStmt"] = DropSubscription;
  registry.locators["OBJECT_SUBSCRIPTION"] = LocateGlobal<ObjectKind::kSubscription>;
}

}  // namespace schemadiff
