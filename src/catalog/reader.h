// What the readers of the kinds share: the queries' context and the tables that turn OIDs into identities.
#pragma once

#include <array>
#include <condition_variable>
#include <map>
#include <mutex>
#include <ranges>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "catalog/bindings.h"

namespace schemadiff {

/// What the readers have in common, and whose turn it is. The kinds are read in their order, by threads in turns:
/// the server works on the next kinds' first queries while the rows of one are read.
class Reading {
 public:
  Reading(Connection& connection, const ExtensionMembers& members, const CatalogScope& scope, Catalog& catalog)
      : connection(connection), members(members), scope(scope), catalog(catalog) {}

  Connection& connection;
  const ExtensionMembers& members;
  const CatalogScope& scope;
  Catalog& catalog;
  std::unordered_map<Oid, std::string> namespaces;
  std::string namespace_list;
  std::map<std::pair<Oid, std::int64_t>, std::string> types;         ///< By OID and modifier.
  std::unordered_map<Address, std::string, AddressHash> collations;  ///< Of columns that do not have the default one.
  Oid database_owner = 0;
  /// The sequence behind an identity column, or one that a column owns: columns are read after sequences.
  struct ColumnSequence {
    ObjectId owned;  ///< Null for an identity column's.
    Oid oid = 0;
    std::string name;  ///< Qualified and quoted.
    SequenceParameters parameters;
  };
  std::vector<std::pair<Address, ColumnSequence>> column_sequences;
  /// A column's access control list, kept until its relation's owner is known.
  struct ColumnAcl {
    Oid relation = 0;
    int number = 0;
    std::vector<std::string> items;
  };
  std::vector<ColumnAcl> column_acls;

  Result<void> Run();
  /// Of the kinds that ask, the first one in their order is answered: all the others wait for its turn.
  Result<Rows> Query(std::size_t kind, std::string_view sql);
  /// Waits until all kinds before that number are read.
  void AwaitTurn(std::size_t kind);

 private:
  Result<void> ReadNamespaces();
  /// Every kThreads-th kind from the first one on.
  void ReadKinds(std::size_t first);
  void EndTurn(const Result<void>& done);

  /// While the rows of columns are read, the server works on all that follows.
  static constexpr std::size_t kThreads = 16;
  std::mutex mutex_;  ///< Of all below.
  /// By kind: it has its turn, or is to be answered. Waking all that wait each time takes a tenth of the reading.
  std::array<std::condition_variable, kObjectKinds> may_go_on_;
  std::multiset<std::size_t> asking_;
  bool is_answering_ = false;
  std::size_t turn_ = 0;
  Result<void> done_;  ///< The first error.
};

/// What the reader of one kind works with.
class Reader {
 public:
  Reader(Reading& reading, std::size_t kind) : reading_(reading), kind_(kind) {}

  int version() const { return reading_.catalog.version; }
  Schema& schema() { return reading_.catalog.schema; }
  Catalog& catalog() { return reading_.catalog; }

  /// The rows come once all kinds before are read: what they added can be referred to from then on.
  Result<Rows> Query(std::string_view sql);
  /// Several at once, so that none of them waits for the turn.
  Result<std::vector<Rows>> QueryAll(const std::vector<std::string>& queries);
  /// The same for objects that stand alone: without asking, none, when users made none in their catalog.
  Result<Rows> QueryUserObjects(Oid catalog, std::string_view sql);
  /// Extensions' members count. What is in pg_temp is not counted: always true there.
  bool HasUserObjects(Oid catalog) const;
  /// Waits for that; only a reader that asks nothing needs to.
  void AwaitTurn() { reading_.AwaitTurn(kind_); }
  /// Condition on a namespace's OID column, e.g. `Scope("c.relnamespace")`.
  std::string Scope(std::string_view column) const;
  /// Condition on a relation's OID column: that it is a table in scope. A catalog is read by its index then.
  std::string OfTables(std::string_view column) const { return OfRelations(column, "'r', 'p', 'f'"); }
  /// The same of relations of other kinds, by a list of relkind.
  std::string OfRelations(std::string_view column, std::string_view kinds) const;
  const ExtensionMembers& members() const { return reading_.members; }
  /// Whether it is only the session's own pg_temp that is read.
  bool temporary() const { return reading_.scope.temporary; }
  bool IsExtensionMember(Oid catalog, Oid object) const { return ExtensionOf(catalog, object) != 0; }
  /// The extension that an object belongs to; 0 for none.
  Oid ExtensionOf(Oid catalog, Oid object) const {
    const auto found = reading_.members.addresses.find(std::uint64_t{catalog} << 32U | object);
    return found == reading_.members.addresses.end() ? 0 : found->second;
  }
  Oid database_owner() const { return reading_.database_owner; }
  /// Name of a role, PostgreSQL's own among them; its OID where there is none of that number any more.
  std::string RoleName(Oid oid) const;

  /// Name of a namespace in scope; empty when it is not.
  const std::string& NamespaceName(Oid oid) const;
  /// A relation (table, view, index ...) in scope; a null id when it is not.
  ObjectId Relation(Oid oid) const;
  /// Name of a column; empty when it is not known.
  const std::string& ColumnName(Oid relation, int number) const;
  void SetColumnName(Oid relation, int number, std::string_view name) {
    catalog().bindings->SetColumnName(relation, number, name);
  }
  using ColumnSequence = Reading::ColumnSequence;
  void KeepColumnSequence(Address column, ColumnSequence sequence) {
    reading_.column_sequences.emplace_back(column, std::move(sequence));
  }
  const std::vector<std::pair<Address, ColumnSequence>>& column_sequences() const { return reading_.column_sequences; }
  using ColumnAcl = Reading::ColumnAcl;
  void KeepColumnAcl(ColumnAcl acl) { reading_.column_acls.push_back(std::move(acl)); }
  const std::vector<ColumnAcl>& column_acls() const { return reading_.column_acls; }
  /// OID of a column's collation as text; the default collation's for an expression (number 0) and what is not known.
  const std::string& CollationOf(Oid relation, int number) const;
  void SetCollation(Oid relation, int number, std::string_view oid) {
    reading_.collations[{kPgClass, relation, number}] = oid;
  }
  /// Names of the columns in an int2vector or int2[] given as text or array elements.
  std::vector<std::string> ColumnNames(Oid relation, const std::vector<std::string>& numbers) const;

  /// format_type() of every distinct pair of type and modifier in two columns of rows, in one query: asked row by row
  /// it is half of what reading columns costs.
  Result<void> FormatTypes(const Rows& rows, int type_column, int modifier_column);
  /// What FormatTypes learned of a pair.
  const std::string& TypeText(Oid type, std::int64_t modifier) const;

  /// Adds an object, and notes where it stands in the catalogs.
  Object& Add(ObjectId id, Attributes attributes, Address address, int position = 0);
  /// Another address that stands for an object: its row type, its array type, its rewrite rule.
  void Bind(Address address, ObjectId id) { catalog().bindings->Bind(address, id); }
  /// Notes a part; all are attached once keys and indexes are read.
  void AddPart(const IndexPart& part) { catalog().bindings->index_parts.push_back(part); }
  void AttachParts();

  /// The object at an address; a null id when there is none.
  ObjectId At(Address address) const { return reading_.catalog.bindings->At(address); }

 private:
  Reading& reading_;
  std::size_t kind_;
};

/// Defined by catalog/readers/<kind>.cpp for every kind: adds all objects of the kind.
template <typename Kind>
Result<void> ReadKind(Reader& reader);
#define SCHEMADIFF_KIND(Struct, file, label) \
  template <>                                \
  Result<void> ReadKind<Struct>(Reader & reader);
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND

/// tgenabled, evtenabled: when a trigger fires.
Trigger::Enabled EnabledOf(std::string_view letter);
/// `{fillfactor=70,...}` as options; `prefix` goes before each name.
void AddOptions(Options& options, const std::vector<std::string>& elements, std::string_view prefix = {});
/// An OID in an array's text.
Oid ToOid(const std::string& text);
/// `1 2 3` of an int2vector or oidvector.
std::vector<std::string> SplitVector(std::string_view text);

}  // namespace schemadiff
