#include <doctest/doctest.h>
#include <fmt/format.h>

#include "model/implicit_names.h"
#include "parser/tokens.h"

namespace schemadiff::test::parser_tokens {
namespace {

TEST_CASE("tokens: strings, comments and dollar quotes are one piece") {
  const std::string sql = "a 'it''s' E'\\'x' $q$ ) $q$ -- c )\n\"Q \"\" q\" /* n /* m */ ( */ 1.5";
  const Tokens tokens(sql);
  REQUIRE(tokens.size() == 6);
  CHECK(tokens.Text(1) == "'it''s'");
  CHECK(tokens.Text(2) == "E'\\'x'");
  CHECK(tokens.Text(3) == "$q$ ) $q$");
  CHECK(tokens.Text(4) == "\"Q \"\" q\"");
  CHECK(tokens.Text(5) == "1.5");
  CHECK(tokens.comments().size() == 2);
}

TEST_CASE("tokens: an expression ends at a comma, a semicolon or the bracket around it") {
  const std::string sql = "f(a, b) + c[1, 2], d) e";
  const Tokens tokens(sql);
  const std::size_t end = tokens.ExpressionEnd(0, tokens.size());
  CHECK(tokens.Slice(0, end) == "f(a, b) + c[1, 2]");
  CHECK(tokens.SplitAtCommas(0, tokens.size()).size() >= 2);
  CHECK(tokens.Close(1) == 5);
}

TEST_CASE("tokens: a slice drops comments and takes insertions") {
  const std::string sql = "SELECT x -- why\nFROM t";
  const Tokens tokens(sql);
  CHECK(tokens.Slice(0, 4, {{static_cast<std::uint32_t>(sql.find("t", 18)), "app."}}) == "SELECT x\nFROM app.t");
}

TEST_CASE("names are shortened as makeObjectName does: the longer part gives way, no character is cut") {
  CHECK(MakeObjectName("t", "a", "key") == "t_a_key");
  CHECK(MakeObjectName("t", "", "pkey") == "t_pkey");
  const std::string cut = MakeObjectName(std::string(60, 'x'), "col", "fkey");
  CHECK(cut.size() == 63);
  CHECK(cut.ends_with("_col_fkey"));
  const std::string both = MakeObjectName(std::string(50, 'x'), std::string(50, 'y'), "key");
  CHECK(both == fmt::format("{:x<29}_{:y<29}_key", "", ""));
  std::string umlauts;
  for (int i = 0; i < 40; ++i) umlauts += "ü";
  CHECK(MakeObjectName(umlauts, "", "seq").size() <= 63);
  CHECK(MakeObjectName(umlauts, "", "seq").ends_with("ü_seq"));
}

TEST_CASE("a name that is taken gets a number behind its label") {
  const auto taken = [](const std::string& name) { return name == "t_a_check" || name == "t_a_check1"; };
  CHECK(ChooseName("t", "a", "check", taken) == "t_a_check2");
}

}  // namespace
}  // namespace schemadiff::test::parser_tokens
