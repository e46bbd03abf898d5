// The parts of CREATE FUNCTION and CREATE PROCEDURE: arguments, options, and what a body refers to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/interpreter.h"

namespace schemadiff {

/// A signature: all arguments, and the types that tell overloads apart.
struct RoutineSignature {
  std::vector<RoutineArgument> arguments;
  std::string identity;  ///< As pg_proc.proargtypes: IN, INOUT and VARIADIC ones, `integer, text`.
  DataType returns;
  bool returns_set = false;
};

/// The type of an argument or result: without modifiers, which PostgreSQL does not keep, and as format_type() spells it
/// then.
std::string RoutineTypeName(const Interpreter& in, const Statement& statement, Node type_name);

/// The signature of a CreateFunctionStmt; nothing while a column that %TYPE names does not exist.
std::optional<RoutineSignature> ParseSignature(Interpreter& in, const Statement& statement, std::vector<Edge>& edges);

/// The argument modes of pg_proc: of a FunctionParameter's `mode`.
RoutineArgument::Mode ModeOfParameter(std::string_view mode);

/// The types that a name with arguments gives, as identities have them: items are TypeName or FunctionParameter nodes.
std::string ArgumentTypes(Interpreter& in, const Statement& statement, Node list);

/// The function or procedure that an ObjectWithArgs names; a null id when there is none.
ObjectId FindFunctionOrProcedure(Interpreter& in, const Statement& statement, Node object);

/// A routine that an ObjectWithArgs names, with its argument types, as the catalog's readers spell it; `unspecified`
/// are the types where it names none. An edge to it is added.
std::string ResolveSignature(Interpreter& in, const Statement& statement, Node object, const std::string& unspecified,
                             std::vector<Edge>& edges);

/// Applies options (DefElem nodes) of CREATE or ALTER to a routine; those that only CREATE has are language, as, window
/// and transform.
void ApplyRoutineOptions(Interpreter& in, const Statement& statement, Node options, Routine& routine,
                         std::vector<Edge>& edges);

/// Leaves out costs that are the defaults of the routine's language.
void NormalizeCosts(Routine& routine);

/// Soft edges to the relations, types and routines that the string body of an SQL function mentions.
void AddBodyEdges(Interpreter& in, const Statement& statement, const Routine& routine, std::vector<Edge>& edges);

}  // namespace schemadiff
