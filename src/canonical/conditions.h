// Conditions: checks of tables and predicates of indexes, which need no stand-ins to be spelled. The columns become the
// parameters of functions in pg_temp that return a row of conditions; pg_get_function_sqlbody() prints what PostgreSQL
// makes of them (manual: CREATE FUNCTION, sql_body). A row of pg_proc serves dozens; a stand-in for a table takes some
// twenty rows of catalogs, and all are dead ones afterwards.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "canonical/explanation.h"
#include "model/schema.h"
#include "postgres/connection.h"

namespace schemadiff {

class Conditions {
 public:
  Conditions(const Schema& live, Schema& desired) : live_(live), desired_(desired) {}

  /// Takes the condition of an object that has one in both states, each written otherwise; passes over all others.
  void Add(ObjectId id);
  bool empty() const { return functions_.empty(); }

  /// A DO block that creates the functions; what cannot be built is left out.
  std::string Script() const;
  /// Gives the rows that Adopt reads, after Script in its transaction and under an empty search_path.
  static std::string Query();
  /// Each condition that the server spells as the live schema has it takes that spelling in the desired one.
  void Adopt(const Rows& rows, Explanation& explanation);

 private:
  using Parameters = std::map<std::string, std::string>;  ///< Type by name.
  struct Condition {
    ObjectId id;
    Parameters parameters;
  };
  struct Function {
    Parameters parameters;  ///< Of all conditions.
    std::vector<Condition> conditions;
  };

  /// The columns that a condition names; nothing when it names what a parameter could not be, or would be by mistake.
  std::optional<Parameters> ParametersOf(ObjectId id, const std::string& sql) const;
  Function& FunctionWith(const Parameters& parameters);
  std::string Value(const Condition& condition) const;
  void AdoptRow(const Function& function, std::size_t first, std::size_t count, const std::string& body,
                Explanation& explanation);

  const Schema& live_;
  Schema& desired_;
  std::vector<Function> functions_;
};

}  // namespace schemadiff
