#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "parser/expressions.h"
#include "parser/statements/locate.h"
#include "parser/statements/table_elements.h"
#include "parser/view_columns.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// The query stands between AS and WITH ... CHECK OPTION.
TokenRange ViewQueryRange(const Statement& statement, bool has_check_option) {
  const Tokens& tokens = statement.file->tokens();
  TokenRange range{tokens.Find(statement.token_begin, statement.token_end, "as") + 1, statement.token_end};
  if (has_check_option) {
    while (!tokens.Is(--range.end, "with")) {
    }
  }
  return range;
}

// The syntax tree of CREATE RECURSIVE VIEW holds the query that it stands for (manual: CREATE VIEW).
Expression RecursiveQuery(const std::string& name, const std::vector<std::string>& columns, const Expression& query) {
  std::vector<std::string> quoted;
  for (const std::string& column : columns) quoted.push_back(QuoteIdentifier(column));
  const std::string list = Join(quoted, ", ");
  return {fmt::format("WITH RECURSIVE {0}({1}) AS ({2}) SELECT {1} FROM {0}", QuoteIdentifier(name), list, query.sql)};
}

Options ViewOptions(Node node) {
  Options options = ParseOptions(node["options"]);
  if (node.Text("withCheckOption") == "LOCAL_CHECK_OPTION") options["check_option"] = "local";
  if (node.Text("withCheckOption") == "CASCADED_CHECK_OPTION") options["check_option"] = "cascaded";
  return options;
}

Outcome CreateView(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  if (node["view"].Text("relpersistence") == "t") {
    in.Error(statement, -1, "a temporary view is no part of a schema", "remove it, or leave out `TEMPORARY`");
    return Outcome::kDone;
  }
  const QualifiedName name = in.NewName(statement, node["view"]);
  const bool has_check_option =
      !node.Text("withCheckOption").empty() && node.Text("withCheckOption") != "NO_CHECK_OPTION";
  const TokenRange range = ViewQueryRange(statement, has_check_option);
  std::vector<Edge> edges;
  View view{.column_names = Strings(node["aliases"]),
            .query = MakeExpression(in, statement, node["query"], range.begin, range.end, {}, edges),
            .options = ViewOptions(node)};
  const Tokens& tokens = statement.file->tokens();
  const std::size_t view_word = tokens.Find(statement.token_begin, range.begin, "view");
  if (tokens.Is(view_word - 1, "recursive")) {
    view.query = RecursiveQuery(name.name, view.column_names, view.query);
    view.column_names.clear();
  }
  const ObjectId id = ObjectId::Of(ObjectKind::kView, name.schema, name.name);
  if (in.replays() && node.Bool("replace") && in.schema().Contains(id)) SettleNamesOver(in, id, view);
  Object object = in.NewObject(statement, -1, id, std::move(view));
  object.edges = std::move(edges);
  in.CreateOrReplace(statement, std::move(object), node.Bool("replace"));
  return Outcome::kDone;
}

bool IsView(ObjectKind kind) { return kind == ObjectKind::kView || kind == ObjectKind::kMaterializedView; }

// Finds views that need each other: no order of creating them would work.
class CycleFinder {
 public:
  explicit CycleFinder(Interpreter& in) : in_(in) {}

  void Visit(ObjectId id) {
    const Object* object = in_.schema().Find(id);
    if (object == nullptr || done_.contains(id)) return;
    if (const auto start = std::ranges::find(chain_, id); start != chain_.end()) {
      Report(*object, {start, chain_.end()});
      return;
    }
    chain_.push_back(id);
    for (const Edge& edge : object->edges) {
      if (IsView(edge.target.kind())) Visit(edge.target);
    }
    chain_.pop_back();
    done_.insert(id);
  }

 private:
  void Report(const Object& object, const std::vector<ObjectId>& chain) {
    std::string text;
    for (const ObjectId id : chain) text += fmt::format("`{}` needs ", id.ToString());
    in_.diagnostics().Add(
        {.code = ErrorCode::kBadInput,
         .location = object.source,
         .message = fmt::format("views need each other in a circle: {}`{}`", text, object.id.ToString()),
         .hint = "take one of them out of the circle"});
  }

  Interpreter& in_;
  std::vector<ObjectId> chain_;
  std::unordered_set<ObjectId> done_;
};

void FindCycles(Interpreter& in) {
  std::vector<ObjectId> views;
  in.schema().ForEachOfKinds(IsView, [&](ObjectId id, const Object&) { views.push_back(id); });
  std::ranges::sort(views);
  CycleFinder finder(in);
  for (const ObjectId id : views) finder.Visit(id);
}

}  // namespace

template <>
void RegisterStatements<View>(StatementRegistry& registry) {
  registry.statements["ViewStmt"] = CreateView;
  for (const NameSpace space : {NameSpace::kRelation, NameSpace::kType}) {
    registry.declarations.emplace("ViewStmt",
                                  StatementRegistry::Declaration{space, ObjectKind::kView, RelationIn<"view">});
  }
  registry.locators["OBJECT_VIEW"] = LocateRelation<ObjectKind::kView>;
  registry.finishers.push_back(FindCycles);
}

}  // namespace schemadiff
