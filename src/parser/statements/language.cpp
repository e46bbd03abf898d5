#include "parser/references.h"
#include "parser/statements/locate.h"

namespace schemadiff {
namespace {

ObjectId LanguageId(std::string_view name) { return ObjectId::Of(ObjectKind::kLanguage, "", name); }

// Without a handler, the name is an extension's (manual: CREATE LANGUAGE): the command installs that.
Outcome CreateLanguage(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const std::string name(node.Text("plname"));
  if (!node["plhandler"]) {
    const ObjectId extension = ObjectId::Of(ObjectKind::kExtension, "", name);
    if (!in.schema().Contains(extension)) {
      in.Create(statement, in.NewObject(statement, -1, extension, Extension{}));
    }
    return Outcome::kDone;
  }
  std::vector<Edge> edges;
  const auto routine = [&](std::string_view member) {
    return ResolveReference(in, statement, NameSpace::kRoutine, Strings(node[member]), edges);
  };
  Language language{.trusted = node.Bool("pltrusted"),
                    .handler = routine("plhandler"),
                    .inline_handler = routine("plinline"),
                    .validator = routine("plvalidator")};
  Object object = in.NewObject(statement, -1, LanguageId(name), std::move(language));
  object.edges = std::move(edges);
  in.CreateOrReplace(statement, std::move(object), node.Bool("replace"));
  return Outcome::kDone;
}

// Functions and transforms come after the language in which they are written.
void FollowLanguages(Interpreter& in) {
  for (auto [id, object] : in.schema().OfKind(ObjectKind::kRoutine)) {
    const ObjectId language = LanguageId(object.As<Routine>().language);
    if (in.schema().Contains(language)) object.edges.push_back({language});
  }
}

}  // namespace

template <>
void RegisterStatements<Language>(StatementRegistry& registry) {
  registry.statements["CreatePLangStmt"] = CreateLanguage;
  registry.locators["OBJECT_LANGUAGE"] = LocateGlobal<ObjectKind::kLanguage>;
  registry.finishers.push_back(FollowLanguages);
}

}  // namespace schemadiff
