#include "planner/rules.h"

namespace schemadiff {
namespace {

// An operator's name is never quoted.
std::string OperatorNameOf(ObjectId id) { return QuoteIdentifier(id.schema()) + "." + id.name(); }

std::string OperatorSubject(ObjectId id, const PlanContext&) {
  return fmt::format("OPERATOR {} ({})", OperatorNameOf(id), id.arguments());
}

std::string CreateOperatorSql(const Object& object) {
  const Operator& op = object.As<Operator>();
  std::vector<std::string> options{"function = " + op.function};
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) options.push_back(fmt::format("{} = {}", name, value));
  };
  const auto link = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) add(name, "OPERATOR(" + value + ")");
  };
  const std::string& sides = object.id.arguments();
  const std::string left = sides.substr(0, sides.find(", "));
  const std::string right = sides.substr(sides.find(", ") + 2);
  if (left != "NONE") add("leftarg", left);
  if (right != "NONE") add("rightarg", right);
  link("commutator", op.commutator);
  link("negator", op.negator);
  add("restrict", op.restriction);
  add("join", op.join);
  if (op.hashes) options.emplace_back("hashes");
  if (op.merges) options.emplace_back("merges");
  return fmt::format("CREATE OPERATOR {} ({})", OperatorNameOf(object.id), Join(options, ", "));
}

void CreateOperator(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateOperatorSql(object));
  action.step.undo = "DROP " + OperatorSubject(object.id, context);
}

void DropOperator(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + OperatorSubject(object.id, context));
  action.step.undo = CreateOperatorSql(object);
  if (context.desired().Contains(object.id)) return;
  action.step.phase = Phase::kContract;
  AddHazard(action, HazardKind::kBreaksClients, "queries that use the operator fail");
}

// The operator that a link names: with the same sides for a negator, with swapped ones for a commutator.
ObjectId Linked(ObjectId id, const std::string& name, bool swap) {
  const std::size_t dot = name.starts_with('"') ? name.find("\".") + 1 : name.find('.');
  const std::string schema = name.starts_with('"') ? name.substr(1, dot - 2) : name.substr(0, dot);
  std::string sides = id.arguments();
  if (swap) sides = sides.substr(sides.find(", ") + 2) + ", " + sides.substr(0, sides.find(", "));
  return ObjectId::Of(ObjectKind::kOperator, schema, name.substr(dot + 1), sides);
}

// Making an operator sets the links of the others that it names, and dropping it takes them away.
bool FollowsOther(const Alteration& alteration, std::string Operator::* link, bool swap) {
  const std::string& before = alteration.Before<Operator>().*link;
  const std::string& after = alteration.After<Operator>().*link;
  if (before == after) return true;
  const ObjectId id = alteration.after.id;
  if (!before.empty() && alteration.context.desired().Contains(Linked(id, before, swap))) return false;
  if (after.empty()) return true;
  const ObjectId other = Linked(id, after, swap);
  const Object* object = alteration.context.desired().Find(other);
  return object != nullptr && !alteration.context.live().Contains(other) &&
         object->As<Operator>().*link == OperatorNameOf(id);
}

// Up to version 16 only the estimators can be set; from 17, links and marks that were not set, too.
bool CanSetOperator(const Alteration& alteration) {
  const Operator& before = alteration.Before<Operator>();
  const Operator& after = alteration.After<Operator>();
  const auto can_link = [&](std::string Operator::* link, bool swap) {
    return FollowsOther(alteration, link, swap) || (alteration.context.major() >= 17 && (before.*link).empty());
  };
  const auto can_mark = [&](bool from, bool to) { return from == to || (alteration.context.major() >= 17 && to); };
  return can_link(&Operator::commutator, true) && can_link(&Operator::negator, false) &&
         can_mark(before.hashes, after.hashes) && can_mark(before.merges, after.merges);
}

std::vector<std::string> Settings(const Alteration& alteration, const Operator& to, const Operator& from) {
  std::vector<std::string> settings;
  const auto estimator = [&](std::string_view name, const std::string& value) {
    settings.push_back(fmt::format("{} = {}", name, value.empty() ? "NONE" : value));
  };
  if (to.restriction != from.restriction) estimator("RESTRICT", to.restriction);
  if (to.join != from.join) estimator("JOIN", to.join);
  if (!FollowsOther(alteration, &Operator::commutator, true)) {
    settings.push_back(fmt::format("COMMUTATOR = OPERATOR({})", to.commutator));
  }
  if (!FollowsOther(alteration, &Operator::negator, false)) {
    settings.push_back(fmt::format("NEGATOR = OPERATOR({})", to.negator));
  }
  if (to.hashes && !from.hashes) settings.emplace_back("HASHES");
  if (to.merges && !from.merges) settings.emplace_back("MERGES");
  return settings;
}

void SetOperator(const Alteration& alteration, ActionList& actions) {
  const std::vector<std::string> settings =
      Settings(alteration, alteration.After<Operator>(), alteration.Before<Operator>());
  if (settings.empty()) return;
  actions.Add(
      alteration.after, Verb::kAlter,
      fmt::format("ALTER {} SET ({})", OperatorSubject(alteration.after.id, alteration.context), Join(settings, ", ")));
}

}  // namespace

template <>
const KindRules& RulesOf<Operator>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"function"},
      {"commutator", SetOperator, CanSetOperator},
      {"negator", SetOperator, CanSetOperator},
      {"restriction", SetOperator},
      {"join", SetOperator},
      {"hashes", SetOperator, CanSetOperator},
      {"merges", SetOperator, CanSetOperator},
  });
  static_assert(Covers<Operator>(fields));
  static constexpr KindRules rules{
      .create = CreateOperator, .drop = DropOperator, .fields = fields, .subject = OperatorSubject};
  return rules;
}

}  // namespace schemadiff
