// Comparison of SQL by its syntax tree, without a server.
#pragma once

#include <yyjson.h>

#include <memory>
#include <string>

namespace schemadiff {

/// What libpg_query makes of a statement, as JSON; null when it does not parse.
using SyntaxDocument = std::unique_ptr<yyjson_doc, decltype(&yyjson_doc_free)>;
/// `SELECT (expression)`.
SyntaxDocument ParseExpression(const std::string& expression);
/// A query.
SyntaxDocument ParseQuery(const std::string& query);
/// The first statement of a document: `{"SelectStmt": ...}`; null when there is none.
yyjson_val* FirstStatement(const SyntaxDocument& document);
/// Of ParseExpression: the expression; null when it does not parse.
yyjson_val* ExpressionIn(const SyntaxDocument& document);
/// The name of the next member that is no location; null when there is none. libpg_query writes those of a node in one
/// order.
yyjson_val* NextButLocations(yyjson_obj_iter& members);
/// Whether two nodes are the same, apart from locations.
bool SameSyntax(yyjson_val* a, yyjson_val* b);

/// Whether two queries have the same syntax tree, apart from locations.
bool SameQuery(const std::string& a, const std::string& b);
/// Whether a query selects `*` or `t.*` anywhere.
bool SelectsStar(const std::string& query);

}  // namespace schemadiff
