// A function or procedure (manual: CREATE FUNCTION, CREATE PROCEDURE).
#pragma once

#include "model/values.h"

namespace schemadiff {

/// One argument of a routine.
struct RoutineArgument {
  enum class Mode : std::uint8_t { kIn, kOut, kInOut, kVariadic, kTable };

  Mode mode = Mode::kIn;
  std::string name;  ///< Empty when it has none.
  DataType type;
  Expression default_value;

  bool operator==(const RoutineArgument&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"mode", &RoutineArgument::mode}, Field{"name", &RoutineArgument::name},
                 Field{"type", &RoutineArgument::type}, Field{"default_value", &RoutineArgument::default_value});
  }
};

struct Routine {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRoutine};

  enum class Volatility : std::uint8_t { kVolatile, kStable, kImmutable };
  enum class Parallel : std::uint8_t { kUnsafe, kRestricted, kSafe };

  bool procedure = false;
  bool window = false;
  std::vector<RoutineArgument> arguments;  ///< All of them, also OUT and TABLE ones.
  DataType returns;                        ///< With SETOF; empty for a procedure and for TABLE.
  bool returns_set = false;
  std::string language;
  std::string body;     ///< The string body, line endings as LF; the object file's symbol for C functions.
  std::string library;  ///< Object file of a C function.
  Expression sql_body;  ///< `BEGIN ATOMIC ...` or `RETURN ...`.
  Volatility volatility = Volatility::kVolatile;
  bool strict = false;
  bool security_definer = false;
  bool leakproof = false;
  Parallel parallel = Parallel::kUnsafe;
  std::string cost;  ///< As the server prints it; empty for the language's default.
  std::string rows;  ///< As the server prints it; empty for the default.
  std::string support;
  std::vector<DataType> transforms;
  Options settings;  ///< Of SET clauses.

  bool operator==(const Routine&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"procedure", &Routine::procedure}, Field{"window", &Routine::window},
                 Field{"arguments", &Routine::arguments}, Field{"returns", &Routine::returns},
                 Field{"returns_set", &Routine::returns_set}, Field{"language", &Routine::language},
                 Field{"body", &Routine::body}, Field{"library", &Routine::library},
                 Field{"sql_body", &Routine::sql_body}, Field{"volatility", &Routine::volatility},
                 Field{"strict", &Routine::strict}, Field{"security_definer", &Routine::security_definer},
                 Field{"leakproof", &Routine::leakproof}, Field{"parallel", &Routine::parallel},
                 Field{"cost", &Routine::cost}, Field{"rows", &Routine::rows}, Field{"support", &Routine::support},
                 Field{"transforms", &Routine::transforms}, Field{"settings", &Routine::settings});
  }
};

}  // namespace schemadiff
