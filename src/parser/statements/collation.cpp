#include <fmt/format.h>

#include <algorithm>

#include "parser/interpreter.h"
#include "parser/own_collations.h"
#include "parser/references.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

ObjectId FindCollation(const Interpreter& in, const Statement& statement, const std::vector<std::string>& parts) {
  if (parts.empty()) return {};
  const SearchPath path = parts.size() > 1 ? SearchPath{parts[parts.size() - 2]} : *statement.search_path;
  for (const std::string& schema : path) {
    const ObjectId id = ObjectId::Of(ObjectKind::kCollation, schema, parts.back());
    if (in.schema().Contains(id)) return id;
  }
  return {};
}

// FROM copies everything but the name. Which locales the server's own collations stand for only the server knows.
Outcome CopyCollation(Interpreter& in, const Statement& statement, Node option, Collation& collation,
                      std::vector<Edge>& edges) {
  const std::vector<std::string> parts = NameInOption(option["arg"]);
  const Resolution found = in.names().Resolve(NameSpace::kCollation, parts, *statement.search_path);
  if (found.origin == Resolution::Origin::kDeclared) {
    const ObjectId id = FindCollation(in, statement, parts);
    if (!id) return in.Waiting(statement, option.Location(), "collation", Join(parts, "."));
    const Object& source = *in.schema().Find(id);
    collation = source.As<Collation>();
    if (!collation.copied_from.empty()) edges = source.edges;
  } else if (parts.back() == "C" || parts.back() == "POSIX") {
    collation.lc_collate = collation.lc_ctype = parts.back();
  } else {
    collation.copied_from = ResolveReference(in, statement, NameSpace::kCollation, parts, edges);
  }
  return Outcome::kDone;
}

void SetProvider(Interpreter& in, const Statement& statement, Node option, Collation& collation) {
  std::string provider = OptionText(option["arg"]);
  std::ranges::transform(provider, provider.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (provider == "icu") {
    collation.provider = Collation::Provider::kIcu;
  } else if (provider == "builtin") {
    collation.provider = Collation::Provider::kBuiltin;
  } else if (provider != "libc") {
    in.Error(statement, option.Location(), fmt::format("collation provider `{}` is unknown", provider),
             "libc, icu and builtin are possible");
  }
}

// What LOCALE stands for depends on the provider. ICU took two locales up to version 14, which had to be the same.
void SettleLocale(Collation& collation) {
  if (collation.provider == Collation::Provider::kLibc) {
    if (collation.locale.empty()) return;
    collation.lc_collate = collation.lc_ctype = std::move(collation.locale);
  } else if (collation.locale.empty()) {
    collation.locale = std::move(collation.lc_collate);
  }
  if (collation.provider != Collation::Provider::kLibc) {
    collation.lc_collate.clear();
    collation.lc_ctype.clear();
  }
  if (collation.provider == Collation::Provider::kLibc) collation.locale.clear();
}

Outcome CreateCollation(Interpreter& in, const Statement& statement) {
  const QualifiedName name = in.NewName(statement, Strings(statement.node["defnames"]));
  Collation collation;
  std::vector<Edge> edges;
  for (const Node item : statement.node["definition"].Items()) {
    const Node option = item["DefElem"];
    const std::string_view key = option.Text("defname");
    const Node argument = option["arg"];
    if (key == "from") {
      if (CopyCollation(in, statement, option, collation, edges) == Outcome::kWaiting) return Outcome::kWaiting;
    } else if (key == "provider") {
      SetProvider(in, statement, option, collation);
    } else if (key == "locale") {
      collation.locale = OptionText(argument);
    } else if (key == "lc_collate") {
      collation.lc_collate = OptionText(argument);
    } else if (key == "lc_ctype") {
      collation.lc_ctype = OptionText(argument);
    } else if (key == "deterministic") {
      collation.deterministic = FlagOf(argument);
    } else if (key == "rules") {
      collation.rules = OptionText(argument);
    } else if (key != "version") {  // That of the provider's library where pg_dump or pg_upgrade ran.
      ReportUnknownOption(in, statement, option, "a collation");
    }
  }
  SettleLocale(collation);
  Object object =
      in.NewObject(statement, -1, ObjectId::Of(ObjectKind::kCollation, name.schema, name.name), std::move(collation));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

// ALTER COLLATION ... REFRESH VERSION: the version is none of the schema's.
Outcome RefreshVersion(Interpreter& in, const Statement& statement) {
  const std::vector<std::string> parts = Strings(statement.node["collname"]);
  if (FindCollation(in, statement, parts)) return Outcome::kDone;
  return in.Waiting(statement, -1, "collation", Join(parts, "."));
}

ObjectId LocateCollation(Interpreter& in, const Statement& statement, Node object) {
  return FindCollation(in, statement, Strings(object));
}

}  // namespace

template <>
void RegisterStatements<Collation>(StatementRegistry& registry) {
  registry.statements["OBJECT_COLLATION"] = CreateCollation;
  registry.statements["AlterCollationStmt"] = RefreshVersion;
  registry.declarations.emplace(
      "OBJECT_COLLATION",
      StatementRegistry::Declaration{NameSpace::kCollation, ObjectKind::kCollation, NamesIn<"defnames">});
  registry.locators["OBJECT_COLLATION"] = LocateCollation;
  registry.finishers.push_back(RemoveOwnCollations);
}

}  // namespace schemadiff
