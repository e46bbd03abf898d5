#include "canonical/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "canonical/conditions.h"
#include "canonical/pairs.h"
#include "canonical/stand_ins.h"
#include "canonical/syntax_tree.h"
#include "catalog/read.h"
#include "model/lineage.h"
#include "postgres/text_settings.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string Quoted(const std::vector<std::string>& search_path) {
  std::vector<std::string> schemas;
  for (const std::string& schema : search_path) schemas.push_back(QuoteIdentifier(schema));
  return schemas.empty() ? "''" : Join(schemas, ", ");
}

std::string TextArray(const std::vector<Attempt>& attempts, std::vector<std::string> Attempt::* statements) {
  std::string array = "ARRAY[";
  for (const Attempt& attempt : attempts) {
    if (&attempt != &attempts.front()) array += ",\n";
    array += QuoteLiteral(Join(attempt.*statements, ";\n"));
  }
  return array + "]::text[]";
}

// One block for all. What fails leaves the others alone, as in a subtransaction of its own; but the end of each costs
// as much as there is by then (src/backend/utils/cache/relcache.c, AtEOSubXact_RelationCache), so that several share
// one, and each gets its own when one of them fails.
std::string Script(const std::vector<Attempt>& attempts) {
  return "DO " + DollarQuote(fmt::format(R"(
DECLARE
  attempts text[] := {};
  others text[] := {};
  shared integer := 50;
  last integer;
BEGIN
  FOR start IN 1..{} BY shared LOOP
    last := least(start + shared - 1, {});
    BEGIN
      FOR i IN start..last LOOP
        EXECUTE attempts[i];
      END LOOP;
    EXCEPTION WHEN OTHERS THEN
      FOR i IN start..last LOOP
        BEGIN
          EXECUTE attempts[i];
        EXCEPTION WHEN OTHERS THEN
          IF others[i] <> '' THEN
            BEGIN
              EXECUTE others[i];
            EXCEPTION WHEN OTHERS THEN NULL;
            END;
          END IF;
        END;
      END LOOP;
    END;
  END LOOP;
END)",
                                         TextArray(attempts, &Attempt::sql), TextArray(attempts, &Attempt::otherwise),
                                         attempts.size(), attempts.size()));
}

// Runs a script, reads what it made with `read` under an empty search_path, and takes everything back. The script is
// understood as `apply` would have it: IntervalStyle says what a sign in an interval means as well.
template <typename Read>
auto InScratch(Connection& connection, const std::string& script, const std::vector<std::string>& search_path,
               bool as_replica, const Read& read) -> decltype(read()) {
  const std::string begin = fmt::format(
      "BEGIN READ WRITE; SET LOCAL jit = off; SET LOCAL check_function_bodies = off;"
      " SET LOCAL client_min_messages = error; SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '60s';"
      " SET LOCAL standard_conforming_strings = on;{} SET LOCAL search_path = {};\n",
      as_replica ? " SET LOCAL session_replication_role = replica;" : "", Quoted(search_path));
  const Result<void> ran =
      connection.Execute(fmt::format("{}{}; {} SET LOCAL search_path = ''", begin, script, kTextSettings));
  auto result = ran ? read() : decltype(read())(std::unexpected(ran.error()));
  const Result<void> undone = connection.Execute("ROLLBACK");
  if (result && !undone) return std::unexpected(undone.error());
  return result;
}

// Takes the server's spelling and keeps the author's.
template <typename T>
void Take(T& desired, const T& live) {
  std::vector<std::string> written;
  ForEachExpression(desired, [&](const Expression& expression) { written.push_back(expression.Text()); });
  desired = live;
  std::size_t index = 0;
  ForEachExpression(desired, [&](Expression& expression) {
    if (index < written.size() && written[index] != expression.sql) expression.written = written[index];
    ++index;
  });
}

// A field takes the live spelling when the server spells the desired one just so.
template <typename Kind>
void AdoptFields(const Kind& live, const Kind& spelled, Kind& desired) {
  // Of tables and columns the stand-in has only what can be spelled in two ways; that of an index stands alone.
  const auto compared = [](std::string_view name) {
    if (std::is_same_v<Kind, Table>) return name == "partition_key" || name == "partition_bound";
    if (std::is_same_v<Kind, Column>) return name == "type" || name == "collation" || name == "generation_expression";
    return !std::is_same_v<Kind, Index> || name != "attached_to";
  };
  Kind::Fields([&](const auto&... field) {
    ((compared(field.name) && live.*field.member == spelled.*field.member
          ? Take(desired.*field.member, live.*field.member)
          : void()),
     ...);
  });
}

// The same for what has a stand-in of another kind.
void AdoptExpression(const Expression& live, const Expression& spelled, Expression& desired) {
  if (live == spelled) Take(desired, live);
}

// A view that selects everything from a relation whose columns change is another view afterwards.
bool SelectsChangingColumns(const Object& view, const Schema& live, const Schema& desired, const std::string& query) {
  if (!SelectsStar(query)) return false;
  return std::ranges::any_of(view.edges, [&](const Edge& edge) {
    const auto names = [&](const Schema& schema) {
      std::set<std::string> columns;
      for (const Object* column : ColumnsOf(schema, edge.target)) {
        columns.insert(column->id.name() + " " + column->As<Column>().type.sql);
      }
      return columns;
    };
    const Object* before = live.Find(edge.target);
    const Object* after = desired.Find(edge.target);
    if (before == nullptr || after == nullptr || names(live) != names(desired)) return true;
    return before->If<View>() && !(before->As<View>().query == after->As<View>().query);
  });
}

void AdoptView(const Object& live, const Object& spelled, Object& desired, bool changes) {
  const View& view = spelled.As<View>();
  const auto adopt = [&](const auto& live_attributes, auto& attributes) {
    if (changes || !(live_attributes.query == view.query)) return;
    // With a list of names in front, only the server's spelling stands for itself.
    if (attributes.column_names.empty()) {
      Take(attributes.query, live_attributes.query);
    } else {
      attributes.query = live_attributes.query;
    }
    attributes.column_names = live_attributes.column_names;
  };
  if (auto* materialized = desired.If<MaterializedView>()) {
    adopt(live.As<MaterializedView>(), *materialized);
    return;
  }
  View& target = desired.As<View>();
  adopt(live.As<View>(), target);
  if (!changes) target.output = view.output;
}

void Adopt(const Schema& live_schema, Schema& desired_schema, ObjectId id, const Object& spelled) {
  const Object& live = *live_schema.Find(id);
  Object& desired = *desired_schema.Find(id);
  if (spelled.If<View>()) {
    const std::string& query =
        desired.If<View>() ? desired.As<View>().query.sql : desired.As<MaterializedView>().query.sql;
    AdoptView(live, spelled, desired, SelectsChangingColumns(desired, live_schema, desired_schema, query));
    return;
  }
  if (auto* configuration = desired.If<TextSearchConfiguration>();
      configuration && !configuration->copied_from.empty()) {
    configuration->TakeCopied(spelled.As<TextSearchConfiguration>());
    return;
  }
  if (auto* published = desired.If<PublicationTable>()) {
    AdoptExpression(live.As<PublicationTable>().filter, spelled.As<Check>().expression, published->filter);
    return;
  }
  if (auto* table = desired.If<ForeignTable>()) {
    AdoptExpression(live.As<ForeignTable>().partition_bound, spelled.As<Table>().partition_bound,
                    table->partition_bound);
    return;
  }
  Visit(
      [&](auto& attributes) {
        using Kind = std::remove_cvref_t<decltype(attributes)>;
        if constexpr (HasFields<Kind>) AdoptFields(live.As<Kind>(), spelled.As<Kind>(), attributes);
      },
      desired.attributes);
}

Result<void> AdoptConditions(Connection& connection, const Schema& live, Schema& desired,
                             const std::vector<ObjectId>& candidates, const std::vector<std::string>& search_path,
                             bool as_replica, Explanation& explanation) {
  Conditions conditions(live, desired);
  for (const ObjectId id : candidates) conditions.Add(id);
  if (conditions.empty()) return {};
  const Result<Rows> rows = InScratch(connection, conditions.Script(), search_path, as_replica,
                                      [&] { return connection.Query(Conditions::Query()); });
  if (!rows) return std::unexpected(rows.error());
  conditions.Adopt(*rows, explanation);
  return {};
}

}  // namespace

// An event trigger would fire for what is built; who may set session_replication_role keeps all from firing that are
// not meant for replicas (manual: ALTER EVENT TRIGGER).
Result<Spelling> CanSpell(Connection& connection) {
  const Result<Rows> rows = connection.Query(
      "SELECT pg_is_in_recovery(), has_database_privilege(current_database(), 'TEMP'),"
      " coalesce(bool_or(evtenabled IN ('O', 'A')), false), coalesce(bool_or(evtenabled IN ('R', 'A')), false),"
      " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
      " FROM pg_event_trigger WHERE evtevent <> 'login'");
  if (!rows) return std::unexpected(rows.error());
  if (rows->Bool(0, 0)) return Spelling{.why_not = "the server is a standby"};
  if (!rows->Bool(0, 1)) {
    return Spelling{.why_not = fmt::format("`{}` may not create temporary tables", connection.user_name())};
  }
  if (!rows->Bool(0, 2)) return Spelling{};
  if (rows->Bool(0, 4) && !rows->Bool(0, 3)) return Spelling{.as_replica = true};
  return Spelling{.why_not = "an event trigger of the database would fire"};
}

Result<void> AdoptServerSpelling(Connection& connection, const Schema& live, Schema& desired,
                                 const std::vector<ObjectId>& candidates, const std::vector<std::string>& search_path,
                                 bool as_replica, Explanation& explanation) {
  if (const Result<void> done =
          AdoptConditions(connection, live, desired, candidates, search_path, as_replica, explanation);
      !done) {
    return done;
  }
  // pg_temp is one schema: objects of the same name in several schemas take turns. So do those for which the server
  // would need more locks than it has room for (max_locks_per_transaction).
  constexpr std::size_t kMost = 1000;
  std::vector<ObjectId> waiting = candidates;
  std::erase_if(waiting, [&](ObjectId id) { return SameAttributes(*live.Find(id), *desired.Find(id)); });
  while (!waiting.empty()) {
    StandIns stand_ins(live, desired, connection.server_version());
    std::vector<ObjectId> left;
    ObjectId root;
    for (const ObjectId id : waiting) {
      const bool has_room = id.root() == root || stand_ins.Count() < kMost;
      if (has_room && stand_ins.Add(id)) {
        root = id.root();
      } else {
        left.push_back(id);
      }
    }
    const Result<Catalog> read = InScratch(connection, Script(stand_ins.Attempts()), search_path, as_replica,
                                           [&] { return ReadCatalog(connection, {}, {.temporary = true}); });
    if (!read) return std::unexpected(read.error());
    for (const auto& [id, stand_in] : stand_ins.Names()) {
      const Object* object = read->schema.Find(stand_in);
      if (object == nullptr) continue;
      explanation.NoteSpelling(id, *object);
      Adopt(live, desired, id, *object);
    }
    if (left.size() == waiting.size()) break;  // Each needs two of one name: a partition named as its parent elsewhere.
    waiting = std::move(left);
  }
  return {};
}

}  // namespace schemadiff
