#include "planner/generic_options.h"

#include <algorithm>
#include <array>

#include "support/quote.h"

namespace schemadiff {
namespace {

bool SpeaksOfSecret(std::string name) {
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  constexpr auto kWords = std::to_array<std::string_view>({"pass", "secret", "token", "key", "credential"});
  return std::ranges::any_of(kWords, [&](std::string_view word) { return name.contains(word); });
}

SecretSql Item(std::string_view action, const std::string& name, const std::string& value, Secrecy secrecy) {
  SecretSql sql(std::string(action) + QuoteIdentifier(name) + " ");
  if (secrecy == Secrecy::kAll || (secrecy == Secrecy::kSome && SpeaksOfSecret(name))) {
    sql.AddSecret(value);
  } else {
    sql += QuoteLiteral(value);
  }
  return sql;
}

SecretSql Listed(const std::vector<SecretSql>& items) {
  SecretSql sql;
  for (const SecretSql& item : items) {
    sql += sql.shown().empty() ? " OPTIONS (" : ", ";
    sql += item;
  }
  if (!items.empty()) sql += ")";
  return sql;
}

}  // namespace

SecretSql GenericOptions(const Options& options, Secrecy secrecy) {
  std::vector<SecretSql> items;
  for (const auto& [name, value] : options) items.push_back(Item("", name, value, secrecy));
  return Listed(items);
}

SecretSql ChangedGenericOptions(const Options& before, const Options& after, Secrecy secrecy) {
  std::vector<SecretSql> items;
  for (const auto& [name, value] : before) {
    if (!after.contains(name)) items.emplace_back("DROP " + QuoteIdentifier(name));
  }
  for (const auto& [name, value] : after) {
    const auto old = before.find(name);
    if (old == before.end()) items.push_back(Item("ADD ", name, value, secrecy));
    if (old != before.end() && old->second != value) items.push_back(Item("SET ", name, value, secrecy));
  }
  return Listed(items);
}

std::string GenericOptions(const Options& options) { return GenericOptions(options, Secrecy::kNone).shown(); }

std::string ChangedGenericOptions(const Options& before, const Options& after) {
  return ChangedGenericOptions(before, after, Secrecy::kNone).shown();
}

}  // namespace schemadiff
