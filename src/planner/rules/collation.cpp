#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "planner/sql.h"
#include "planner/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string CreateCollationSql(const Object& object) {
  const Collation& collation = object.As<Collation>();
  std::string sql = "CREATE COLLATION " + RelationName(object.id);
  if (!collation.copied_from.empty()) return sql + " FROM " + collation.copied_from;
  std::vector<std::string> options;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) options.push_back(fmt::format("{} = {}", name, QuoteLiteral(value)));
  };
  if (collation.provider == Collation::Provider::kIcu) options.emplace_back("provider = icu");
  if (collation.provider == Collation::Provider::kBuiltin) options.emplace_back("provider = builtin");
  if (collation.provider == Collation::Provider::kLibc && collation.lc_collate == collation.lc_ctype) {
    add("locale", collation.lc_collate);
  } else {
    add("locale", collation.locale);
    add("lc_collate", collation.lc_collate);
    add("lc_ctype", collation.lc_ctype);
  }
  if (!collation.deterministic) options.emplace_back("deterministic = false");
  add("rules", collation.rules);
  return sql + " (" + Join(options, ", ") + ")";
}

void CreateCollation(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateCollationSql(object));
  action.step.undo = "DROP COLLATION " + RelationName(object.id);
}

void DropCollation(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP COLLATION " + RelationName(object.id));
  action.step.phase = Phase::kContract;
  action.step.undo = CreateCollationSql(object);
  AddHazard(action, HazardKind::kBreaksClients, "clients that sort or compare by it fail");
}

// Nothing of a collation can be altered.
void ReplaceCollation(const Alteration& alteration, ActionList& actions) {
  ReplaceBeside(alteration, actions, "COLLATION", {CreateCollationSql(alteration.after)}, {});
}

}  // namespace

template <>
const KindRules& RulesOf<Collation>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"provider"},
      {"locale"},
      {"lc_collate"},
      {"lc_ctype"},
      {"deterministic"},
      {"rules"},
      {"copied_from"},
  });
  static_assert(Covers<Collation>(fields));
  static constexpr KindRules rules{.create = CreateCollation,
                                   .drop = DropCollation,
                                   .fields = fields,
                                   .subject = NamedSubject<"COLLATION">,
                                   .rename = RenameBreakingClients<>,
                                   .replace = ReplaceCollation,
                                   .replace_keeps_members = false};
  return rules;
}

}  // namespace schemadiff
