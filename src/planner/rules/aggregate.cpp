#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using FinalModify = AggregateComputation::FinalModify;

std::string AggregateSignature(ObjectId id) {
  return fmt::format("{}({})", QuoteQualified(id.schema(), id.name()), id.arguments().empty() ? "*" : id.arguments());
}

std::string AggregateArgumentText(const RoutineArgument& argument) {
  std::string sql = argument.mode == RoutineArgument::Mode::kVariadic ? "VARIADIC " : "";
  if (!argument.name.empty()) sql += QuoteIdentifier(argument.name) + " ";
  return sql + argument.type.sql;
}

// A VARIADIC argument is both the last direct one and the only one that is ordered: pg_proc has it once, CREATE
// AGGREGATE wants it twice.
std::string AggregateArguments(const Aggregate& aggregate) {
  if (aggregate.arguments.empty()) return "*";
  std::vector<std::string> direct;
  std::vector<std::string> others;
  const bool ordered = aggregate.form != Aggregate::Form::kNormal;
  const auto count = static_cast<std::size_t>(aggregate.direct_arguments);
  for (std::size_t i = 0; i < aggregate.arguments.size(); ++i) {
    (ordered && i < count ? direct : others).push_back(AggregateArgumentText(aggregate.arguments[i]));
  }
  if (!ordered) return Join(others, ", ");
  if (others.empty()) others.push_back(direct.back());
  return Join(direct, ", ") + (direct.empty() ? "" : " ") + "ORDER BY " + Join(others, ", ");
}

void AddComputation(std::vector<std::string>& options, const AggregateComputation& computation, std::string_view m,
                    FinalModify usual) {
  if (computation.transition.empty()) return;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) options.push_back(fmt::format("{}{} = {}", m, name, value));
  };
  add("sfunc", computation.transition);
  if (!computation.inverse.empty()) options.push_back("minvfunc = " + computation.inverse);
  add("stype", computation.state_type.sql);
  if (computation.state_size != 0) add("sspace", std::to_string(computation.state_size));
  add("finalfunc", computation.final);
  if (computation.final_extra) options.push_back(fmt::format("{}finalfunc_extra", m));
  if (computation.final_modify != usual) {
    add("finalfunc_modify", computation.final_modify == FinalModify::kReadOnly    ? "read_only"
                            : computation.final_modify == FinalModify::kShareable ? "shareable"
                                                                                  : "read_write");
  }
  if (computation.initial) add("initcond", QuoteLiteral(*computation.initial));
}

std::string CreateAggregateSql(const Object& object, std::string_view create) {
  const Aggregate& aggregate = object.As<Aggregate>();
  const FinalModify usual =
      aggregate.form == Aggregate::Form::kNormal ? FinalModify::kReadOnly : FinalModify::kReadWrite;
  std::vector<std::string> options;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) options.push_back(fmt::format("{} = {}", name, value));
  };
  AddComputation(options, aggregate.plain, "", usual);
  add("combinefunc", aggregate.combine);
  add("serialfunc", aggregate.serialize);
  add("deserialfunc", aggregate.deserialize);
  AddComputation(options, aggregate.moving, "m", usual);
  if (!aggregate.sort_operator.empty())
    options.push_back(fmt::format("sortop = OPERATOR({})", aggregate.sort_operator));
  if (aggregate.parallel == Routine::Parallel::kRestricted) options.emplace_back("parallel = restricted");
  if (aggregate.parallel == Routine::Parallel::kSafe) options.emplace_back("parallel = safe");
  if (aggregate.form == Aggregate::Form::kHypothetical) options.emplace_back("hypothetical");
  return fmt::format("{} AGGREGATE {}({}) (\n    {}\n)", create, QuoteQualified(object.id.schema(), object.id.name()),
                     AggregateArguments(aggregate), Join(options, ",\n    "));
}

void CreateAggregate(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateAggregateSql(object, "CREATE"));
  action.step.undo = "DROP AGGREGATE " + AggregateSignature(object.id);
}

void DropAggregate(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP AGGREGATE " + AggregateSignature(object.id));
  action.step.undo = CreateAggregateSql(object, "CREATE");
  if (context.desired().Contains(object.id)) return;
  action.step.phase = Phase::kContract;
  AddHazard(action, HazardKind::kBreaksClients, "clients that call it fail");
}

// CREATE OR REPLACE keeps what uses it: anything may change but the form, the direct arguments and the result's type
// (src/backend/catalog/pg_aggregate.c, AggregateCreate), and that has the type of the state or of the final function.
void ReplaceAggregate(const Alteration& alteration, ActionList& actions) {
  Action& action =
      actions.Add(alteration.after, Verb::kAlter, CreateAggregateSql(alteration.after, "CREATE OR REPLACE"));
  action.step.undo = CreateAggregateSql(alteration.before, "CREATE OR REPLACE");
  AddHazard(action, HazardKind::kOpaque, "what the new functions compute is not known");
}

bool KeepsResult(const Alteration& alteration) {
  const AggregateComputation& before = alteration.Before<Aggregate>().plain;
  const AggregateComputation& after = alteration.After<Aggregate>().plain;
  if (before.final != after.final) return false;
  return !before.final.empty() || before.state_type == after.state_type;
}

// An argument can be given a name, but not another one.
bool KeepsNames(const Alteration& alteration) {
  const std::vector<RoutineArgument>& before = alteration.Before<Aggregate>().arguments;
  const std::vector<RoutineArgument>& after = alteration.After<Aggregate>().arguments;
  for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
    if (!before[i].name.empty() && before[i].name != after[i].name) return false;
    if (before[i].mode != after[i].mode) return false;
  }
  return before.size() == after.size();
}

std::string AggregateSubject(ObjectId id, const PlanContext&) { return "AGGREGATE " + AggregateSignature(id); }

}  // namespace

template <>
const KindRules& RulesOf<Aggregate>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"form"},
      {"arguments", ReplaceAggregate, KeepsNames},
      {"direct_arguments"},
      {"plain", ReplaceAggregate, KeepsResult},
      {"moving", ReplaceAggregate},
      {"combine", ReplaceAggregate},
      {"serialize", ReplaceAggregate},
      {"deserialize", ReplaceAggregate},
      {"sort_operator", ReplaceAggregate},
      {"parallel", ReplaceAggregate},
  });
  static_assert(Covers<Aggregate>(fields));
  static constexpr KindRules rules{.create = CreateAggregate,
                                   .drop = DropAggregate,
                                   .fields = fields,
                                   .subject = AggregateSubject,
                                   .rename = RenameBreakingClients<"clients that call it by the old name fail">,
                                   .gap = "until it is created again, calls fail",
                                   .gap_hazard = HazardKind::kBreaksClients};
  return rules;
}

}  // namespace schemadiff
