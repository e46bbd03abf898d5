#include "model/values.h"

#include <fmt/format.h>

namespace schemadiff {

void AppendText(std::string& out, bool value) { out += value ? 't' : 'f'; }
void AppendText(std::string& out, std::int64_t value) { fmt::format_to(std::back_inserter(out), "{};", value); }
void AppendText(std::string& out, const std::string& value) {
  fmt::format_to(std::back_inserter(out), "{}:{}", value.size(), value);
}
void AppendText(std::string& out, const Expression& value) { AppendText(out, value.sql); }
void AppendText(std::string& out, const DataType& value) { AppendText(out, value.sql); }
void AppendText(std::string& out, ObjectId value) {
  if (value) fmt::format_to(std::back_inserter(out), "{} ", static_cast<int>(value.kind()));
  AppendText(out, value ? value.ToString() : std::string());
}
void AppendText(std::string& out, const Options& value) {
  out += '[';
  for (const auto& [key, text] : value) {
    AppendText(out, key);
    AppendText(out, text);
  }
  out += ']';
}

}  // namespace schemadiff
