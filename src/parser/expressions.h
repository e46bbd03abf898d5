// Expressions and queries: the author's text, made independent of the search_path, and what it refers to.
#pragma once

#include <vector>

#include "model/object.h"
#include "parser/interpreter.h"

namespace schemadiff {

/// The expression or query that covers the tokens [begin, end): `node` is its syntax tree. Names of relations, types
/// and routines that the files declare are qualified in the text, and edges to them are added. Columns referred to
/// become edges to columns of `relation`, when that is given. A relation that does not exist is reported.
Expression MakeExpression(Interpreter& interpreter, const Statement& statement, Node node, std::size_t begin,
                          std::size_t end, ObjectId relation, std::vector<Edge>& edges);

/// The tokens within the parentheses that follow the first `keyword` at or after a byte offset.
struct TokenRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};
TokenRange Parenthesized(const Statement& statement, std::int64_t offset, std::string_view keyword);

/// Of a key or element that begins and ends there: the tokens of its expression, which is within parentheses, or a call
/// without any.
TokenRange KeyExpression(const Tokens& tokens, std::size_t begin, std::size_t end);

}  // namespace schemadiff
