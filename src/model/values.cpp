#include "model/values.h"

namespace schemadiff {

bool DataType::HasDatabaseCollation() const {
  const std::string_view base = std::string_view(sql).substr(0, sql.find_first_of("(["));
  return base == "text" || base == "character varying" || base == "character" || base == "bpchar";
}

void AppendText(std::string& out, bool value) { out += value ? 't' : 'f'; }
void AppendText(std::string& out, std::int64_t value) {
  out += std::to_string(value);
  out += ';';
}
void AppendText(std::string& out, const std::string& value) {
  out += std::to_string(value.size());
  out += ':';
  out += value;
}
void AppendText(std::string& out, const Expression& value) { AppendText(out, value.sql); }
void AppendText(std::string& out, const DataType& value) { AppendText(out, value.sql); }
void AppendText(std::string& out, ObjectId value) {
  // Kind and names from the member outwards.
  for (ObjectId id = value; id; id = id.parent()) {
    AppendText(out, static_cast<std::int64_t>(id.kind()));
    AppendText(out, id.name());
    AppendText(out, id.arguments());
    if (!id.parent()) AppendText(out, id.schema());
  }
  out += '/';
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
