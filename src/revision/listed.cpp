#include "revision/listed.h"

#include <fmt/format.h>

#include "report/words.h"

namespace schemadiff {

std::string Listed(const std::vector<std::string>& ids) {
  constexpr std::size_t kShown = 12;
  const bool all = ids.size() <= kShown;
  const std::size_t shown = all ? ids.size() : kShown;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += all && i + 1 == shown ? " and " : ", ";
    out += fmt::format("`{}`", OneLine(ids[i]));
  }
  return all ? out : fmt::format("{} and {} more", out, ids.size() - shown);
}

std::string Listed(const std::vector<const Revision*>& revisions) {
  std::vector<std::string> ids;
  for (const Revision* revision : revisions) ids.push_back(revision->id);
  return Listed(ids);
}

}  // namespace schemadiff
