#include "planner/rules/sequence_bounds.h"

#include <fmt/format.h>

#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {

bool HasNoCommonValue(const SequenceParameters& from, const SequenceParameters& to) {
  return to.min_value > from.max_value || to.max_value < from.min_value;
}

void MoveIntoBounds(Action& alteration, const std::string& sequence, const SequenceParameters& from,
                    const SequenceParameters& to) {
  constexpr const char* note = "the sequence's current value lies within the new bounds afterwards";
  if (HasNoCommonValue(from, to)) {
    alteration.step.note = note;
    return;
  }
  std::vector<std::string> moves;
  const auto move = [&](std::int64_t bound, char beyond, bool is_end) {
    moves.push_back(fmt::format("SELECT pg_catalog.setval({}, {}, {}) FROM {} WHERE last_value {} {}",
                                QuoteLiteral(sequence), bound, is_end, sequence, beyond, bound));
  };
  if (to.min_value > from.min_value) move(to.min_value, '<', to.increment < 0);
  if (to.max_value < from.max_value) move(to.max_value, '>', to.increment > 0);
  if (moves.empty()) return;
  alteration.step.note = note;
  alteration.step.sql.insert(alteration.step.sql.begin(), moves.begin(), moves.end());
}

std::string GoOnAfterRows(const std::string& sequence, ObjectId column, std::int64_t start) {
  const std::string quoted = QuoteIdentifier(column.name());
  return fmt::format("SELECT pg_catalog.setval({0}, max({1}) + 1, false) FROM {2} HAVING max({1}) >= {3}",
                     QuoteLiteral(sequence), quoted, RelationName(column.parent()), start);
}

}  // namespace schemadiff
