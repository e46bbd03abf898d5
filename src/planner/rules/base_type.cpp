#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "planner/types.h"

namespace schemadiff {
namespace {

std::string OptionsOf(const BaseType& type) {
  std::vector<std::string> options;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) options.push_back(fmt::format("{} = {}", name, value));
  };
  add("input", type.input);
  add("output", type.output);
  add("receive", type.receive);
  add("send", type.send);
  add("typmod_in", type.typmod_in);
  add("typmod_out", type.typmod_out);
  add("analyze", type.analyze);
  add("subscript", type.subscript);
  add("internallength", type.length < 0 ? "variable" : std::to_string(type.length));
  if (type.by_value) options.emplace_back("passedbyvalue");
  add("alignment", type.alignment);
  add("storage", type.storage);
  if (type.category != "U") add("category", QuoteLiteral(type.category));
  if (type.preferred) options.emplace_back("preferred = true");
  if (type.default_value) add("default", QuoteLiteral(*type.default_value));
  add("element", type.element.sql);
  if (type.delimiter != ",") add("delimiter", QuoteLiteral(type.delimiter));
  if (type.collatable) options.emplace_back("collatable = true");
  return Join(options, ", ");
}

std::string CreateBaseTypeSql(const Object& object) {
  const BaseType& type = object.As<BaseType>();
  const std::string sql = "CREATE TYPE " + RelationName(object.id);
  return type.shell ? sql : fmt::format("{} ({})", sql, OptionsOf(type));
}

void CreateBaseType(const Object& object, const PlanContext& context, ActionList& actions) {
  CreateShellOf(object, context, actions);
  Action& action = actions.Add(object, Verb::kCreate, CreateBaseTypeSql(object));
  action.step.undo = "DROP TYPE " + RelationName(object.id);
}

void DropBaseType(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP TYPE " + RelationName(object.id));
  DropWithFunctions(action, object, context);
  if (context.desired().Contains(object.id)) return;
  action.step.phase = Phase::kContract;
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the type fail");
}

bool Defines(const Alteration& alteration) {
  return alteration.Before<BaseType>().shell && !alteration.After<BaseType>().shell;
}

// ALTER TYPE ... SET takes the optional functions and the storage, but nothing stored out of line can come back in.
bool CanSetBaseType(const Alteration& alteration) {
  if (Defines(alteration)) return true;
  const BaseType& before = alteration.Before<BaseType>();
  BaseType set = alteration.After<BaseType>();
  if (before.storage != "plain" && set.storage == "plain") return false;
  set.receive = before.receive;
  set.send = before.send;
  set.typmod_in = before.typmod_in;
  set.typmod_out = before.typmod_out;
  set.analyze = before.analyze;
  set.subscript = before.subscript;
  set.storage = before.storage;
  return set == before;
}

void AlterBaseType(const Alteration& alteration, ActionList& actions) {
  if (Defines(alteration)) {
    actions.Add(alteration.after, Verb::kAlter, CreateBaseTypeSql(alteration.after));
    return;
  }
  const BaseType& before = alteration.Before<BaseType>();
  const BaseType& after = alteration.After<BaseType>();
  std::vector<std::string> settings;
  const auto set = [&](std::string_view name, std::string BaseType::* member) {
    if (before.*member == after.*member) return;
    settings.push_back(fmt::format("{} = {}", name, (after.*member).empty() ? "NONE" : after.*member));
  };
  set("RECEIVE", &BaseType::receive);
  set("SEND", &BaseType::send);
  set("TYPMOD_IN", &BaseType::typmod_in);
  set("TYPMOD_OUT", &BaseType::typmod_out);
  set("ANALYZE", &BaseType::analyze);
  set("SUBSCRIPT", &BaseType::subscript);
  set("STORAGE", &BaseType::storage);
  actions.Add(alteration.after, Verb::kAlter,
              fmt::format("ALTER TYPE {} SET ({})", RelationName(alteration.after.id), Join(settings, ", ")));
}

}  // namespace

template <>
const KindRules& RulesOf<BaseType>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"shell", AlterBaseType, CanSetBaseType},      {"input", AlterBaseType, CanSetBaseType},
      {"output", AlterBaseType, CanSetBaseType},     {"receive", AlterBaseType, CanSetBaseType},
      {"send", AlterBaseType, CanSetBaseType},       {"typmod_in", AlterBaseType, CanSetBaseType},
      {"typmod_out", AlterBaseType, CanSetBaseType}, {"analyze", AlterBaseType, CanSetBaseType},
      {"subscript", AlterBaseType, CanSetBaseType},  {"length", AlterBaseType, CanSetBaseType},
      {"by_value", AlterBaseType, CanSetBaseType},   {"alignment", AlterBaseType, CanSetBaseType},
      {"storage", AlterBaseType, CanSetBaseType},    {"category", AlterBaseType, CanSetBaseType},
      {"preferred", AlterBaseType, CanSetBaseType},  {"default_value", AlterBaseType, CanSetBaseType},
      {"element", AlterBaseType, CanSetBaseType},    {"delimiter", AlterBaseType, CanSetBaseType},
      {"collatable", AlterBaseType, CanSetBaseType},
  });
  static_assert(Covers<BaseType>(fields));
  static constexpr KindRules rules{.create = CreateBaseType,
                                   .drop = DropBaseType,
                                   .fields = fields,
                                   .subject = NamedSubject<"TYPE">,
                                   .rename = RenameBreakingClients<>};
  return rules;
}

}  // namespace schemadiff
