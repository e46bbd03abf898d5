#include "canonical/explanation.h"

#include <fmt/format.h>

#include "canonical/pairs.h"

namespace schemadiff {

void Explanation::Note(std::string_view reason, const Schema& live, Schema& desired) {
  if (object_.empty()) return;
  for (auto [id, object] : desired) {
    const Object* counterpart = live.Find(id);
    if (counterpart == nullptr || (id.ToString() != object_ && id.root().ToString() != object_)) continue;
    std::vector<Pair>& pairs = pairs_[id];
    std::size_t index = 0;
    Visit(
        [&](auto& attributes) {
          using Kind = std::remove_cvref_t<decltype(attributes)>;
          if constexpr (HasFields<Kind>) {
            ForEachExpressionPair(counterpart->As<Kind>(), attributes, [&](const Expression& a, const Expression& b) {
              if (index == pairs.size())
                pairs.push_back({.live = a.sql, .files = b.Text(), .server = "", .reason = ""});
              Pair& pair = pairs[index++];
              if (a == b && pair.reason.empty()) pair.reason = reason;
            });
          }
        },
        object.attributes);
  }
}

void Explanation::NoteSpelling(ObjectId id, const Object& spelled) {
  const auto found = pairs_.find(id);
  if (found == pairs_.end()) return;
  std::size_t index = 0;
  Visit(
      [&](const auto& attributes) {
        if constexpr (HasFields<std::remove_cvref_t<decltype(attributes)>>) {
          ForEachExpression(attributes, [&](const Expression& expression) {
            if (index < found->second.size()) found->second[index++].server = expression.sql;
          });
        }
      },
      spelled.attributes);
}

Result<std::vector<std::string>> Explanation::Lines() const {
  std::vector<std::string> lines;
  for (const auto& [id, pairs] : pairs_) {
    for (const Pair& pair : pairs) {
      if (pair.live.empty() && pair.files.empty()) continue;
      const std::string verdict = pair.reason.empty() ? "different" : "equal, since " + pair.reason;
      std::string line = fmt::format("{} `{}` is taken for {}: `{}` and, in the files, `{}`", Label(id.kind()),
                                     id.ToString(), verdict, pair.live, pair.files);
      if (!pair.server.empty()) line += fmt::format(", which the server spells `{}`", pair.server);
      lines.push_back(std::move(line));
    }
  }
  if (!object_.empty() && lines.empty()) {
    return Error(ErrorCode::kUsage, fmt::format("no expression of `{}` is in both states", object_),
                 "name an object as plans do: `public.orders`, or `public.orders.orders_check`");
  }
  return lines;
}

}  // namespace schemadiff
