#include "model/acl.h"

#include <doctest/doctest.h>

namespace schemadiff::test::model_acl {
namespace {

std::string Text(PrivilegeSet set) {
  std::string text;
  AppendText(text, set);
  return text;
}

std::uint32_t Bits(std::string_view word) { return PrivilegeBit(word); }

}  // namespace

TEST_CASE("the text of a list gives what each role holds") {
  const Acl acl = Acl::Parse("own", {"own=arwdDxt/own", "=r/own", "\"J\"\"oe\"=r*w/own", "ann=r/\"J\"\"oe\""});
  CHECK(Text(acl.Of("own")) == "arwdDxt;");
  CHECK(Text(acl.Of("public")) == "r;");
  CHECK(Text(acl.Of("J\"oe")) == "r*w;");
  CHECK(acl.entries().back() == AclEntry{"ann", "J\"oe", {Bits("select"), 0}});
}

TEST_CASE("what PostgreSQL gives by itself") {
  CHECK(Text(Acl::Standard(AclTarget::kTable, "own", 160000).Of("own")) == "arwdDxt;");
  CHECK(Text(Acl::Standard(AclTarget::kTable, "own", 170000).Of("own")) == "arwdDxtm;");
  CHECK(Text(Acl::Standard(AclTarget::kRoutine, "own", 170000).Of("public")) == "X;");
  CHECK(Acl::Standard(AclTarget::kSchema, "own", 170000).Of("public").empty());
  CHECK(Acl::Standard(AclTarget::kColumn, "own", 170000).entries().empty());
}

TEST_CASE("a grant option that goes takes with it what was granted by it") {
  Acl acl = Acl::Standard(AclTarget::kTable, "own", 170000);
  acl.Grant("joe", "own", {Bits("select") | Bits("insert"), Bits("select")});
  CHECK(acl.GrantorFor("joe", Bits("select")) == "joe");
  CHECK(acl.GrantorFor("joe", Bits("insert")) == "own");
  acl.Grant("ann", "joe", {Bits("select"), Bits("select")});
  acl.Grant("eve", "ann", {Bits("select"), 0});
  acl.Revoke("joe", "own", Bits("select"), true);
  CHECK(Text(acl.Of("joe")) == "ar;");
  CHECK(acl.Of("ann").empty());
  CHECK(acl.Of("eve").empty());
}

TEST_CASE("a new owner has what the old one had, and his own besides") {
  Acl acl = Acl::Standard(AclTarget::kSequence, "own", 170000);
  acl.Revoke("own", "own", Bits("update") | Bits("usage"), false);
  acl.Grant("joe", "own", {Bits("usage"), 0});
  acl.Grant("ann", "own", {Bits("select"), 0});
  acl.SetOwner("joe");
  CHECK(Text(acl.Of("joe")) == "rU;");
  CHECK(acl.Of("own").empty());
  CHECK(acl.entries().back() == AclEntry{"ann", "joe", {Bits("select"), 0}});
}

TEST_CASE("privileges are named as GRANT names them") {
  CHECK(PrivilegeWords(Bits("temp") | Bits("connect")) == "CONNECT, TEMPORARY");
  CHECK(PrivilegeWords(Bits("alter system")) == "ALTER SYSTEM");
  CHECK(Bits("nothing") == 0);
}

}  // namespace schemadiff::test::model_acl
