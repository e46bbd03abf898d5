// Parameters of sequences: those that stand alone, and those behind identity columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/interpreter.h"

namespace schemadiff {

/// The parameters that options (DefElem nodes) make of `base`, as PostgreSQL's init_params() does. `type` is smallint,
/// integer or bigint; `old_type` is the one that `base` was made for, when ALTER SEQUENCE ... AS changes it. A new
/// sequence takes what is not given from the type and the sign of the increment, not from `base`. Values that the
/// server would refuse are reported.
SequenceParameters ParseSequenceParameters(Interpreter& in, const Statement& statement, Node options,
                                           std::string_view type, SequenceParameters base, bool is_new,
                                           std::string_view old_type = {});

/// The parts of the name in SEQUENCE NAME, which pg_dump gives to identity columns; empty when it is not given.
std::vector<std::string> SequenceNameOption(Node options);

/// The column whose identity is behind a sequence of that name, which is no object of its own; null when there is none.
ObjectId FindIdentityColumn(const Interpreter& in, const Statement& statement, const std::vector<std::string>& parts);

}  // namespace schemadiff
