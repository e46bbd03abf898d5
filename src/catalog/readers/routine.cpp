#include "catalog/reader.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

RoutineArgument::Mode ModeOf(std::string_view letter) {
  using enum RoutineArgument::Mode;
  if (letter == "o") return kOut;
  if (letter == "b") return kInOut;
  if (letter == "v") return kVariadic;
  return letter == "t" ? kTable : kIn;
}

std::string WithoutCarriageReturns(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    out += text[i];
  }
  return out;
}

// Defaults belong to the last input arguments: pg_get_function_arg_default() counts inputs from 1.
std::vector<RoutineArgument> RoutineArguments(const Rows& rows, int row) {
  const std::vector<std::string> types = rows.Array(row, 4);
  const std::vector<std::string> modes = rows.Array(row, 5);
  const std::vector<std::string> names = rows.Array(row, 6);
  const std::vector<std::string> defaults = rows.Array(row, 7);
  std::vector<RoutineArgument> arguments;
  std::size_t input = 0;
  for (std::size_t i = 0; i < types.size(); ++i) {
    RoutineArgument argument{.mode = i < modes.size() ? ModeOf(modes[i]) : RoutineArgument::Mode::kIn,
                             .name = i < names.size() ? names[i] : std::string(),
                             .type = {types[i]}};
    const bool is_input =
        argument.mode != RoutineArgument::Mode::kOut && argument.mode != RoutineArgument::Mode::kTable;
    if (is_input && input++ < defaults.size()) argument.default_value = {defaults[input - 1]};
    arguments.push_back(std::move(argument));
  }
  return arguments;
}

std::string FloatOrEmpty(std::string_view text, std::string_view standard) {
  return text == standard ? std::string() : std::string(text);
}

}  // namespace

template <>
Result<void> ReadKind<Routine>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgProc,
      "SELECT p.oid, p.pronamespace, p.proname,"
      " (SELECT string_agg(format_type(a.t, NULL), ', ' ORDER BY a.n)"
      "   FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY a(t, n)),"
      " (SELECT array_agg(format_type(a.t, NULL) ORDER BY a.n)"
      "   FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY a(t, n)),"
      " p.proargmodes, p.proargnames,"
      " CASE WHEN p.pronargdefaults > 0 THEN (SELECT array_agg(coalesce(pg_get_function_arg_default(p.oid, n), ''))"
      "   FROM generate_series(1, coalesce(array_length(p.proallargtypes, 1), p.pronargs)) n"
      "   WHERE coalesce(p.proargmodes[n], 'i') IN ('i', 'b', 'v')) END,"
      " p.prokind, format_type(p.prorettype, NULL), p.proretset, l.lanname, p.prosrc, p.probin,"
      " CASE WHEN p.prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(p.oid) END, p.provolatile, p.proisstrict,"
      " p.prosecdef, p.proleakproof, p.proparallel, p.procost, p.prorows,"
      " CASE WHEN p.prosupport <> 0 THEN p.prosupport::regproc::text END, p.proconfig,"
      " (SELECT array_agg(format_type(x, NULL)) FROM unnest(p.protrftypes) x)"
      " FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.prokind <> 'a' AND " +
          reader.Scope("p.pronamespace") +
          // A range type's constructors are its own.
          " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid"
          "  AND d.deptype = 'i')");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgProc, oid)) continue;
    const std::string_view kind = rows->Text(i, 8);
    const std::string_view language = rows->Text(i, 11);
    const std::string_view volatility = rows->Text(i, 15);
    const std::string_view parallel = rows->Text(i, 19);
    const bool is_c = language == "c" || language == "internal";
    Routine routine{.procedure = kind == "p",
                    .window = kind == "w",
                    .arguments = RoutineArguments(*rows, i),
                    .returns = {std::string(rows->Text(i, 9))},
                    .returns_set = rows->Bool(i, 10),
                    .language = std::string(language),
                    .body = WithoutCarriageReturns(rows->Text(i, 12)),
                    .library = std::string(rows->Text(i, 13)),
                    .sql_body = {std::string(rows->Text(i, 14))},
                    .volatility = volatility == "i"   ? Routine::Volatility::kImmutable
                                  : volatility == "s" ? Routine::Volatility::kStable
                                                      : Routine::Volatility::kVolatile,
                    .strict = rows->Bool(i, 16),
                    .security_definer = rows->Bool(i, 17),
                    .leakproof = rows->Bool(i, 18),
                    .parallel = parallel == "s"   ? Routine::Parallel::kSafe
                                : parallel == "r" ? Routine::Parallel::kRestricted
                                                  : Routine::Parallel::kUnsafe,
                    .cost = FloatOrEmpty(rows->Text(i, 20), is_c ? "1" : "100"),
                    .rows = FloatOrEmpty(rows->Text(i, 21), rows->Bool(i, 10) ? "1000" : "0"),
                    .support = std::string(rows->Text(i, 22))};
    if (routine.procedure) routine.returns = {};
    for (const RoutineArgument& argument : routine.arguments) {
      if (argument.mode == RoutineArgument::Mode::kTable) routine.returns = {};
    }
    if (routine.sql_body) routine.body.clear();
    AddOptions(routine.settings, rows->Array(i, 23));
    for (const std::string& type : rows->Array(i, 24)) routine.transforms.push_back({type});
    reader.Add(
        ObjectId::Of(ObjectKind::kRoutine, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2), rows->Text(i, 3)),
        std::move(routine), {kPgProc, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
