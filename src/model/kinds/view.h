// A view (manual: CREATE VIEW).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct ViewColumn {
  std::string name;
  DataType type;
  std::string collation;
  bool operator==(const ViewColumn&) const = default;
};

struct View {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRelation, NameSpace::kType};

  std::vector<std::string> column_names;  ///< Given after the name; empty once the query names its columns itself.
  Expression query;
  Options options;                 ///< `security_barrier`, `security_invoker`, `check_option`.
  std::vector<ViewColumn> output;  ///< What it returns, where known: what CREATE OR REPLACE must keep.

  static constexpr auto Fields(auto visit) {
    return visit(Field{"column_names", &View::column_names}, Field{"query", &View::query},
                 Field{"options", &View::options});
  }
};

}  // namespace schemadiff
