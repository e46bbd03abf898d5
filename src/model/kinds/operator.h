// An operator (manual: CREATE OPERATOR). Shell operators, which only stand for a name to come, are none.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Operator {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kOperator};

  std::string function;    ///< Qualified and quoted.
  std::string commutator;  ///< `app.===`: always qualified, never quoted, as the negator.
  std::string negator;
  std::string restriction;  ///< The selectivity estimator's name, qualified and quoted.
  std::string join;
  bool hashes = false;
  bool merges = false;

  /// Of the desired state, where there is no link: an operator that links to this one may set it. Not compared.
  bool commutator_open = false;
  bool negator_open = false;

  /// Takes the links that the server may have set by itself.
  void TakeUnstated(const Operator& live) {
    if (commutator.empty() && commutator_open) commutator = live.commutator;
    if (negator.empty() && negator_open) negator = live.negator;
  }

  bool operator==(const Operator&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"function", &Operator::function}, Field{"commutator", &Operator::commutator},
                 Field{"negator", &Operator::negator}, Field{"restriction", &Operator::restriction},
                 Field{"join", &Operator::join}, Field{"hashes", &Operator::hashes},
                 Field{"merges", &Operator::merges});
  }
};

}  // namespace schemadiff
