#include "catalog/reader.h"

#include <fmt/format.h>

#include "support/quote.h"

namespace schemadiff {

Reader::Reader(Connection& connection, const ExtensionMembers& members, const CatalogScope& scope, Catalog& catalog)
    : connection_(connection), members_(members), scope_(scope), catalog_(catalog) {}

Result<void> Reader::Run() {
  if (Result<void> done = ReadNamespaces(); !done) return done;
  if (namespaces_.empty()) return {};
  Result<void> done;
#define SCHEMADIFF_KIND(Struct, file, label) \
  if (done) done = ReadKind<Struct>(*this);
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
  return done;
}

Result<void> Reader::ReadNamespaces() {
  const Result<Rows> rows = scope_.temporary
                                ? Query("SELECT pg_my_temp_schema(), 'pg_temp' WHERE pg_my_temp_schema() <> 0")
                                : Query(
                                      "SELECT oid, nspname FROM pg_namespace"
                                      " WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'");
  if (!rows) return std::unexpected(rows.error());
  std::vector<std::string> oids;
  for (int i = 0; i < rows->size(); ++i) {
    namespaces_.emplace(rows->Oid(i, 0), rows->Text(i, 1));
    oids.emplace_back(rows->Text(i, 0));
  }
  namespace_list_ = Join(oids, ",");
  return {};
}

std::string Reader::Scope(std::string_view column) const { return fmt::format("{} IN ({})", column, namespace_list_); }

const std::string& Reader::NamespaceName(Oid oid) const {
  static const std::string none;
  const auto found = namespaces_.find(oid);
  return found == namespaces_.end() ? none : found->second;
}

ObjectId Reader::Relation(Oid oid) const { return At({kPgClass, oid, 0}); }

ObjectId Reader::At(Address address) const {
  const auto found = catalog_.bindings->objects.find(address);
  return found == catalog_.bindings->objects.end() ? ObjectId() : found->second;
}

const std::string& Reader::ColumnName(Oid relation, int number) const {
  static const std::string none;
  const auto& all = catalog_.bindings->column_names;
  const auto columns = all.find(relation);
  if (columns == all.end()) return none;
  const auto found = columns->second.find(number);
  return found == columns->second.end() ? none : found->second;
}

const std::string& Reader::CollationOf(Oid relation, int number) const {
  static const std::string standard = "100";
  const auto found = collations_.find({kPgClass, relation, number});
  return found == collations_.end() ? standard : found->second;
}

void Reader::SetColumnName(Oid relation, int number, std::string_view name) {
  catalog_.bindings->column_names[relation].emplace(number, name);
}

std::vector<std::string> Reader::ColumnNames(Oid relation, const std::vector<std::string>& numbers) const {
  std::vector<std::string> names;
  for (const std::string& number : numbers) names.push_back(ColumnName(relation, std::stoi(number)));
  return names;
}

Result<void> Reader::FormatTypes(const Rows& rows, int type_column, int modifier_column) {
  std::string values;
  for (int i = 0; i < rows.size(); ++i) {
    const TypeKey key{rows.Oid(i, type_column), rows.Int(i, modifier_column)};
    if (!types_.emplace(key, "").second) continue;
    values += fmt::format("{}({},{})", values.empty() ? "" : ",", key.first, key.second);
  }
  if (values.empty()) return {};
  const Result<Rows> texts = Query("SELECT t, m, format_type(t::oid, m) FROM (VALUES " + values + ") AS pairs (t, m)");
  if (!texts) return std::unexpected(texts.error());
  for (int i = 0; i < texts->size(); ++i) types_[{texts->Oid(i, 0), texts->Int(i, 1)}] = texts->Text(i, 2);
  return {};
}

const std::string& Reader::TypeText(Oid type, std::int64_t modifier) const { return types_.at({type, modifier}); }

Object& Reader::Add(ObjectId id, Attributes attributes, Address address, int position) {
  Object object{.id = id, .attributes = std::move(attributes)};
  object.position = position;
  Bind(address, id);
  return schema().Add(std::move(object));
}

Trigger::Enabled EnabledOf(std::string_view letter) {
  using enum Trigger::Enabled;
  return letter == "D" ? kDisabled : letter == "R" ? kReplica : letter == "A" ? kAlways : kOrigin;
}

void AddOptions(Options& options, const std::vector<std::string>& elements, std::string_view prefix) {
  for (const std::string& element : elements) {
    const std::size_t equals = element.find('=');
    options[std::string(prefix) + element.substr(0, equals)] =
        equals == std::string::npos ? std::string() : element.substr(equals + 1);
  }
}

Oid ToOid(const std::string& text) { return static_cast<Oid>(std::stoul(text)); }

std::vector<std::string> SplitVector(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    if (space > 0) parts.emplace_back(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return parts;
}

}  // namespace schemadiff
