#include "dump/dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace schemadiff {
namespace {

// What an object stands with: its table, or for a sequence of its own the table whose column owns it.
ObjectId StandsWith(ObjectId id, const Schema& schema) {
  const ObjectId root = id.root();
  const Object* object = schema.Find(root);
  if (object == nullptr) return root;
  const auto owned = std::ranges::find(object->edges, EdgeKind::kOwnedBy, &Edge::kind);
  return owned == object->edges.end() ? root : owned->target.root();
}

// A name as part of a path on every file system: what one of them forbids is written as %2F.
std::string PathPart(std::string_view name) {
  constexpr std::string_view kForbidden = "/\\:*?\"<>|%";
  std::string part;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool hides = c == '.' && part.empty();
    if (byte < 0x20 || kForbidden.contains(c) || hides) {
      part += fmt::format("%{:02X}", byte);
    } else {
      part += c;
    }
  }
  return part;
}

// `materialized_views` of "materialized view".
std::string FolderOf(ObjectKind kind) {
  std::string name(Label(kind));
  std::ranges::replace_if(name, [](char c) { return c == ' ' || c == '-'; }, '_');
  if (name.ends_with('y')) return name.substr(0, name.size() - 1) + "ies";
  return name + (name.ends_with('s') ? "es" : "s");
}

std::string PathOf(ObjectId owner, DumpLayout layout) {
  const bool outside = owner.schema().empty() && owner.kind() != ObjectKind::kNamespace;
  const std::string& schema = owner.kind() == ObjectKind::kNamespace ? owner.name() : owner.schema();
  switch (layout) {
    case DumpLayout::kSingle: return "schema.sql";
    case DumpLayout::kBySchema: return (outside ? "database" : PathPart(schema)) + ".sql";
    case DumpLayout::kByObject: break;
  }
  if (owner.kind() == ObjectKind::kNamespace) return PathPart(schema) + "/schema.sql";
  return (outside ? "" : PathPart(schema) + "/") + FolderOf(owner.kind()) + "/" + PathPart(owner.name()) + ".sql";
}

// File systems that ignore case would take two such paths for one file: then they are.
std::string WithoutCase(std::string path) {
  std::ranges::transform(path, path.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return path;
}

bool IsLong(const Creation& creation) { return creation.sql.size() > 1 || creation.sql.front().contains('\n'); }

void AppendTo(std::string& text, const Creation& creation, const Creation* previous) {
  // Lines of a kind stand together.
  const bool apart = previous != nullptr && (previous->object.kind() != creation.object.kind() || IsLong(*previous) ||
                                             IsLong(creation) || creation.has_secrets);
  if (apart) text += '\n';
  if (creation.has_secrets) text += "-- What is shown as *** is left out: it stays as the database has it\n";
  for (const std::string& sql : creation.sql) text += sql + ";\n";
}

}  // namespace

std::vector<DumpFile> DumpFiles(const std::vector<Creation>& creations, const Schema& schema, DumpLayout layout) {
  struct Content {
    DumpFile file;
    const Creation* last = nullptr;
  };
  std::map<std::string, Content> contents;
  for (const Creation& creation : creations) {
    std::string path = PathOf(StandsWith(creation.object, schema), layout);
    Content& content = contents[WithoutCase(path)];
    if (content.last == nullptr) content.file.path = std::move(path);
    AppendTo(content.file.text, creation, content.last);
    content.last = &creation;
  }
  std::vector<DumpFile> files;
  for (auto& [key, content] : contents) files.push_back(std::move(content.file));
  return files;
}

}  // namespace schemadiff
