#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "planner/secrets.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string SubscriptionName(ObjectId id) { return "SUBSCRIPTION " + QuoteIdentifier(id.name()); }

std::string SlotName(const Subscription& subscription) {
  return subscription.slot_name.empty() ? "NONE" : QuoteLiteral(subscription.slot_name);
}

// Whether the publisher holds something for it. Only an empty publication leaves no trace of that here.
bool IsInUse(const Subscription& live) { return live.has_connected || live.enabled.value_or(false); }

// What SET can change within a transaction, as far as it differs.
std::vector<std::string> ChangedSubscriptionOptions(const Subscription& before, const Subscription& after) {
  std::vector<std::string> options;
  const auto compare = [&](std::string_view name, const auto& old_value, const auto& new_value) {
    if (old_value != new_value) options.push_back(fmt::format("{} = {}", name, new_value));
  };
  compare("slot_name", SlotName(before), SlotName(after));
  compare("binary", before.binary, after.binary);
  if (!after.streaming.empty()) compare("streaming", before.streaming, after.streaming);
  compare("synchronous_commit", QuoteLiteral(before.synchronous_commit), QuoteLiteral(after.synchronous_commit));
  compare("disable_on_error", before.disable_on_error, after.disable_on_error);
  compare("password_required", before.password_required, after.password_required);
  compare("run_as_owner", before.run_as_owner, after.run_as_owner);
  compare("origin", before.origin, after.origin);
  return options;
}

std::vector<std::string> CreationOptions(const Object& object) {
  const Subscription& subscription = object.As<Subscription>();
  std::vector<std::string> options;
  if (!subscription.connects) options.emplace_back("connect = false");
  if (subscription.connects && !subscription.creates_slot) options.emplace_back("create_slot = false");
  if (subscription.connects && !subscription.copies_data) options.emplace_back("copy_data = false");
  if (subscription.enabled == false) options.emplace_back("enabled = false");
  Subscription standard;
  standard.slot_name = object.id.name();
  for (std::string& option : ChangedSubscriptionOptions(standard, subscription)) options.push_back(std::move(option));
  if (subscription.two_phase) options.emplace_back("two_phase = true");
  if (subscription.failover) options.emplace_back("failover = true");
  return options;
}

void AddPublisherNote(Action& action, const Subscription& subscription) {
  action.step.note =
      fmt::format("connects to the publisher{}{}",
                  subscription.creates_slot ? fmt::format(", makes replication slot {} there", SlotName(subscription))
                                            : std::string(),
                  subscription.copies_data ? ", and copies the rows of the published tables" : "");
  // With a new slot it is refused within a transaction, which could not take the slot back.
  action.step.transaction = subscription.creates_slot ? TransactionMode::kNone : TransactionMode::kOwn;
}

void CreateSubscription(const Object& object, const PlanContext& context, ActionList& actions) {
  const Subscription& subscription = object.As<Subscription>();
  SecretSql sql("CREATE " + SubscriptionName(object.id) + " CONNECTION ");
  sql.AddSecret(subscription.connection);
  sql += " PUBLICATION " + ColumnList(subscription.publications);
  const std::vector<std::string> options = CreationOptions(object);
  if (!options.empty()) sql += fmt::format(" WITH ({})", Join(options, ", "));
  Action& action = actions.Add(object, Verb::kCreate, sql);
  const Object* live = context.live().Find(object.id);
  if (live != nullptr && IsInUse(live->As<Subscription>())) {
    AddHazard(action, HazardKind::kDataLoss, "what changes before it is made anew does not arrive");
  }
  if (subscription.connects) {
    AddPublisherNote(action, subscription);
    return;
  }
  action.step.undo = fmt::format("DROP {}", SubscriptionName(object.id));
  action.step.note = "does not connect: the slot on the publisher is made by hand, and REFRESH PUBLICATION starts it";
  if (subscription.enabled == true)
    action.step.sql.push_back(fmt::format("ALTER {} ENABLE", SubscriptionName(object.id)));
}

// A slot is dropped on the publisher, which no transaction could take back; without one, or when it never was in use,
// the publisher is not asked.
void DropSubscription(const Object& object, const PlanContext& context, ActionList& actions) {
  const Subscription& subscription = object.As<Subscription>();
  const std::string alter = fmt::format("ALTER {} ", SubscriptionName(object.id));
  const std::string drop = "DROP " + SubscriptionName(object.id);
  const bool has_slot = !subscription.slot_name.empty();
  const bool asks = has_slot && IsInUse(subscription);
  const bool detaches = has_slot && !asks;
  Action& action = actions.Add(object, Verb::kDrop, detaches ? alter + "SET (slot_name = NONE)" : drop);
  if (detaches) action.step.sql.push_back(drop);
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  const std::string slot = SlotName(subscription);
  if (asks) {
    action.step.transaction = TransactionMode::kNone;
    action.step.note = fmt::format(
        "connects to the publisher and drops replication slot {0} there; where that is gone, run `{1}DISABLE` and "
        "`{1}SET (slot_name = NONE)` first",
        slot, alter);
  } else if (detaches) {
    action.step.note =
        fmt::format("it never was in use: a slot {} that was made by hand on the publisher stays there", slot);
  }
  if (!IsInUse(subscription)) return;
  AddHazard(action, HazardKind::kBreaksClients, "its tables no longer get what changes on the publisher");
  AddHazard(action, HazardKind::kIrreversible, "how far it had come is forgotten");
}

// The steps of an alteration, one after the other.
class Alterer {
 public:
  Alterer(const Alteration& alteration, ActionList& actions)
      : alteration_(alteration),
        actions_(actions),
        before_(alteration.Before<Subscription>()),
        after_(alteration.After<Subscription>()) {}

  void Run() {
    const bool resumes = after_.enabled.value_or(false);
    bool runs = before_.enabled.value_or(false);
    // Some options want it disabled (manual: ALTER SUBSCRIPTION).
    const bool stops = before_.failover != after_.failover || before_.two_phase != after_.two_phase ||
                       (!before_.slot_name.empty() && after_.slot_name.empty());
    if (runs && (stops || !resumes)) {
      Add("DISABLE").step.undo = Sql("ENABLE");
      runs = false;
    }
    SetConnection();
    SetOptions();
    if (before_.two_phase != after_.two_phase) SetOnPublisher(fmt::format("two_phase = {}", after_.two_phase));
    if (before_.failover != after_.failover) SetOnPublisher(fmt::format("failover = {}", after_.failover));
    if (resumes && !runs) Add("ENABLE").step.undo = Sql("DISABLE");
    SetPublications(resumes);
  }

 private:
  std::string Sql(std::string_view what) const {
    return fmt::format("ALTER {} {}", SubscriptionName(alteration_.after.id), what);
  }

  Action& Add(const SecretSql& what) {
    SecretSql sql(Sql(""));
    sql += what;
    Action& action = actions_.Add(alteration_.after, Verb::kAlter, sql);
    action.follows_previous = !first_;
    first_ = false;
    return action;
  }

  void SetConnection() {
    if (before_.connection == after_.connection) return;
    SecretSql sql("CONNECTION ");
    sql.AddSecret(after_.connection);
    AddHazard(Add(sql), HazardKind::kBreaksClients, "replication goes on from where the new address leads");
  }

  // With a refresh the publisher is asked for the tables, which is refused within a transaction.
  void SetPublications(bool runs) {
    if (before_.publications == after_.publications) return;
    const std::string set = "SET PUBLICATION " + ColumnList(after_.publications);
    Action& action = Add(runs ? set : set + " WITH (refresh = false)");
    if (runs) {
      action.step.transaction = TransactionMode::kNone;
      action.step.note = "connects to the publisher, and copies the rows of tables that come along";
      AddHazard(action, HazardKind::kBreaksClients, "tables of publications that go no longer get what changes");
    } else {
      action.step.undo = Sql("SET PUBLICATION " + ColumnList(before_.publications) + " WITH (refresh = false)");
      action.step.note = "REFRESH PUBLICATION is to be run once it is enabled";
    }
  }

  void SetOptions() {
    const std::vector<std::string> options = ChangedSubscriptionOptions(before_, after_);
    if (options.empty()) return;
    Action& action = Add(fmt::format("SET ({})", Join(options, ", ")));
    action.step.undo = Sql(fmt::format("SET ({})", Join(ChangedSubscriptionOptions(after_, before_), ", ")));
    if (before_.slot_name == after_.slot_name || after_.slot_name.empty()) return;
    AddHazard(action, HazardKind::kBreaksClients,
              "replication goes on from another slot, which the publisher has to have");
  }

  void SetOnPublisher(const std::string& option) {
    Action& action = Add("SET (" + option + ")");
    action.step.transaction = TransactionMode::kNone;
    action.step.note = "connects to the publisher and alters the slot there";
  }

  const Alteration& alteration_;
  ActionList& actions_;
  const Subscription& before_;
  const Subscription& after_;
  bool first_ = true;
};

void AlterSubscription(const Alteration& alteration, ActionList& actions) { Alterer(alteration, actions).Run(); }

// Both alter the slot on the publisher; two_phase from version 18.
bool CanAlterFailover(const Alteration& alteration) {
  const Subscription& before = alteration.Before<Subscription>();
  return IsInUse(before) && !before.slot_name.empty() && !alteration.After<Subscription>().slot_name.empty();
}

bool CanAlterTwoPhase(const Alteration& alteration) {
  return alteration.context.major() >= 18 && CanAlterFailover(alteration);
}

}  // namespace

template <>
const KindRules& RulesOf<Subscription>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"connection", AlterSubscription},
      {"publications", AlterSubscription},
      {"enabled", AlterSubscription},
      {"slot_name", AlterSubscription},
      {"binary", AlterSubscription},
      {"streaming", AlterSubscription},
      {"synchronous_commit", AlterSubscription},
      {"two_phase", AlterSubscription, CanAlterTwoPhase},
      {"disable_on_error", AlterSubscription},
      {"password_required", AlterSubscription},
      {"run_as_owner", AlterSubscription},
      {"origin", AlterSubscription},
      {"failover", AlterSubscription, CanAlterFailover},
  });
  static_assert(Covers<Subscription>(fields));
  static constexpr KindRules rules{.create = CreateSubscription,
                                   .drop = DropSubscription,
                                   .fields = fields,
                                   .subject = NamedSubject<"SUBSCRIPTION">,
                                   .rename = RenameObject};
  return rules;
}

}  // namespace schemadiff
