#include "catalog/names.h"
#include "catalog/reader.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// Columns of one computation, in the order in which Computation() reads them; `m` for the moving one.
std::string AggregateColumns(std::string_view m) {
  const std::string a = "a.agg" + std::string(m);
  const std::string inverse = m.empty() ? "NULL" : RoutineNameSql("a.aggminvtransfn");
  return RoutineNameSql(a + "transfn") + ", " + inverse + ", CASE WHEN " + a + "transtype <> 0 THEN format_type(" + a +
         "transtype, NULL) END, " + a + "transspace, " + RoutineNameSql(a + "finalfn") + ", " + a + "finalextra, " + a +
         "finalmodify, a.agg" + std::string(m) + "initval";
}
constexpr int kComputationColumns = 8;

AggregateComputation Computation(const Rows& rows, int row, int first) {
  using enum AggregateComputation::FinalModify;
  const std::string_view modify = rows.Text(row, first + 6);
  AggregateComputation computation{.transition = std::string(rows.Text(row, first)),
                                   .inverse = std::string(rows.Text(row, first + 1)),
                                   .state_type = {std::string(rows.Text(row, first + 2))},
                                   .state_size = rows.Int(row, first + 3),
                                   .final = std::string(rows.Text(row, first + 4)),
                                   .final_extra = rows.Bool(row, first + 5),
                                   .final_modify = modify == "s"   ? kShareable
                                                   : modify == "w" ? kReadWrite
                                                                   : kReadOnly};
  if (!rows.IsNull(row, first + 7)) computation.initial = rows.Text(row, first + 7);
  return computation;
}

std::vector<RoutineArgument> AggregateArguments(const Rows& rows, int row, int first) {
  const std::vector<std::string> types = rows.Array(row, first);
  const std::vector<std::string> modes = rows.Array(row, first + 1);
  const std::vector<std::string> names = rows.Array(row, first + 2);
  std::vector<RoutineArgument> arguments;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const bool variadic = i < modes.size() && modes[i] == "v";
    arguments.push_back({.mode = variadic ? RoutineArgument::Mode::kVariadic : RoutineArgument::Mode::kIn,
                         .name = i < names.size() ? names[i] : std::string(),
                         .type = {types[i]}});
  }
  return arguments;
}

Aggregate ReadAggregate(const Rows& rows, int row, int first) {
  const std::string_view form = rows.Text(row, 3);
  const std::string_view parallel = rows.Text(row, 4);
  return {.form = form == "o"   ? Aggregate::Form::kOrderedSet
                  : form == "h" ? Aggregate::Form::kHypothetical
                                : Aggregate::Form::kNormal,
          .arguments = AggregateArguments(rows, row, 6),
          .direct_arguments = rows.Int(row, 5),
          .plain = Computation(rows, row, first),
          .moving = Computation(rows, row, first + kComputationColumns),
          .combine = std::string(rows.Text(row, 9)),
          .serialize = std::string(rows.Text(row, 10)),
          .deserialize = std::string(rows.Text(row, 11)),
          .sort_operator = std::string(rows.Text(row, 12)),
          .parallel = parallel == "s"   ? Routine::Parallel::kSafe
                      : parallel == "r" ? Routine::Parallel::kRestricted
                                        : Routine::Parallel::kUnsafe};
}

}  // namespace

template <>
Result<void> ReadKind<Aggregate>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgProc,
      "SELECT p.oid, p.pronamespace, p.proname, a.aggkind, p.proparallel, a.aggnumdirectargs,"
      " (SELECT array_agg(format_type(x.t, NULL) ORDER BY x.n)"
      "   FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY x (t, n)), p.proargmodes, p.proargnames, " +
          RoutineNameSql("a.aggcombinefn") + ", " + RoutineNameSql("a.aggserialfn") + ", " +
          RoutineNameSql("a.aggdeserialfn") + ", " + OperatorNameSql("a.aggsortop") + ", " + AggregateColumns("") +
          ", " + AggregateColumns("m") + " FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid WHERE " +
          reader.Scope("p.pronamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgProc, oid)) continue;
    const std::string types = Join(rows->Array(i, 6), ", ");
    reader.Add(ObjectId::Of(ObjectKind::kAggregate, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2), types),
               ReadAggregate(*rows, i, 13), {kPgProc, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
