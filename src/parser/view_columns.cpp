#include "parser/view_columns.h"

#include <fmt/format.h>

#include "model/renaming.h"
#include "parser/follow_names.h"
#include "parser/query_scopes.h"

namespace schemadiff {

Outcome RenameViewColumn(Interpreter& in, const Statement& statement, ObjectId column, const std::string& to) {
  const ObjectId view = column.parent();
  const SeenColumns columns = RelationColumns(in.schema()).Of(view);
  if (!columns.complete) {
    in.Error(statement, -1, fmt::format("not all columns of `{}` are known, so none can be renamed", view.ToString()),
             "name them in its query, where `*` stands");
    return Outcome::kDone;
  }
  if (columns.Find(column.name()) == nullptr) return in.Waiting(statement, -1, "column", column.ToString());
  std::vector<std::string> names;
  for (const SeenColumn& one : columns.list) names.push_back(one.name == column.name() ? to : one.name);
  if (in.replays()) FollowColumn(in, view, column.name(), to);
  Object& object = *in.schema().Find(view);
  if (View* attributes = object.If<View>()) attributes->column_names = names;
  if (auto* attributes = object.If<MaterializedView>()) attributes->column_names = names;
  in.schema().Rename(column, column.WithName(to));
  if (in.replays()) FollowColumnInLists(in.schema(), column.WithName(to), column.name());
  return Outcome::kDone;
}

void SettleNamesOver(Interpreter& in, ObjectId view, const View& replacement) {
  RelationColumns relations(in.schema());
  const SeenColumns before = relations.Of(view);
  QueryWalk walk(relations, replacement.query.sql, {});
  walk.Run();
  const SeenColumns after = walk.outputs();
  if (after.complete && after.list.size() == before.list.size()) return;
  SettleNames(in, view, {});
  for (std::size_t i = before.list.size(); i < after.list.size(); ++i) SettleNames(in, view, after.list[i].name);
}

}  // namespace schemadiff
