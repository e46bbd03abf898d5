// An aggregate function (manual: CREATE AGGREGATE).
#pragma once

#include "model/kinds/routine.h"

namespace schemadiff {

/// One way of computing it: the plain one, or that over a moving frame.
struct AggregateComputation {
  /// Whether the final function changes the transition state.
  enum class FinalModify : std::uint8_t { kReadOnly, kShareable, kReadWrite };

  std::string
      transition;       ///< A function, qualified and quoted, as all that follow; empty: there is no such computation.
  std::string inverse;  ///< Of a moving one.
  DataType state_type;
  std::int64_t state_size = 0;  ///< Estimated bytes; 0 for the type's usual.
  std::string final;
  bool final_extra = false;
  FinalModify final_modify = FinalModify::kReadOnly;
  std::optional<std::string> initial;  ///< Of the state. An empty text is another one than none.

  bool operator==(const AggregateComputation&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(
        Field{"transition", &AggregateComputation::transition}, Field{"inverse", &AggregateComputation::inverse},
        Field{"state_type", &AggregateComputation::state_type}, Field{"state_size", &AggregateComputation::state_size},
        Field{"final", &AggregateComputation::final}, Field{"final_extra", &AggregateComputation::final_extra},
        Field{"final_modify", &AggregateComputation::final_modify}, Field{"initial", &AggregateComputation::initial});
  }
};

struct Aggregate {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRoutine};

  enum class Form : std::uint8_t { kNormal, kOrderedSet, kHypothetical };

  Form form = Form::kNormal;
  std::vector<RoutineArgument> arguments;
  std::int64_t direct_arguments = 0;  ///< How many stand before ORDER BY; 0 for a normal one.
  AggregateComputation plain;
  AggregateComputation moving;
  std::string combine;
  std::string serialize;
  std::string deserialize;
  std::string sort_operator;  ///< `pg_catalog.<`, always qualified.
  Routine::Parallel parallel = Routine::Parallel::kUnsafe;

  bool operator==(const Aggregate&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"form", &Aggregate::form}, Field{"arguments", &Aggregate::arguments},
                 Field{"direct_arguments", &Aggregate::direct_arguments}, Field{"plain", &Aggregate::plain},
                 Field{"moving", &Aggregate::moving}, Field{"combine", &Aggregate::combine},
                 Field{"serialize", &Aggregate::serialize}, Field{"deserialize", &Aggregate::deserialize},
                 Field{"sort_operator", &Aggregate::sort_operator}, Field{"parallel", &Aggregate::parallel});
  }
};

}  // namespace schemadiff
