#include "planner_rules_support.h"

namespace schemadiff::test::planner_text_search {
namespace {

const ObjectId kParser = ObjectId::Of(ObjectKind::kTextSearchParser, "app", "p");
const ObjectId kTemplate = ObjectId::Of(ObjectKind::kTextSearchTemplate, "app", "t");
const ObjectId kDictionary = ObjectId::Of(ObjectKind::kTextSearchDictionary, "app", "d");
const ObjectId kConfiguration = ObjectId::Of(ObjectKind::kTextSearchConfiguration, "app", "c");

Schema ConfigurationWith(TextSearchConfiguration configuration) {
  return SchemaOf({Fact(kConfiguration, std::move(configuration))});
}

Schema DictionaryWith(std::vector<DictionaryOption> options) {
  return SchemaOf({Fact(kDictionary, TextSearchDictionary{.used_template = "simple", .options = std::move(options)})});
}

TEST_CASE("parsers and templates are created with what they have") {
  const TextSearchParser parser{
      .start = "a.s", .get_token = "a.g", .end = "a.e", .headline = "a.h", .lex_types = "a.l"};
  CHECK(
      SqlBetween(Schema(), SchemaOf({Fact(kParser, parser)})) ==
      Sql{"CREATE TEXT SEARCH PARSER app.p (START = a.s, GETTOKEN = a.g, END = a.e, HEADLINE = a.h, LEXTYPES = a.l)"});
  CHECK(SqlBetween(Schema(), SchemaOf({Fact(kTemplate, TextSearchTemplate{.lexize = "a.x"})})) ==
        Sql{"CREATE TEXT SEARCH TEMPLATE app.t (LEXIZE = a.x)"});
}

TEST_CASE("a template of other functions makes what depends on it anew") {
  const auto schema = [](const char* lexize) {
    return SchemaOf(
        {Fact(kTemplate, TextSearchTemplate{.lexize = lexize}),
         Fact(kDictionary, TextSearchDictionary{.used_template = "app.t"}, {kTemplate}),
         Fact(kConfiguration, TextSearchConfiguration{.parser = "\"default\"", .mappings = {{"word", {"app.d"}}}},
              {kDictionary})});
  };
  CHECK(SqlBetween(schema("a.x"), schema("a.y")) ==
        Sql{"DROP TEXT SEARCH CONFIGURATION app.c", "DROP TEXT SEARCH DICTIONARY app.d",
            "DROP TEXT SEARCH TEMPLATE app.t", "CREATE TEXT SEARCH TEMPLATE app.t (LEXIZE = a.y)",
            "CREATE TEXT SEARCH DICTIONARY app.d (TEMPLATE = app.t)",
            "CREATE TEXT SEARCH CONFIGURATION app.c (PARSER = \"default\")",
            "ALTER TEXT SEARCH CONFIGURATION app.c ADD MAPPING FOR word WITH app.d"});
}

TEST_CASE("a dictionary's options change in place and keep their order") {
  CHECK(SqlBetween(Schema(), DictionaryWith({{"stopwords", "'english'"}, {"A b", "1"}})) ==
        Sql{"CREATE TEXT SEARCH DICTIONARY app.d (TEMPLATE = simple, stopwords = 'english', \"A b\" = 1)"});
  const auto steps =
      StepsBetween(DictionaryWith({{"a", "1"}, {"b", "2"}, {"c", "3"}}), DictionaryWith({{"c", "3"}, {"a", "4"}}));
  CHECK(SqlOf(steps) == Sql{"ALTER TEXT SEARCH DICTIONARY app.d (b, c = 3, a = 4)"});
  CHECK(steps.front().undo == "ALTER TEXT SEARCH DICTIONARY app.d (a = 1, b = 2, c = 3)");
  CHECK(HasHazard(steps.front(), HazardKind::kOpaque));
}

TEST_CASE("mappings with the same dictionaries share a statement") {
  const TextSearchConfiguration before{
      .parser = "\"default\"", .mappings = {{"file", {"simple"}}, {"int", {"simple"}}, {"word", {"app.d", "simple"}}}};
  CHECK(SqlBetween(Schema(), ConfigurationWith(before)) ==
        Sql{"CREATE TEXT SEARCH CONFIGURATION app.c (PARSER = \"default\")",
            "ALTER TEXT SEARCH CONFIGURATION app.c ADD MAPPING FOR file, \"int\" WITH simple",
            "ALTER TEXT SEARCH CONFIGURATION app.c ADD MAPPING FOR word WITH app.d, simple"});
  const TextSearchConfiguration after{.parser = "\"default\"",
                                      .mappings = {{"file", {"simple"}}, {"url", {"simple"}}, {"word", {"simple"}}}};
  CHECK(SqlBetween(ConfigurationWith(before), ConfigurationWith(after)) ==
        Sql{"ALTER TEXT SEARCH CONFIGURATION app.c DROP MAPPING FOR \"int\"",
            "ALTER TEXT SEARCH CONFIGURATION app.c ALTER MAPPING FOR word WITH simple",
            "ALTER TEXT SEARCH CONFIGURATION app.c ADD MAPPING FOR url WITH simple"});
}

TEST_CASE("a new configuration is copied, and changed as its author changed it") {
  TextSearchConfiguration copy{.copied_from = "english"};
  copy.Change({.tokens = {"word"}, .dictionaries = {"app.d", "simple"}});
  copy.Change({.way = MappingChange::Way::kReplace, .dictionaries = {"simple", "app.d"}});
  copy.Change({.way = MappingChange::Way::kDrop, .tokens = {"url", "host"}});
  CHECK(SqlBetween(Schema(), ConfigurationWith(copy)) ==
        Sql{"CREATE TEXT SEARCH CONFIGURATION app.c (COPY = english)",
            "ALTER TEXT SEARCH CONFIGURATION app.c ALTER MAPPING FOR word WITH app.d, simple",
            "ALTER TEXT SEARCH CONFIGURATION app.c ALTER MAPPING REPLACE simple WITH app.d",
            "ALTER TEXT SEARCH CONFIGURATION app.c DROP MAPPING IF EXISTS FOR url, host"});
}

}  // namespace
}  // namespace schemadiff::test::planner_text_search
