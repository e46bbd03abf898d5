#include "parser/statements/foreign_options.h"

#include <fmt/format.h>

namespace schemadiff {

void ApplyForeignOptions(Interpreter& in, const Statement& statement, Node elements, Options& options) {
  for (const Node item : elements.Items()) {
    const Node element = item["DefElem"];
    const std::string name(element.Text("defname"));
    const std::string_view action = element.Text("defaction");
    const bool changes = action == "DEFELEM_SET" || action == "DEFELEM_DROP";
    if (changes != options.contains(name)) {
      in.Error(statement, element.Location(),
               fmt::format("option `{}` {}", name, changes ? "does not exist" : "is given twice"),
               changes ? "write ADD, or correct the name" : "remove one of them, or write SET");
    } else if (action == "DEFELEM_DROP") {
      options.erase(name);
    } else {
      options[name] = OptionText(element["arg"]);
    }
  }
}

}  // namespace schemadiff
