// A materialized view.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct MaterializedView {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRelation, NameSpace::kType};

  std::vector<std::string> column_names;  ///< Given after the name; empty once the query names its columns itself.
  Expression query;
  std::string access_method;
  std::string tablespace;
  Options options;
  bool populated = true;

  bool operator==(const MaterializedView&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"column_names", &MaterializedView::column_names}, Field{"query", &MaterializedView::query},
                 Field{"access_method", &MaterializedView::access_method},
                 Field{"tablespace", &MaterializedView::tablespace}, Field{"options", &MaterializedView::options},
                 Field{"populated", &MaterializedView::populated});
  }
};

}  // namespace schemadiff
