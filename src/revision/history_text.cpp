#include "revision/history_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "parser/secrets.h"
#include "parser/tokens.h"
#include "report/words.h"
#include "support/redact.h"

namespace schemadiff {
namespace {

using List = RevisionGraph::List;

std::string Joined(const List& revisions) {
  std::string out;
  for (const Revision* revision : revisions) out += (out.empty() ? "" : ", ") + OneLine(revision->id);
  return out;
}

std::string Marks(const RevisionGraph& graph, const Revision& revision) {
  const std::size_t parents = graph.Parents(revision).size();
  const std::size_t children = graph.Children(revision).size();
  std::string out;
  if (children == 0) out += " (head)";
  if (parents > 1) out += " (merge)";
  if (children > 1) out += " (branch point)";
  if (parents == 0) out += " (base)";
  if (!revision.replaces.empty()) out += fmt::format(" (squash of {})", revision.replaces.size());
  return out;
}

std::string Line(const RevisionGraph& graph, const Revision& revision, const std::string& parents) {
  std::string out = OneLine(revision.id);
  if (!revision.message.empty()) out += "  " + OneLine(revision.message);
  if (!parents.empty()) out += " <- " + parents;
  return out + Marks(graph, revision) + "\n";
}

void Fact(std::string& out, std::string_view name, const std::string& value) {
  if (!value.empty()) out += fmt::format("{:<9} {}\n", name, OneLine(value));
}

}  // namespace

std::string HistoryText(const RevisionGraph& graph, const List& listed) {
  std::string out;
  for (std::size_t i = listed.size(); i-- > 0;) {
    const List parents = graph.Parents(*listed[i]);
    const bool simple = parents.empty() || (parents.size() == 1 && i > 0 && parents.front() == listed[i - 1]);
    out += Line(graph, *listed[i], simple ? std::string() : Joined(parents));
  }
  return out;
}

std::string HeadsText(const RevisionGraph& graph) {
  std::string out;
  for (const Revision* head : std::views::reverse(graph.Heads())) out += Line(graph, *head, {});
  return out;
}

std::string BranchesText(const RevisionGraph& graph) {
  std::string out;
  for (const Revision* point : std::views::reverse(graph.BranchPoints())) {
    out += Line(graph, *point, {});
    for (const Revision* child : graph.Children(*point)) out += "  -> " + Line(graph, *child, {});
  }
  return out;
}

std::string RevisionFacts(const RevisionGraph& graph, const Revision& revision) {
  std::string out;
  Fact(out, "revision", revision.id + Marks(graph, revision));
  Fact(out, "message", revision.message);
  Fact(out, "rests on", Joined(graph.Parents(revision)));
  Fact(out, "under", Joined(graph.Children(revision)));
  std::string replaced;
  for (const ReplacedRevision& each : revision.replaces) replaced += (replaced.empty() ? "" : ", ") + each.id;
  Fact(out, "replaces", replaced);
  Fact(out, "created", revision.created);
  std::string made_by = revision.tool.empty() ? std::string() : "schemadiff " + revision.tool;
  if (revision.postgres_version != 0) {
    made_by += fmt::format("{}for PostgreSQL {}", made_by.empty() ? "" : ", ", revision.postgres_version);
  }
  Fact(out, revision.tool.empty() ? "made" : "made by", made_by);
  Fact(out, "before", revision.before);
  Fact(out, "after", revision.after);
  Fact(out, "checksum", revision.checksum);
  if (revision.file) Fact(out, "file", revision.file->path());
  Fact(out, "way back", revision.down ? revision.down->path() : "none");
  return out;
}

std::string WithoutSecrets(const SourceFile& file) {
  return MaskSecrets(WithoutSecrets(file.text(), SecretRanges(Tokens(file.text()))));
}

std::string RevisionSql(const Revision& revision) {
  const bool one_file = revision.file && revision.down && revision.down->path() == revision.file->path();
  std::string out;
  for (const SourceFile* file : {revision.file.get(), revision.down.get()}) {
    if (file == nullptr) continue;
    std::string text = WithoutSecrets(*file);
    if (one_file) {
      constexpr const char* kSpace = " \r\n";
      text.erase(0, std::min(text.find_first_not_of(kSpace), text.size()));
      text.resize(text.find_last_not_of(kSpace) + 1);
      if (file == revision.down.get()) out += "\n-- way back";
    }
    out += "\n" + Printable(text);
    if (out.back() != '\n') out += '\n';
  }
  return out;
}

}  // namespace schemadiff
