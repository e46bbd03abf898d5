#include <algorithm>

#include "planner/rules.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

std::vector<std::string> Assignments(const TextSearchDictionary& dictionary) {
  std::vector<std::string> parts;
  for (const DictionaryOption& option : dictionary.options) {
    parts.push_back(fmt::format("{} = {}", QuoteIdentifier(option.name), option.value));
  }
  return parts;
}

std::string CreateTextSearchDictionarySql(const Object& object) {
  const TextSearchDictionary& dictionary = object.As<TextSearchDictionary>();
  std::vector<std::string> parts = Assignments(dictionary);
  parts.insert(parts.begin(), "TEMPLATE = " + dictionary.used_template);
  return fmt::format("CREATE TEXT SEARCH DICTIONARY {} ({})", RelationName(object.id), Join(parts, ", "));
}

void CreateTextSearchDictionary(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateTextSearchDictionarySql(object));
  action.step.undo = "DROP TEXT SEARCH DICTIONARY " + RelationName(object.id);
}

void DropTextSearchDictionary(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP TEXT SEARCH DICTIONARY " + RelationName(object.id));
  action.step.undo = CreateTextSearchDictionarySql(object);
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
}

// An option without a value goes; one that is set anew moves to the end, so all are, in their order.
std::string AlterTextSearchDictionarySql(const Object& before, const Object& after) {
  std::vector<std::string> parts;
  for (const DictionaryOption& option : before.As<TextSearchDictionary>().options) {
    if (!std::ranges::contains(after.As<TextSearchDictionary>().options, option.name, &DictionaryOption::name)) {
      parts.push_back(QuoteIdentifier(option.name));
    }
  }
  for (std::string& part : Assignments(after.As<TextSearchDictionary>())) parts.push_back(std::move(part));
  return fmt::format("ALTER TEXT SEARCH DICTIONARY {} ({})", RelationName(after.id), Join(parts, ", "));
}

void SetTextSearchDictionaryOptions(const Alteration& alteration, ActionList& actions) {
  Action& action =
      actions.Add(alteration.after, Verb::kAlter, AlterTextSearchDictionarySql(alteration.before, alteration.after));
  action.step.undo = AlterTextSearchDictionarySql(alteration.after, alteration.before);
  AddHazard(action, HazardKind::kOpaque,
            "vectors that were stored or indexed before keep the words of the old options");
}

}  // namespace

template <>
const KindRules& RulesOf<TextSearchDictionary>() {
  static constexpr auto fields =
      std::to_array<FieldRule>({{"used_template"}, {"options", SetTextSearchDictionaryOptions}});
  static_assert(Covers<TextSearchDictionary>(fields));
  static constexpr KindRules rules{.create = CreateTextSearchDictionary,
                                   .drop = DropTextSearchDictionary,
                                   .fields = fields,
                                   .subject = NamedSubject<"TEXT SEARCH DICTIONARY">,
                                   .rename = RenameBreakingClients<>};
  return rules;
}

}  // namespace schemadiff
