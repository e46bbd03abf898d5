// A base type, or a shell, which only stands for a name (manual: CREATE TYPE). Its input and output functions cannot be
// without it, nor it without them: they come between the shell and the type, and go with it.
#pragma once

#include "model/values.h"

namespace schemadiff {

/// Argument of the identity that stands for a type's shell in edges: what a type's own functions need before they can
/// be made.
inline constexpr std::string_view kShellArgument = "shell";

struct BaseType {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kType};

  bool shell = false;
  std::string input;  ///< Functions, qualified and quoted, as all up to subscript.
  std::string output;
  std::string receive;
  std::string send;
  std::string typmod_in;
  std::string typmod_out;
  std::string analyze;
  std::string subscript;
  std::int64_t length = -1;  ///< In bytes; -1 for variable.
  bool by_value = false;
  std::string alignment = "int4";  ///< `char`, `int2`, `int4`, `double`.
  std::string storage = "plain";   ///< `plain`, `external`, `extended`, `main`.
  std::string category = "U";
  bool preferred = false;
  std::optional<std::string> default_value;
  DataType element;
  std::string delimiter = ",";
  bool collatable = false;

  bool operator==(const BaseType&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"shell", &BaseType::shell}, Field{"input", &BaseType::input}, Field{"output", &BaseType::output},
                 Field{"receive", &BaseType::receive}, Field{"send", &BaseType::send},
                 Field{"typmod_in", &BaseType::typmod_in}, Field{"typmod_out", &BaseType::typmod_out},
                 Field{"analyze", &BaseType::analyze}, Field{"subscript", &BaseType::subscript},
                 Field{"length", &BaseType::length}, Field{"by_value", &BaseType::by_value},
                 Field{"alignment", &BaseType::alignment}, Field{"storage", &BaseType::storage},
                 Field{"category", &BaseType::category}, Field{"preferred", &BaseType::preferred},
                 Field{"default_value", &BaseType::default_value}, Field{"element", &BaseType::element},
                 Field{"delimiter", &BaseType::delimiter}, Field{"collatable", &BaseType::collatable});
  }
};

}  // namespace schemadiff
