#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "planner/rules.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using Mode = RoutineArgument::Mode;

std::string_view Word(const Object& object) { return object.As<Routine>().procedure ? "PROCEDURE" : "FUNCTION"; }

// `FUNCTION schema.name(types)`: PostgreSQL tells routines apart by their input arguments.
std::string Signature(std::string_view word, ObjectId id) {
  return fmt::format("{} {}({})", word, QuoteQualified(id.schema(), id.name()), id.arguments());
}

std::string RoutineArgumentText(const RoutineArgument& argument) {
  std::string sql;
  switch (argument.mode) {
    case Mode::kIn:
    case Mode::kTable: break;
    case Mode::kOut: sql = "OUT "; break;
    case Mode::kInOut: sql = "INOUT "; break;
    case Mode::kVariadic: sql = "VARIADIC "; break;
  }
  if (!argument.name.empty()) sql += QuoteIdentifier(argument.name) + " ";
  sql += argument.type.sql;
  if (argument.default_value) sql += " DEFAULT " + argument.default_value.Text();
  return sql;
}

std::string RoutineArguments(const Routine& routine, bool columns_of_table) {
  std::vector<std::string> parts;
  for (const RoutineArgument& argument : routine.arguments) {
    if ((argument.mode == Mode::kTable) == columns_of_table) parts.push_back(RoutineArgumentText(argument));
  }
  return Join(parts, ", ");
}

std::string Returns(const Routine& routine) {
  if (routine.procedure) return {};
  const std::string table = RoutineArguments(routine, true);
  if (!table.empty()) return "\nRETURNS TABLE(" + table + ")";
  return std::string("\nRETURNS ") + (routine.returns_set ? "SETOF " : "") + routine.returns.sql;
}

std::string Options(const Routine& routine) {
  std::vector<std::string> parts{"LANGUAGE " + QuoteIdentifier(routine.language)};
  if (!routine.transforms.empty()) {
    std::vector<std::string> types;
    for (const DataType& type : routine.transforms) types.push_back("FOR TYPE " + type.sql);
    parts.push_back("TRANSFORM " + Join(types, ", "));
  }
  if (routine.window) parts.emplace_back("WINDOW");
  if (routine.volatility == Routine::Volatility::kImmutable) parts.emplace_back("IMMUTABLE");
  if (routine.volatility == Routine::Volatility::kStable) parts.emplace_back("STABLE");
  if (routine.leakproof) parts.emplace_back("LEAKPROOF");
  if (routine.strict) parts.emplace_back("STRICT");
  if (routine.security_definer) parts.emplace_back("SECURITY DEFINER");
  if (routine.parallel == Routine::Parallel::kRestricted) parts.emplace_back("PARALLEL RESTRICTED");
  if (routine.parallel == Routine::Parallel::kSafe) parts.emplace_back("PARALLEL SAFE");
  if (!routine.cost.empty()) parts.push_back("COST " + routine.cost);
  if (!routine.rows.empty()) parts.push_back("ROWS " + routine.rows);
  if (!routine.support.empty()) parts.push_back("SUPPORT " + routine.support);
  std::string sql = "\n" + Join(parts, " ");
  for (const auto& [name, value] : routine.settings) {
    sql += fmt::format("\nSET {} TO {}", name, SettingValue(name, value));
  }
  return sql;
}

std::string Body(const Routine& routine) {
  if (routine.sql_body) return "\n" + routine.sql_body.Text();
  if (!routine.library.empty()) {
    return fmt::format("\nAS {}, {}", QuoteLiteral(routine.library), QuoteLiteral(routine.body));
  }
  return "\nAS " + DollarQuote(routine.body);
}

std::string CreateRoutineSql(const Object& object, std::string_view create) {
  const Routine& routine = object.As<Routine>();
  return fmt::format("{} {} {}({})", create, Word(object), QuoteQualified(object.id.schema(), object.id.name()),
                     RoutineArguments(routine, false)) +
         Returns(routine) + Options(routine) + Body(routine);
}

void CreateRoutine(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateRoutineSql(object, "CREATE"));
  action.step.undo = "DROP " + Signature(Word(object), object.id);
}

void DropRoutine(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + Signature(Word(object), object.id));
  action.step.undo = CreateRoutineSql(object, "CREATE");
  const Object* anew = context.desired().Find(object.id);
  if (anew == nullptr) {
    action.step.phase = Phase::kContract;
    AddHazard(action, HazardKind::kBreaksClients, "clients that call it fail");
  } else if (anew->As<Routine>() != object.As<Routine>()) {
    AddHazard(action, HazardKind::kBreaksClients,
              "clients that rely on the names of its arguments or on its result may fail");
  }
}

void RenameRoutine(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  const auto rename = [&](ObjectId old_id, ObjectId new_id) {
    return fmt::format("ALTER {} RENAME TO {}", Signature(Word(object), old_id), QuoteIdentifier(new_id.name()));
  };
  Action& action = actions.Add(object, Verb::kRename, rename(from, object.id));
  action.step.phase = Phase::kContract;
  action.step.undo = rename(object.id, from);
  AddHazard(action, HazardKind::kBreaksClients, "clients that call it by the old name fail");
}

void ReplaceRoutine(const Alteration& alteration, ActionList& actions) {
  const Routine& before = alteration.Before<Routine>();
  const Routine& after = alteration.After<Routine>();
  Action& action = actions.Add(alteration.after, Verb::kAlter, CreateRoutineSql(alteration.after, "CREATE OR REPLACE"));
  action.step.undo = CreateRoutineSql(alteration.before, "CREATE OR REPLACE");
  if (before.body != after.body || before.sql_body != after.sql_body || before.library != after.library ||
      before.language != after.language) {
    AddHazard(action, HazardKind::kOpaque, "what the new code does is not known");
  }
  if (before.security_definer != after.security_definer) {
    AddHazard(action, HazardKind::kAccessChange, "with whose rights it runs changes");
  }
}

bool IsPlainInput(const RoutineArgument& argument) {
  return argument.mode == Mode::kIn || argument.mode == Mode::kVariadic;
}

// CREATE OR REPLACE can name an argument and give it a default, but neither rename it, nor take a default away, nor
// touch what is returned (src/backend/catalog/pg_proc.c, ProcedureCreate).
bool KeepsSignature(const Alteration& alteration) {
  const std::vector<RoutineArgument>& before = alteration.Before<Routine>().arguments;
  const std::vector<RoutineArgument>& after = alteration.After<Routine>().arguments;
  return std::ranges::equal(before, after, [](const RoutineArgument& from, const RoutineArgument& to) {
    if (from.type != to.type) return false;
    if (!IsPlainInput(from) || !IsPlainInput(to)) return from == to;
    return (from.name.empty() || from.name == to.name) && (!from.default_value || to.default_value);
  });
}

std::string_view LabelOf(const Object& object) { return object.As<Routine>().procedure ? "procedure" : "function"; }

std::string RoutineSubject(ObjectId id, const PlanContext& context) {
  const Object* routine = context.desired().Find(id);
  if (routine == nullptr) routine = context.live().Find(id);
  const bool procedure = routine != nullptr && routine->As<Routine>().procedure;
  return fmt::format("{} {}", procedure ? "PROCEDURE" : "FUNCTION", id.ToString());
}

}  // namespace

template <>
const KindRules& RulesOf<Routine>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"procedure"},
      {"window"},
      {"arguments", ReplaceRoutine, KeepsSignature},
      {"returns"},
      {"returns_set"},
      {"language", ReplaceRoutine},
      {"body", ReplaceRoutine},
      {"library", ReplaceRoutine},
      {"sql_body", ReplaceRoutine},
      {"volatility", ReplaceRoutine},
      {"strict", ReplaceRoutine},
      {"security_definer", ReplaceRoutine},
      {"leakproof", ReplaceRoutine},
      {"parallel", ReplaceRoutine},
      {"cost", ReplaceRoutine},
      {"rows", ReplaceRoutine},
      {"support", ReplaceRoutine},
      {"transforms", ReplaceRoutine},
      {"settings", ReplaceRoutine},
  });
  static_assert(Covers<Routine>(fields));
  static constexpr KindRules rules{.create = CreateRoutine,
                                   .drop = DropRoutine,
                                   .fields = fields,
                                   .subject = RoutineSubject,
                                   .rename = RenameRoutine,
                                   .pins_column_types = true,
                                   .gap = "until it is created again, calls fail",
                                   .gap_hazard = HazardKind::kBreaksClients,
                                   .label = LabelOf};
  return rules;
}

}  // namespace schemadiff
