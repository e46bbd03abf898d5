// TemporaryObjects: what a file makes for the session that runs it, tables mostly, and what is done with it.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parser/syntax.h"

namespace schemadiff {

/// What SELECT INTO or CREATE TABLE AS makes, an IntoClause; null for any other statement.
Node IntoClauseOf(std::string_view type, Node statement);

/// What a statement speaks of.
enum class Lifetime : std::uint8_t {
  kLasting,
  kSession,  ///< It ends with the session.
  kBoth,     ///< What lasts is named along with, or made from, what does not.
};

/// Takes the statements of a session one after the other. A temporary relation hides a lasting one of its name (manual:
/// "The Schema Search Path").
class TemporaryObjects {
 public:
  Lifetime Take(std::string_view type, Node statement);
  /// Whether there is something that ends with its transaction (ON COMMIT DROP).
  bool any_until_commit() const { return !until_commit_.empty(); }

 private:
  Lifetime Make(Node relation, bool dropped_on_commit);
  Lifetime TakeListed(Node statement);
  void TakeTransaction(Node statement);
  bool Is(Node relation) const;
  bool Is(const std::vector<std::string>& name) const;
  bool AreIn(Node node) const;
  bool AnyMemberIn(Node node) const;
  bool IsCommented(Node statement) const;
  void Rename(Node statement);

  std::set<std::string, std::less<>> names_;  ///< Of relations.
  std::set<std::string> until_commit_;        ///< Those that go with their transaction.
};

}  // namespace schemadiff
