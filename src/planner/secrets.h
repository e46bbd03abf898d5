// Secrets within statements: passwords of user mappings, connection strings of subscriptions. A step's SQL shows them
// as
// `***` from the moment it is made; what they are is kept apart, for the server alone.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace schemadiff {

/// A statement in the making.
class SecretSql {
 public:
  SecretSql() = default;
  SecretSql(std::string text) : shown_(std::move(text)), real_(shown_) {}  // NOLINT: text holds no secret
  SecretSql(const char* text) : SecretSql(std::string(text)) {}            // NOLINT: likewise

  SecretSql& operator+=(const SecretSql& other);
  /// Appends a string constant that is shown as '***'.
  void AddSecret(const std::string& value);

  /// As it may be shown and saved.
  const std::string& shown() const { return shown_; }
  bool HasSecrets() const { return !values_.empty(); }

 private:
  friend class Secrets;
  std::string shown_;
  std::string real_;
  std::vector<std::string> values_;
};

/// The secrets of a step. Nothing shows or saves them: a plan that was saved comes back without.
class Secrets {
 public:
  /// Keeps those of the statement at an index of Step::sql.
  void Keep(std::size_t statement, const SecretSql& sql);
  bool empty() const { return real_.empty(); }
  /// Whether one of them is that value.
  bool Holds(std::string_view value) const;

  /// Statements with their secrets, from their shown form: only for sending them to a server.
  std::vector<std::string> Reveal(const std::vector<std::string>& shown) const;
  /// A text, a server's message say, with every secret in it, and every part of one, as `***`.
  std::string Mask(std::string_view text) const;

  bool operator==(const Secrets&) const = default;

 private:
  std::map<std::size_t, std::string> real_;  ///< By index of the statement.
  std::vector<std::string> values_;
};

}  // namespace schemadiff
