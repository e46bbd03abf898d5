#include <doctest/doctest.h>

#include "support/redact.h"

namespace schemadiff::test::support_redact {
namespace {

TEST_CASE("passwords of URLs are masked") {
  CHECK(MaskSecrets("postgres://u:secret@host/db") == "postgres://u:******@host/db");
  CHECK(MaskSecrets("url = \"postgresql://u:p@ss:w@host:5432/db\" # x") ==
        "url = \"postgresql://u:******@host:5432/db\" # x");
  CHECK(MaskSecrets("a://u:1@h and b://v:22@i") == "a://u:*@h and b://v:**@i");
  CHECK(MaskSecrets("postgres://u:secret@h/db\" unterminated") == "postgres://u:******@h/db\" unterminated");
}

TEST_CASE("passwords of keyword strings are masked in every spelling") {
  CHECK(MaskSecrets("host=h password=secret user=u") == "host=h password=****** user=u");
  CHECK(MaskSecrets("password = 'a b\\'c' user=u") == "password = '******' user=u");
  CHECK(MaskSecrets("PGPASSWORD=abc") == "PGPASSWORD=***");
  CHECK(MaskSecrets("sslpassword=abc&x=1") == "sslpassword=***&x=1");
  CHECK(MaskSecrets("password = \"abc\"") == "password = \"***\"");
  CHECK(MaskSecrets("\"password\" = \"abc\"") == "\"password\" = \"***\"");
  CHECK(MaskSecrets("password=") == "password=");
  CHECK(MaskSecrets("password = \"abc\nnext") == "password = \"***\nnext");
}

TEST_CASE("what holds no secret stays as it is") {
  for (const char* text : {"postgres://user@host:5432/db", "postgres://host/db", "https://example.org/a:b",
                           "the password is not here", "passfile=/home/u/.pgpass", ""}) {
    CHECK(MaskSecrets(text) == text);
  }
}

TEST_CASE("characters keep their columns") { CHECK(MaskSecrets("a://u:äöü@h ?") == "a://u:***@h ?"); }

}  // namespace
}  // namespace schemadiff::test::support_redact
