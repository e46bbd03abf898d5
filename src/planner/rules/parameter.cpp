#include "planner/rules.h"

namespace schemadiff {

// Neither created nor dropped: only what belongs to it is planned.
template <>
const KindRules& RulesOf<Parameter>() {
  static constexpr std::array<FieldRule, 0> fields{};
  static_assert(Covers<Parameter>(fields));
  static constexpr KindRules rules{.fields = fields, .subject = NamedSubject<"PARAMETER">};
  return rules;
}

}  // namespace schemadiff
