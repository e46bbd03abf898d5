#include "postgres/rows.h"

#include <charconv>

namespace schemadiff {
namespace {

template <typename T>
T Number(std::string_view text) {
  T value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

Rows::Rows() = default;
Rows::~Rows() = default;
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;

int Rows::size() const { return impl_ ? static_cast<int>(impl_->result.size()) : 0; }
bool Rows::IsNull(int row, int column) const { return impl_->Cell(row, column).is_null(); }
std::string_view Rows::Text(int row, int column) const { return impl_->Cell(row, column).view(); }
bool Rows::Bool(int row, int column) const { return Text(row, column).starts_with('t'); }
std::int64_t Rows::Int(int row, int column) const { return Number<std::int64_t>(Text(row, column)); }
std::uint32_t Rows::Oid(int row, int column) const { return Number<std::uint32_t>(Text(row, column)); }
std::vector<std::string> Rows::Array(int row, int column) const { return ParseArray(Text(row, column)); }

// The manual, "Array Input and Output Syntax". Client encoding is UTF-8, so no byte of a sequence looks like syntax.
std::vector<std::string> ParseArray(std::string_view text) {
  std::vector<std::string> elements;
  // `[0:1]={...}`: bounds that do not start at 1.
  if (text.starts_with('[')) text.remove_prefix(text.find('=') + 1);
  if (text.size() <= 2) return elements;
  text = text.substr(1, text.size() - 2);
  std::string element;
  bool quoted = false;
  bool was_quoted = false;
  const auto finish = [&] {
    elements.push_back(!was_quoted && element == "NULL" ? std::string() : std::move(element));
    element.clear();
    was_quoted = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      quoted = !quoted;
      was_quoted = true;
    } else if (text[i] == ',' && !quoted) {
      finish();
    } else {
      if (text[i] == '\\' && i + 1 < text.size()) ++i;
      element += text[i];
    }
  }
  finish();
  return elements;
}

}  // namespace schemadiff
