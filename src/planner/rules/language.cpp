#include "planner/rules.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

std::string CreateLanguageSql(const Object& object, std::string_view create) {
  const Language& language = object.As<Language>();
  std::string sql = fmt::format("{} {}LANGUAGE {} HANDLER {}", create, language.trusted ? "TRUSTED " : "",
                                QuoteIdentifier(object.id.name()), language.handler);
  if (!language.inline_handler.empty()) sql += " INLINE " + language.inline_handler;
  if (!language.validator.empty()) sql += " VALIDATOR " + language.validator;
  return sql;
}

void CreateLanguage(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateLanguageSql(object, "CREATE"));
  action.step.undo = "DROP LANGUAGE " + QuoteIdentifier(object.id.name());
}

void DropLanguage(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP LANGUAGE " + QuoteIdentifier(object.id.name()));
  action.step.phase = Phase::kContract;
  action.step.undo = CreateLanguageSql(object, "CREATE");
  AddHazard(action, HazardKind::kBreaksClients, "clients that run code in the language fail");
}

void ReplaceLanguage(const Alteration& alteration, ActionList& actions) {
  Action& action =
      actions.Add(alteration.after, Verb::kAlter, CreateLanguageSql(alteration.after, "CREATE OR REPLACE"));
  action.step.undo = CreateLanguageSql(alteration.before, "CREATE OR REPLACE");
  AddHazard(action, HazardKind::kOpaque, "what the new handlers do is not known");
  if (alteration.Before<Language>().trusted != alteration.After<Language>().trusted) {
    AddHazard(action, HazardKind::kAccessChange, "who may write functions in the language changes");
  }
}

}  // namespace

template <>
const KindRules& RulesOf<Language>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"trusted", ReplaceLanguage},
      {"handler", ReplaceLanguage},
      {"inline_handler", ReplaceLanguage},
      {"validator", ReplaceLanguage},
  });
  static_assert(Covers<Language>(fields));
  static constexpr KindRules rules{.create = CreateLanguage,
                                   .drop = DropLanguage,
                                   .fields = fields,
                                   .subject = NamedSubject<"LANGUAGE">,
                                   .rename = RenameBreakingClients<"clients that name the language fail">};
  return rules;
}

}  // namespace schemadiff
