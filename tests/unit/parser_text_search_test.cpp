#include "parser_support.h"

namespace schemadiff::test::parser_text_search {
namespace {

const ObjectId kConfiguration = Public(ObjectKind::kTextSearchConfiguration, "c");

const TextSearchConfiguration& ConfigurationOf(const DesiredState& state) {
  return Get(state, kConfiguration).As<TextSearchConfiguration>();
}

// A function of PostgreSQL's own under another name.
std::string Function(const std::string& name, const std::string& arguments, const std::string& symbol) {
  return "CREATE FUNCTION " + name + "(" + arguments + ") RETURNS internal LANGUAGE internal AS '" + symbol + "';";
}

}  // namespace

TEST_CASE("a text search parser and its functions") {
  const DesiredState state = StateOf(
      "CREATE TEXT SEARCH PARSER p (START = my_start, GETTOKEN = prsd_nexttoken, END = pg_catalog.prsd_end,"
      " LEXTYPES = prsd_lextype);" +
      Function("my_start", "internal, int", "prsd_start"));
  const Object& object = Get(state, Public(ObjectKind::kTextSearchParser, "p"));
  CHECK(object.As<TextSearchParser>() == TextSearchParser{.start = "public.my_start",
                                                          .get_token = "pg_catalog.prsd_nexttoken",
                                                          .end = "pg_catalog.prsd_end",
                                                          .lex_types = "pg_catalog.prsd_lextype"});
  CHECK(HasEdge(object, Public(ObjectKind::kRoutine, "my_start", "internal, integer")));
}

TEST_CASE("a text search template and a dictionary of it") {
  const DesiredState state = StateOf(
      "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = t, StopWords = english, Accept = false, MaxLen = 3, \"Q\" = 'a\\b');"
      "CREATE TEXT SEARCH TEMPLATE t (INIT = dsimple_init, LEXIZE = dsimple_lexize);");
  CHECK(Get(state, Public(ObjectKind::kTextSearchTemplate, "t")).As<TextSearchTemplate>() ==
        TextSearchTemplate{.init = "pg_catalog.dsimple_init", .lexize = "pg_catalog.dsimple_lexize"});
  const Object& object = Get(state, Public(ObjectKind::kTextSearchDictionary, "d"));
  const TextSearchDictionary& dictionary = object.As<TextSearchDictionary>();
  CHECK(dictionary.used_template == "public.t");
  CHECK(HasEdge(object, Public(ObjectKind::kTextSearchTemplate, "t")));
  CHECK(dictionary.options ==
        std::vector<DictionaryOption>{
            {"stopwords", "'english'"}, {"accept", "'false'"}, {"maxlen", "3"}, {"Q", "E'a\\\\b'"}});
}

TEST_CASE("a dictionary's option that is set moves to the end, without a value it goes") {
  const DesiredState state = StateOf(
      "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, a = 1, b = 2, c = 3);"
      "ALTER TEXT SEARCH DICTIONARY d (a = 4, b)");
  const Object& object = Get(state, Public(ObjectKind::kTextSearchDictionary, "d"));
  CHECK(object.As<TextSearchDictionary>().used_template == "simple");
  CHECK(object.As<TextSearchDictionary>().options == std::vector<DictionaryOption>{{"c", "3"}, {"a", "4"}});
}

TEST_CASE("mappings of a configuration are kept by token") {
  const std::string sql =
      "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple); CREATE TEXT SEARCH CONFIGURATION c (PARSER = default);"
      "ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word, asciiword WITH d, english_stem;"
      "ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR int WITH simple;";
  const std::vector<std::string> both{"public.d", "english_stem"};
  const DesiredState state = StateOf(sql);
  CHECK(ConfigurationOf(state).parser == "\"default\"");
  CHECK(ConfigurationOf(state).mappings ==
        std::vector<TokenMapping>{{"asciiword", both}, {"int", {"simple"}}, {"word", both}});
  CHECK(HasEdge(Get(state, kConfiguration), Public(ObjectKind::kTextSearchDictionary, "d")));
  const auto after = [&](const std::string& what) {
    return ConfigurationOf(StateOf(sql + "ALTER TEXT SEARCH CONFIGURATION c " + what)).mappings;
  };
  CHECK(after("ALTER MAPPING FOR int WITH d") ==
        std::vector<TokenMapping>{{"asciiword", both}, {"int", {"public.d"}}, {"word", both}});
  CHECK(after("ALTER MAPPING REPLACE english_stem WITH simple") ==
        std::vector<TokenMapping>{
            {"asciiword", {"public.d", "simple"}}, {"int", {"simple"}}, {"word", {"public.d", "simple"}}});
  CHECK(after("ALTER MAPPING FOR word REPLACE d WITH simple") ==
        std::vector<TokenMapping>{{"asciiword", both}, {"int", {"simple"}}, {"word", {"simple", "english_stem"}}});
  CHECK(after("DROP MAPPING FOR word, asciiword") == std::vector<TokenMapping>{{"int", {"simple"}}});
}

TEST_CASE("what copies one of the server's configurations is known once the server said what that has") {
  const DesiredState state = StateOf(
      "CREATE TEXT SEARCH CONFIGURATION c (COPY = english);"
      "ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH simple;"
      "ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR int;");
  TextSearchConfiguration configuration = ConfigurationOf(state);
  CHECK(configuration.copied_from == "english");
  CHECK(configuration.mappings.empty());
  configuration.TakeCopied(
      {.parser = "\"default\"", .mappings = {{"file", {"simple"}}, {"int", {"simple"}}, {"word", {"english_stem"}}}});
  CHECK(configuration ==
        TextSearchConfiguration{.parser = "\"default\"", .mappings = {{"file", {"simple"}}, {"word", {"simple"}}}});
}

TEST_CASE("a declared configuration is copied as it is then") {
  const DesiredState state = StateOf(
      "CREATE TEXT SEARCH CONFIGURATION b (PARSER = default);"
      "ALTER TEXT SEARCH CONFIGURATION b ADD MAPPING FOR word WITH simple;"
      "CREATE TEXT SEARCH CONFIGURATION c (COPY = b);"
      "ALTER TEXT SEARCH CONFIGURATION b ADD MAPPING FOR int WITH simple;");
  CHECK(ConfigurationOf(state).copied_from.empty());
  CHECK(ConfigurationOf(state).mappings == std::vector<TokenMapping>{{"word", {"simple"}}});
}

TEST_CASE("an expression that names a configuration rather comes after it") {
  const DesiredState state = StateOf(
      "CREATE TABLE t (b text); CREATE INDEX i ON t USING gin (to_tsvector('public.c'::regconfig, b));"
      "CREATE TEXT SEARCH CONFIGURATION c (PARSER = default);");
  const ObjectId index = ObjectId::Member(ObjectKind::kIndex, Public(ObjectKind::kTable, "t"), "i");
  CHECK(HasEdge(Get(state, index), kConfiguration, EdgeKind::kSoft));
}

TEST_CASE("what text search needs and does not exist") {
  CHECK(ErrorsOf("CREATE TEXT SEARCH TEMPLATE t (LEXIZE = nowhere)") ==
        "test.sql:1:1: text search template function `nowhere` does not exist\n");
  CHECK(
      ErrorsOf(Function("f", "int", "x") + "CREATE TEXT SEARCH TEMPLATE t (LEXIZE = f)")
          .contains("text search template function `public.f(internal, internal, internal, internal)` does not exist"));
  CHECK(ErrorsOf("CREATE TEXT SEARCH PARSER p (START = prsd_start, TOKENS = x)") ==
        "test.sql:1:50: option `tokens` of a text search parser is not understood\n");
  CHECK(ErrorsOf("CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = nowhere)") ==
        "test.sql:1:1: text search template `nowhere` does not exist\n");
  CHECK(ErrorsOf("CREATE TEXT SEARCH CONFIGURATION c (PARSER = nowhere)") ==
        "test.sql:1:1: text search parser `nowhere` does not exist\n");
  CHECK(ErrorsOf("CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);"
                 "ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH nowhere") ==
        "test.sql:1:52: text search dictionary `nowhere` does not exist\n");
}

}  // namespace schemadiff::test::parser_text_search
