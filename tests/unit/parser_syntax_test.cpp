#include <doctest/doctest.h>
#include <fmt/format.h>

#include "parser/syntax.h"

namespace schemadiff::test::parser_syntax {
namespace {

std::string Integers(std::size_t count) {
  std::string json = "[";
  for (std::size_t i = 0; i < count; ++i) json += fmt::format(R"({}{{"n":{}}})", i == 0 ? "" : ",", i);
  return json + "]";
}

TEST_CASE("syntax: what does not fit into a value is there all the same") {
  for (const std::size_t size : {0UZ, 1UZ, 7UZ, 8UZ, 9UZ, 65'534UZ, 65'535UZ, 65'536UZ, 200'000UZ}) {
    CAPTURE(size);
    const SyntaxTree tree(
        fmt::format(R"({{"before":"x","text":"{}","list":{},"after":-3}})", std::string(size, 'y'), Integers(size)));
    CHECK(tree.root().Text("text") == std::string(size, 'y'));
    CHECK(tree.root().Text("before") == "x");
    CHECK(tree.root().Int("after") == -3);
    const Node list = tree.root()["list"];
    REQUIRE(list.Count() == size);
    const std::vector<Node> items = list.Items();
    if (size > 0) CHECK(items.back().Int("n") == static_cast<std::int64_t>(size) - 1);
  }
}

TEST_CASE("syntax: integers of all sizes") {
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{2'147'483'647}, std::int64_t{-2'147'483'648},
        std::int64_t{2'147'483'648}, std::int64_t{-2'147'483'649}, INT64_MAX, INT64_MIN}) {
    const SyntaxTree tree(fmt::format(R"({{"first":1,"value":{},"yes":true,"no":false}})", value));
    CHECK(tree.root().Int("value") == value);
    CHECK(tree.root().Int("first") == 1);
    CHECK(tree.root().Bool("yes"));
    CHECK_FALSE(tree.root().Bool("no"));
    CHECK_FALSE(tree.root().Bool("value"));
  }
}

TEST_CASE("syntax: locations are shifted, unknown ones are not") {
  const SyntaxTree tree(R"({"location":5,"other":5,"items":[{"location":-1},{"stmt_location":7}]})", 100);
  CHECK(tree.root().Location() == 105);
  CHECK(tree.root().Int("other") == 5);
  const std::vector<Node> items = tree.root()["items"].Items();
  REQUIRE(items.size() == 2);
  CHECK(items[0].Location() == -1);
  CHECK(items[1].Int("stmt_location") == 107);
}

TEST_CASE("syntax: of nothing, or too deep, there is no tree") {
  CHECK_FALSE(static_cast<bool>(SyntaxTree("{").root()));
  std::string deep;
  for (int i = 0; i < 30'000; ++i) deep += R"({"location":1,"a":)";
  deep += "1" + std::string(30'000, '}');
  const SyntaxTree tree(deep, 10);
  CHECK_FALSE(static_cast<bool>(tree.root()));
  CHECK(tree.too_deep_at() == 11);
  CHECK(SyntaxTree(R"({"a":{"b":"c"}})").root()["a"].Text("b") == "c");
}

}  // namespace
}  // namespace schemadiff::test::parser_syntax
