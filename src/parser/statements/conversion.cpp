#include <algorithm>
#include <array>
#include <unordered_map>

#include "parser/references.h"
#include "parser/statements/locate.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// The names that pg_encoding_to_char() prints, by what pg_char_to_encoding() makes of other spellings: letters and
// digits in lower case (src/common/encnames.c).
std::string EncodingName(std::string_view written) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"SQL_ASCII",     "EUC_JP",  "EUC_CN",  "EUC_KR",  "EUC_TW",     "EUC_JIS_2004", "UTF8",
       "MULE_INTERNAL", "LATIN1",  "LATIN2",  "LATIN3",  "LATIN4",     "LATIN5",       "LATIN6",
       "LATIN7",        "LATIN8",  "LATIN9",  "LATIN10", "WIN1256",    "WIN1258",      "WIN866",
       "WIN874",        "KOI8R",   "WIN1251", "WIN1252", "ISO_8859_5", "ISO_8859_6",   "ISO_8859_7",
       "ISO_8859_8",    "WIN1250", "WIN1253", "WIN1254", "WIN1255",    "WIN1257",      "KOI8U",
       "SJIS",          "BIG5",    "GBK",     "UHC",     "GB18030",    "JOHAB",        "SHIFT_JIS_2004"});
  static const std::unordered_map<std::string, std::string> aliases = {
      {"unicode", "UTF8"},        {"utf8", "UTF8"},           {"abc", "WIN1258"},         {"alt", "WIN866"},
      {"iso88591", "LATIN1"},     {"iso88592", "LATIN2"},     {"iso88593", "LATIN3"},     {"iso88594", "LATIN4"},
      {"iso88599", "LATIN5"},     {"iso885910", "LATIN6"},    {"iso885913", "LATIN7"},    {"iso885914", "LATIN8"},
      {"iso885915", "LATIN9"},    {"iso885916", "LATIN10"},   {"koi8", "KOI8R"},          {"mskanji", "SJIS"},
      {"shiftjis", "SJIS"},       {"tcvn", "WIN1258"},        {"tcvn5712", "WIN1258"},    {"vscii", "WIN1258"},
      {"win", "WIN1251"},         {"win932", "SJIS"},         {"win936", "GBK"},          {"win949", "UHC"},
      {"win950", "BIG5"},         {"windows1250", "WIN1250"}, {"windows1251", "WIN1251"}, {"windows1252", "WIN1252"},
      {"windows1253", "WIN1253"}, {"windows1254", "WIN1254"}, {"windows1255", "WIN1255"}, {"windows1256", "WIN1256"},
      {"windows1257", "WIN1257"}, {"windows1258", "WIN1258"}, {"windows866", "WIN866"},   {"windows874", "WIN874"},
      {"windows932", "SJIS"},     {"windows936", "GBK"},      {"windows949", "UHC"},      {"windows950", "BIG5"},
  };
  const auto reduced = [](std::string_view text) {
    std::string out;
    for (const unsigned char c : text) {
      if (std::isalnum(c)) out += static_cast<char>(std::tolower(c));
    }
    return out;
  };
  const std::string wanted = reduced(written);
  const auto name = std::ranges::find_if(kNames, [&](std::string_view known) { return reduced(known) == wanted; });
  if (name != kNames.end()) return std::string(*name);
  const auto alias = aliases.find(wanted);
  return alias == aliases.end() ? std::string(written) : alias->second;
}

Outcome CreateConversion(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const QualifiedName name = in.NewName(statement, Strings(node["conversion_name"]));
  std::vector<Edge> edges;
  Conversion conversion{
      .source = EncodingName(node.Text("for_encoding_name")),
      .target = EncodingName(node.Text("to_encoding_name")),
      .function = ResolveReference(in, statement, NameSpace::kRoutine, Strings(node["func_name"]), edges),
      .is_default = node.Bool("def")};
  Object object =
      in.NewObject(statement, -1, ObjectId::Of(ObjectKind::kConversion, name.schema, name.name), std::move(conversion));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<Conversion>(StatementRegistry& registry) {
  registry.statements["CreateConversionStmt"] = CreateConversion;
  registry.locators["OBJECT_CONVERSION"] = LocateInSchema<ObjectKind::kConversion>;
}

}  // namespace schemadiff
