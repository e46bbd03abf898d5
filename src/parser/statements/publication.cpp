#include <fmt/format.h>

#include <algorithm>

#include "parser/statements/locate.h"
#include "parser/statements/publication_table.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

ObjectId PublicationId(const Statement& statement) {
  return ObjectId::Of(ObjectKind::kPublication, "", statement.node.Text("pubname"));
}

void SetPublish(Interpreter& in, const Statement& statement, const std::string& list, Publication& publication) {
  publication.publishes_insert = publication.publishes_update = false;
  publication.publishes_delete = publication.publishes_truncate = false;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    std::string word = list.substr(begin, end - begin);
    std::erase(word, ' ');
    begin = end + 1;
    if (word == "insert") {
      publication.publishes_insert = true;
    } else if (word == "update") {
      publication.publishes_update = true;
    } else if (word == "delete") {
      publication.publishes_delete = true;
    } else if (word == "truncate") {
      publication.publishes_truncate = true;
    } else if (!word.empty()) {
      in.Error(statement, -1, fmt::format("`{}` cannot be published", word),
               "known are insert, update, delete and truncate");
    }
  }
}

void SetPublicationOptions(Interpreter& in, const Statement& statement, Publication& publication) {
  for (const Node item : statement.node["options"].Items()) {
    const std::string_view name = item["DefElem"].Text("defname");
    const std::string text = OptionText(item["DefElem"]["arg"]);
    const bool is_true = text == "true" || text == "on" || text == "1";
    if (name == "publish") SetPublish(in, statement, text, publication);
    if (name == "publish_via_partition_root") publication.via_partition_root = is_true;
    // Until it had a word of its own it was a boolean; without a value it is `stored`.
    if (name == "publish_generated_columns") {
      publication.generated_columns = is_true || text == "stored" ? "stored" : "none";
    }
  }
}

// The schemas among the objects of the statement; nothing while one does not exist.
std::optional<std::vector<ObjectId>> SchemasIn(Interpreter& in, const Statement& statement) {
  std::vector<ObjectId> schemas;
  for (const Node item : statement.node["pubobjects"].Items()) {
    const Node spec = item["PublicationObjSpec"];
    const std::string_view type = spec.Text("pubobjtype");
    std::string name(spec.Text("name"));
    if (type == "PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA") {
      name = statement.search_path->empty() ? "public" : statement.search_path->front();
    } else if (type != "PUBLICATIONOBJ_TABLES_IN_SCHEMA") {
      continue;
    }
    const ObjectId id = ObjectId::Of(ObjectKind::kNamespace, "", name);
    if (!in.schema().Contains(id) && name != "public") {
      in.Waiting(statement, spec.Location(), "schema", name);
      return std::nullopt;
    }
    if (!std::ranges::contains(schemas, id)) schemas.push_back(id);
  }
  std::ranges::sort(schemas);
  return schemas;
}

void SetSchemas(Object& object, std::vector<ObjectId> schemas) {
  std::ranges::sort(schemas);
  object.edges.clear();
  for (const ObjectId schema : schemas) object.edges.push_back({schema});
  object.As<Publication>().schemas = std::move(schemas);
}

Outcome CreatePublication(Interpreter& in, const Statement& statement) {
  const auto schemas = SchemasIn(in, statement);
  if (!schemas || !TablesExist(in, statement)) return Outcome::kWaiting;
  Publication publication{.all_tables = statement.node.Bool("for_all_tables")};
  SetPublicationOptions(in, statement, publication);
  Object object = in.NewObject(statement, -1, PublicationId(statement), std::move(publication));
  SetSchemas(object, *schemas);
  if (in.Create(statement, std::move(object))) AddTables(in, statement, PublicationId(statement));
  return Outcome::kDone;
}

// ADD, DROP and SET of tables and schemas, or SET of options alone.
Outcome AlterPublication(Interpreter& in, const Statement& statement) {
  const ObjectId id = PublicationId(statement);
  if (!in.schema().Contains(id)) return in.Waiting(statement, -1, "publication", id.name());
  const auto named = SchemasIn(in, statement);
  if (!named || !TablesExist(in, statement)) return Outcome::kWaiting;
  const std::string_view action = statement.node.Text("action");
  SetPublicationOptions(in, statement, in.schema().Find(id)->As<Publication>());
  if (!statement.node["pubobjects"]) return Outcome::kDone;
  std::vector<ObjectId> schemas = in.schema().Find(id)->As<Publication>().schemas;
  if (action == "AP_SetObjects") {
    schemas = *named;
    DropAllTables(in, id);
  } else if (action == "AP_DropObjects") {
    std::erase_if(schemas, [&](ObjectId schema) { return std::ranges::contains(*named, schema); });
    DropTables(in, statement, id);
  } else {
    for (const ObjectId schema : *named) {
      if (!std::ranges::contains(schemas, schema)) schemas.push_back(schema);
    }
  }
  SetSchemas(*in.schema().Find(id), std::move(schemas));
  if (action != "AP_DropObjects") AddTables(in, statement, id);
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<Publication>(StatementRegistry& registry) {
  registry.statements["CreatePublicationStmt"] = CreatePublication;
  registry.statements["AlterPublicationStmt"] = AlterPublication;
  registry.locators["OBJECT_PUBLICATION"] = LocateGlobal<ObjectKind::kPublication>;
}

}  // namespace schemadiff
