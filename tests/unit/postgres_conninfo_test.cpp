#include <doctest/doctest.h>

#include "postgres/connection.h"
#include "postgres/conninfo.h"

namespace schemadiff::test::postgres_conninfo {
namespace {

TEST_CASE("RedactConninfo hides the password of a URI and of its query") {
  CHECK(RedactConninfo("postgresql://u:secret@h:5432/db") == "postgresql://u:***@h:5432/db");
  CHECK(RedactConninfo("postgres://u@h/db") == "postgres://u@h/db");
  CHECK(RedactConninfo("postgresql://h:5432/db") == "postgresql://h:5432/db");
  CHECK(RedactConninfo("postgresql:///db?user=u&password=secret&host=/tmp") ==
        "postgresql:///db?user=u&password=***&host=/tmp");
  CHECK(RedactConninfo("postgresql://h/db?sslpassword=secret") == "postgresql://h/db?sslpassword=***");
  CHECK(RedactConninfo("postgresql://h/db?pasword=secret&sslmode=require") ==
        "postgresql://h/db?pasword=***&sslmode=require");
}

TEST_CASE("RedactConninfo hides a password that was not percent-encoded whole") {
  CHECK(RedactConninfo("postgresql://u:p@ss@h/db") == "postgresql://u:***@h/db");
  CHECK(RedactConninfo("postgresql://u:p/ss@h/db") == "postgresql://u:***@h/db");
  CHECK(HasUnencodedPassword("postgresql://u:p@ss@h/db"));
  CHECK(HasUnencodedPassword("postgresql://u:p/ss@h/db"));
  CHECK_FALSE(HasUnencodedPassword("postgresql://u:p%40ss@h/db"));
  CHECK_FALSE(HasUnencodedPassword("postgresql://u@h/db"));
}

TEST_CASE("RedactConninfo hides the password of a keyword string") {
  CHECK(RedactConninfo("host=h password=secret dbname=d") == "host=h password=*** dbname=d");
  CHECK(RedactConninfo("password = 'a b\\'c' user=u") == "password = *** user=u");
  CHECK(RedactConninfo("password=a\\ b user=u") == "password=*** user=u");
  CHECK(RedactConninfo("user='password=x' host=h") == "user='password=x' host=h");
  CHECK(RedactConninfo("password='unterminated") == "password=***");
  CHECK(RedactConninfo("garbage") == "garbage");
  CHECK(RedactConninfo("").empty());
}

TEST_CASE("WithDefaults leaves what the string gives") {
  CHECK(WithDefaults("postgresql://h/d?application_name=x&connect_timeout=3") ==
        "postgresql://h/d?application_name=x&connect_timeout=3&client_encoding=UTF8");
  CHECK(WithDefaults("postgresql://h/d?connect_timeout=3") ==
        "postgresql://h/d?connect_timeout=3&application_name=schemadiff&client_encoding=UTF8");
  CHECK(WithDefaults("host=h connect_timeout=3").ends_with(" host=h connect_timeout=3 client_encoding=UTF8"));
}

TEST_CASE("QuoteConninfoValue") { CHECK(QuoteConninfoValue("/a b/c'd\\e") == "'/a b/c\\'d\\\\e'"); }

}  // namespace
}  // namespace schemadiff::test::postgres_conninfo
