#include "planner/secrets.h"

#include <algorithm>

#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr std::string_view kMask = "***";

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// A connection string is secret as a whole; messages quote parts of it. Its keywords are no secret.
std::vector<std::string> PartsOf(const std::string& value) {
  constexpr std::string_view kSeparators = " \t\n='\"\\/@:&?,;";
  std::vector<std::string> parts = {value};
  for (std::size_t i = 0; i < value.size();) {
    const std::size_t end = std::min(value.find_first_of(kSeparators, i), value.size());
    const std::size_t next = std::min(value.find_first_not_of(" \t", end), value.size());
    const bool keyword = next < value.size() && value[next] == '=';
    if (end > i && !keyword) parts.push_back(value.substr(i, end - i));
    i = end + 1;
  }
  return parts;
}

void MaskWord(std::string& text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
    const std::size_t end = at + word.size();
    const bool within = (at > 0 && IsWord(text[at - 1]) && IsWord(word.front())) ||
                        (end < text.size() && IsWord(text[end]) && IsWord(word.back()));
    if (within) {
      ++at;
    } else {
      text.replace(at, word.size(), kMask);
      at += kMask.size();
    }
  }
}

}  // namespace

SecretSql& SecretSql::operator+=(const SecretSql& other) {
  shown_ += other.shown_;
  real_ += other.real_;
  values_.insert(values_.end(), other.values_.begin(), other.values_.end());
  return *this;
}

void SecretSql::AddSecret(const std::string& value) {
  shown_ += QuoteLiteral(kMask);
  real_ += QuoteLiteral(value);
  values_.push_back(value);
}

void Secrets::Keep(std::size_t statement, const SecretSql& sql) {
  if (!sql.HasSecrets()) return;
  real_[statement] = sql.real_;
  for (const std::string& value : sql.values_) {
    std::ranges::copy_if(PartsOf(value), std::back_inserter(values_), [](const auto& part) { return !part.empty(); });
  }
  std::ranges::sort(values_, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  values_.erase(std::ranges::unique(values_).begin(), values_.end());
}

bool Secrets::Holds(std::string_view value) const { return std::ranges::contains(values_, value); }

std::vector<std::string> Secrets::Reveal(const std::vector<std::string>& shown) const {
  std::vector<std::string> statements = shown;
  for (const auto& [index, sql] : real_) statements.at(index) = sql;
  return statements;
}

std::string Secrets::Mask(std::string_view text) const {
  std::string out(text);
  for (const std::string& value : values_) MaskWord(out, value);
  return out;
}

}  // namespace schemadiff
