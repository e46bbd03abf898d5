#include "catalog/reader.h"

#include <fmt/format.h>

#include <thread>

#include "model/own_schema.h"
#include "model/partition_index.h"
#include "support/quote.h"

namespace schemadiff {

namespace {

using KindReader = Result<void> (*)(Reader&);
constexpr KindReader kKindReaders[] = {
#define SCHEMADIFF_KIND(Struct, file, label) ReadKind<Struct>,
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
};

}  // namespace

// Whole catalogs are joined. Where many objects were made just now they are not analyzed yet, and the planner takes
// them for a few rows each: nested loops would be its choice.
Result<void> Reading::Run() {
  if (Result<void> done = ReadNamespaces(); !done) return done;
  if (namespaces.empty()) return {};
  if (!scope.temporary) {
    Result<void> hashing = connection.Execute("SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off");
    if (!hashing) return hashing;
    Result<UserObjects> user_objects = ReadUserObjects(connection, scope.own_schema);
    if (!user_objects) return std::unexpected(user_objects.error());
    catalog.bindings->Expect(std::move(*user_objects));
  }
  {
    std::vector<std::jthread> threads;
    for (std::size_t first = 0; first < kThreads; ++first) threads.emplace_back([this, first] { ReadKinds(first); });
  }
  return done_;
}

void Reading::ReadKinds(std::size_t first) {
  for (std::size_t kind = first; kind < std::size(kKindReaders); kind += kThreads) {
    Reader reader(*this, kind);
    const Result<void> done = kKindReaders[kind](reader);
    AwaitTurn(kind);  // A reader that asks nothing may come here early.
    EndTurn(done);
  }
}

void Reading::AwaitTurn(std::size_t kind) {
  std::unique_lock lock(mutex_);
  may_go_on_[kind].wait(lock, [&] { return turn_ == kind; });
}

void Reading::EndTurn(const Result<void>& done) {
  const std::lock_guard lock(mutex_);
  if (done_ && !done) done_ = done;
  if (++turn_ < may_go_on_.size()) may_go_on_[turn_].notify_one();
}

Result<Rows> Reading::Query(std::size_t kind, std::string_view sql) {
  std::unique_lock lock(mutex_);
  const auto place = asking_.insert(kind);
  may_go_on_[kind].wait(lock, [&] { return !is_answering_ && place == asking_.begin(); });
  is_answering_ = true;
  lock.unlock();
  Result<Rows> rows = connection.Query(sql);
  lock.lock();
  is_answering_ = false;
  asking_.erase(place);
  if (!asking_.empty()) may_go_on_[*asking_.begin()].notify_one();
  return rows;
}

Result<void> Reading::ReadNamespaces() {
  const Result<Rows> rows =
      scope.temporary
          ? connection.Query("SELECT pg_my_temp_schema(), 'pg_temp', 0 WHERE pg_my_temp_schema() <> 0")
          : connection.Query(fmt::format(
                "SELECT oid, nspname, (SELECT datdba FROM pg_database WHERE datname = current_database())"
                " FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND nspname {} '{}'",
                scope.own_schema ? "=" : "<>", kOwnSchema));
  if (!rows) return std::unexpected(rows.error());
  std::vector<std::string> oids;
  for (int i = 0; i < rows->size(); ++i) {
    namespaces.emplace(rows->Oid(i, 0), rows->Text(i, 1));
    oids.emplace_back(rows->Text(i, 0));
    database_owner = rows->Oid(i, 2);
  }
  namespace_list = Join(oids, ",");
  return {};
}

Result<Rows> Reader::Query(std::string_view sql) {
  Result<Rows> rows = reading_.Query(kind_, sql);
  AwaitTurn();
  return rows;
}

Result<std::vector<Rows>> Reader::QueryAll(const std::vector<std::string>& queries) {
  std::vector<Rows> answers;
  for (const std::string& sql : queries) {
    Result<Rows> rows = reading_.Query(kind_, sql);
    if (!rows) return std::unexpected(rows.error());
    answers.push_back(std::move(*rows));
  }
  AwaitTurn();
  return answers;
}

Result<Rows> Reader::QueryUserObjects(Oid catalog, std::string_view sql) {
  if (HasUserObjects(catalog)) return Query(sql);
  AwaitTurn();
  return Rows();
}

bool Reader::HasUserObjects(Oid catalog) const {
  if (temporary()) return true;
  const UserObjects& objects = reading_.catalog.bindings->user_objects;
  const auto found = objects.find(catalog);
  return found != objects.end() && !found->second.empty();
}

std::string Reader::Scope(std::string_view column) const {
  return fmt::format("{} IN ({})", column, reading_.namespace_list);
}

std::string Reader::OfRelations(std::string_view column, std::string_view kinds) const {
  return fmt::format("{} = ANY (ARRAY(SELECT oid FROM pg_class WHERE relkind IN ({}) AND {}))", column, kinds,
                     Scope("relnamespace"));
}

const std::string& Reader::NamespaceName(Oid oid) const {
  static const std::string none;
  const auto found = reading_.namespaces.find(oid);
  return found == reading_.namespaces.end() ? none : found->second;
}

std::string Reader::RoleName(Oid oid) const {
  const ObjectId id = At({kPgAuthid, oid, 0});
  return id ? id.name() : std::to_string(oid);
}

ObjectId Reader::Relation(Oid oid) const { return At({kPgClass, oid, 0}); }

const std::string& Reader::ColumnName(Oid relation, int number) const {
  static const std::string none;
  const Catalog::Bindings::Column* column = reading_.catalog.bindings->FindColumn(relation, number);
  return column == nullptr ? none : column->name;
}

const std::string& Reader::CollationOf(Oid relation, int number) const {
  static const std::string standard = "100";
  const auto found = reading_.collations.find({kPgClass, relation, number});
  return found == reading_.collations.end() ? standard : found->second;
}

std::vector<std::string> Reader::ColumnNames(Oid relation, const std::vector<std::string>& numbers) const {
  std::vector<std::string> names;
  for (const std::string& number : numbers) names.push_back(ColumnName(relation, std::stoi(number)));
  return names;
}

Result<void> Reader::FormatTypes(const Rows& rows, int type_column, int modifier_column) {
  std::string values;
  for (int i = 0; i < rows.size(); ++i) {
    const std::pair<Oid, std::int64_t> key{rows.Oid(i, type_column), rows.Int(i, modifier_column)};
    if (!reading_.types.try_emplace(key).second) continue;
    values += fmt::format("{}({},{})", values.empty() ? "" : ",", key.first, key.second);
  }
  if (values.empty()) return {};
  const Result<Rows> texts = Query("SELECT t, m, format_type(t::oid, m) FROM (VALUES " + values + ") AS pairs (t, m)");
  if (!texts) return std::unexpected(texts.error());
  for (int i = 0; i < texts->size(); ++i) reading_.types[{texts->Oid(i, 0), texts->Int(i, 1)}] = texts->Text(i, 2);
  return {};
}

const std::string& Reader::TypeText(Oid type, std::int64_t modifier) const {
  return reading_.types.at({type, modifier});
}

Object& Reader::Add(ObjectId id, Attributes attributes, Address address, int position) {
  Object object{.id = id, .attributes = std::move(attributes)};
  object.position = position;
  Bind(address, id);
  return schema().Add(std::move(object));
}

// The partitioned index takes its parts along when it is dropped; but a constraint stands in the way of one that is
// none.
void Reader::AttachParts() {
  for (const IndexPart& part : catalog().bindings->index_parts) {
    Object& object = *schema().Find(part.id);
    const ObjectId whole = Relation(part.whole);
    object.inherited = part.inherited;
    SetWhole(object, whole);
    if (whole && whole.kind() == part.id.kind()) object.edges.push_back({whole, EdgeKind::kOwnedBy});
  }
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
