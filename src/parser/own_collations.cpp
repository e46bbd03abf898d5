#include "parser/own_collations.h"

#include "model/lineage.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr std::string_view kDefault = "\"default\"";

// What the files do not declare is taken to have the database's collation, as nearly all types have.
std::string OwnCollation(const Schema& schema, const DataType& type) {
  const std::string_view base = std::string_view(type.sql).substr(0, type.sql.find_first_of("(["));
  if (base == "name") return "\"C\"";  // src/include/catalog/pg_type.dat
  const auto [in, name] = SplitQualified(base);
  const Object* object = in.empty() ? nullptr : schema.Find(ObjectId::Of(ObjectKind::kDomain, in, name));
  if (object == nullptr) return std::string(kDefault);
  const auto& domain = object->As<Domain>();
  return domain.collation.empty() ? OwnCollation(schema, domain.type) : domain.collation;
}

class Remover {
 public:
  explicit Remover(const Schema& schema) : schema_(schema) {}

  template <typename Typed>
  void From(Typed& typed) const {
    if (!typed.collation.empty() && typed.collation == OwnCollation(schema_, typed.type)) typed.collation.clear();
  }
  void FromRange(Range& range) const {
    if (!range.collation.empty() && range.collation == OwnCollation(schema_, range.subtype)) range.collation.clear();
  }
  // Of an expression and of what a query gives nothing is known: the default is what most have.
  void FromKeys(std::vector<IndexElement>& keys, ObjectId table) const {
    for (IndexElement& key : keys) {
      if (key.collation.empty()) continue;
      if (key.collation == OfColumn(table, key.column)) key.collation.clear();
    }
  }

 private:
  std::string OfColumn(ObjectId table, std::string_view name) const {
    const Object* relation = HasOwnColumns(table.kind()) ? schema_.Find(table) : nullptr;
    if (relation == nullptr) return std::string(kDefault);
    const Object* column = FindColumn(schema_, ObjectId::Member(ObjectKind::kColumn, table, name));
    if (column != nullptr) return Said(column->As<Column>());
    if (IsTyped(*relation)) {
      const auto [in, type_name] = SplitQualified(relation->As<Table>().of_type.sql);
      if (const Object* type = schema_.Find(ObjectId::Of(ObjectKind::kCompositeType, in, type_name))) {
        const auto& attributes = type->As<CompositeType>().attributes;
        const auto found = std::ranges::find(attributes, name, &CompositeAttribute::name);
        if (found != attributes.end()) return Said(*found);
      }
    }
    return std::string(kDefault);
  }
  template <typename Typed>
  std::string Said(const Typed& typed) const {
    return typed.collation.empty() ? OwnCollation(schema_, typed.type) : typed.collation;
  }

  const Schema& schema_;
};

}  // namespace

// Domains last: what others have of their own is in them.
void RemoveOwnCollations(Interpreter& in) {
  if (!in.names_collations()) return;
  Schema& schema = in.schema();
  const Remover remove(schema);
  for (auto [id, object] : schema.OfKind(ObjectKind::kIndex)) remove.FromKeys(object.As<Index>().elements, id.parent());
  for (auto [id, object] : schema.OfKind(ObjectKind::kExclusion)) {
    remove.FromKeys(object.As<Exclusion>().elements, id.parent());
  }
  for (auto [id, object] : schema.OfKind(ObjectKind::kColumn)) remove.From(object.As<Column>());
  for (auto [id, object] : schema.OfKind(ObjectKind::kCompositeType)) {
    for (CompositeAttribute& attribute : object.As<CompositeType>().attributes) remove.From(attribute);
  }
  for (auto [id, object] : schema.OfKind(ObjectKind::kRange)) remove.FromRange(object.As<Range>());
  for (auto [id, object] : schema.OfKind(ObjectKind::kDomain)) remove.From(object.As<Domain>());
}

}  // namespace schemadiff
