#include <fmt/format.h>
#include <yyjson.h>

#include <cstdlib>
#include <memory>
#include <ranges>

#include "revision/history_text.h"
#include "support/check.h"

namespace schemadiff {
namespace {

using List = RevisionGraph::List;

constexpr const char* kFormatName = "schemadiff-revisions";
constexpr int kFormatVersion = 1;

struct Free {
  void operator()(char* text) const { std::free(text); }
  void operator()(yyjson_mut_doc* doc) const { yyjson_mut_doc_free(doc); }
};

class Writer {
 public:
  explicit Writer(const RevisionGraph& graph) : graph_(graph), doc_(yyjson_mut_doc_new(nullptr)) {
    Ensure(doc_ != nullptr, "out of memory");
  }

  std::string Write(const List& listed, bool with_sql) {
    yyjson_mut_val* root = yyjson_mut_obj(doc());
    yyjson_mut_obj_add_str(doc(), root, "format", kFormatName);
    yyjson_mut_obj_add_int(doc(), root, "version", kFormatVersion);
    yyjson_mut_val* revisions = yyjson_mut_obj_add_arr(doc(), root, "revisions");
    for (const Revision* revision : std::views::reverse(listed)) {
      yyjson_mut_val* object = Facts(*revision);
      if (with_sql) AddText(*revision, object);
      yyjson_mut_arr_append(revisions, object);
    }
    yyjson_mut_doc_set_root(doc(), root);
    std::size_t length = 0;
    const std::unique_ptr<char, Free> text(yyjson_mut_write(
        doc(), YYJSON_WRITE_PRETTY_TWO_SPACES | YYJSON_WRITE_ALLOW_INVALID_UNICODE | YYJSON_WRITE_NEWLINE_AT_END,
        &length));
    Ensure(text != nullptr, "revisions can be written as JSON");
    return {text.get(), length};
  }

 private:
  yyjson_mut_doc* doc() { return doc_.get(); }

  void Add(yyjson_mut_val* object, const char* key, const std::string& value) {
    yyjson_mut_obj_add_strncpy(doc(), object, key, value.data(), value.size());
  }

  // What is not known is null.
  void AddKnown(yyjson_mut_val* object, const char* key, const std::string& value) {
    if (value.empty()) {
      yyjson_mut_obj_add_null(doc(), object, key);
    } else {
      Add(object, key, value);
    }
  }

  void AddIds(yyjson_mut_val* object, const char* key, const List& revisions) {
    yyjson_mut_val* ids = yyjson_mut_obj_add_arr(doc(), object, key);
    for (const Revision* revision : revisions) {
      yyjson_mut_arr_add_strncpy(doc(), ids, revision->id.data(), revision->id.size());
    }
  }

  void AddText(const Revision& revision, yyjson_mut_val* object) {
    AddKnown(object, "sql", revision.file ? WithoutSecrets(*revision.file) : std::string());
    AddKnown(object, "down_sql", revision.down ? WithoutSecrets(*revision.down) : std::string());
  }

  yyjson_mut_val* Facts(const Revision& revision) {
    yyjson_mut_val* object = yyjson_mut_obj(doc());
    const List parents = graph_.Parents(revision);
    const List children = graph_.Children(revision);
    Add(object, "id", revision.id);
    Add(object, "message", revision.message);
    AddIds(object, "parents", parents);
    AddIds(object, "children", children);
    yyjson_mut_obj_add_bool(doc(), object, "head", children.empty());
    yyjson_mut_obj_add_bool(doc(), object, "merge", parents.size() > 1);
    yyjson_mut_obj_add_bool(doc(), object, "branch_point", children.size() > 1);
    yyjson_mut_obj_add_bool(doc(), object, "base", parents.empty());
    AddKnown(object, "created", revision.created);
    AddKnown(object, "tool", revision.tool);
    if (revision.postgres_version == 0) {
      yyjson_mut_obj_add_null(doc(), object, "postgres_version");
    } else {
      yyjson_mut_obj_add_int(doc(), object, "postgres_version", revision.postgres_version);
    }
    AddKnown(object, "before", revision.before);
    AddKnown(object, "after", revision.after);
    yyjson_mut_val* replaces = yyjson_mut_obj_add_arr(doc(), object, "replaces");
    for (const ReplacedRevision& replaced : revision.replaces) {
      yyjson_mut_val* each = yyjson_mut_arr_add_obj(doc(), replaces);
      Add(each, "id", replaced.id);
      Add(each, "checksum", replaced.checksum);
    }
    AddKnown(object, "file", revision.file ? revision.file->path() : std::string());
    AddKnown(object, "down", revision.down ? revision.down->path() : std::string());
    AddKnown(object, "checksum", revision.checksum);
    return object;
  }

  const RevisionGraph& graph_;
  std::unique_ptr<yyjson_mut_doc, Free> doc_;
};

}  // namespace

std::string RevisionsJson(const RevisionGraph& graph, const List& listed) { return Writer(graph).Write(listed, false); }

std::string RevisionJson(const RevisionGraph& graph, const Revision& revision) {
  return Writer(graph).Write({&revision}, true);
}

}  // namespace schemadiff
