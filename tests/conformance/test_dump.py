"""Tests of the dump comparison: above all, that what differs is not found equal."""

import unittest

import dump

TABLE = "CREATE TABLE public.t (\n    a integer,\n    b numeric(10,2) DEFAULT 0\n);\n"


class Statements(unittest.TestCase):
    def split(self, text):
        return dump.split_statements(text)

    def test_tokens_give_the_text_again(self):
        text = "a 'x''y' E'\\'' \"q\"\"r\" $b$;$b$ -- c\n/* d /* e */ */ \\restrict $1 a$b$c ';"
        self.assertEqual("".join(p for _, p in dump.tokens(text)), text)

    def test_semicolons_in_literals(self):
        for literal in ("';'", "E'\\';'", "$$;$$", "$_$ $$;$$ ; $_$", '";"', "'it''s;'"):
            self.assertEqual(self.split(f"SELECT {literal}; SELECT 2;"), [f"SELECT {literal}", "SELECT 2"])

    def test_comments_in_a_body_stay(self):
        body = "CREATE FUNCTION f() AS $$\nBEGIN\n-- a; b\n/* c */ END $$"
        self.assertEqual(self.split(f"-- Name: f\n{body};\n"), [body])

    def test_comments_between_go(self):
        self.assertEqual(self.split("--\n-- Name: it's; Type: \"x\n--\nSELECT 1;\n/* ' */"), ["SELECT 1"])

    def test_psql_commands_go_only_at_a_line_start(self):
        self.assertEqual(self.split("\\restrict abc'\nSELECT 1;\n\\unrestrict abc'\n"), ["SELECT 1"])
        self.assertEqual(len(self.split("CREATE FUNCTION f() AS $$\n\\restrict x\n$$;")), 1)
        self.assertIn("\\restrict x", self.split("CREATE FUNCTION f() AS $$\n\\restrict x\n$$;")[0])

    def test_atomic_body(self):
        body = "CREATE FUNCTION f() BEGIN ATOMIC\n SELECT CASE WHEN true THEN 1 ELSE 2 END;\n SELECT 2;\nEND"
        self.assertEqual(self.split(f"{body};\nSELECT 3;"), [body, "SELECT 3"])

    def test_rule_with_several_actions(self):
        rule = "CREATE RULE r AS ON INSERT TO t DO ( DELETE FROM a; DELETE FROM b;\n)"
        self.assertEqual(self.split(f"{rule};\nSELECT 1;"), [rule, "SELECT 1"])

    def test_dollar_in_a_name_opens_nothing(self):
        self.assertEqual(self.split("SELECT a$b$c; SELECT $1;"), ["SELECT a$b$c", "SELECT $1"])


class Equal(unittest.TestCase):
    def same(self, left, right):
        self.assertEqual(dump.difference(left, right), "")

    def test_order_of_statements(self):
        self.same("CREATE SCHEMA a;\nCREATE SCHEMA b;", "CREATE SCHEMA b;\nCREATE SCHEMA a;")

    def test_order_of_columns(self):
        self.same(TABLE, "CREATE TABLE public.t (\n    b numeric(10,2) DEFAULT 0,\n    a integer\n);")

    def test_column_whose_default_has_commas_and_parentheses(self):
        a, b = "a text DEFAULT 'x, )(y'::text", "b integer DEFAULT COALESCE(1, (2))"
        self.same(f"CREATE TABLE t (\n {a},\n {b}\n);", f"CREATE TABLE t (\n {b},\n {a}\n);")

    def test_preamble_and_comments(self):
        self.same("\\restrict one\nSET row_security = off;\n-- x\n" + TABLE, "\\restrict two\n" + TABLE)

    def test_default_storage_said_or_not(self):
        self.same("SET default_tablespace = '';\nSET default_table_access_method = heap;\n" + TABLE, TABLE)


class Different(unittest.TestCase):
    def differ(self, left, right):
        self.assertNotEqual(dump.difference(left, right), "")
        self.assertNotEqual(dump.signature(left, right), "")

    def test_missing_statement(self):
        self.differ(TABLE + "CREATE SCHEMA a;", TABLE)
        self.differ("", TABLE)

    def test_statement_twice(self):
        self.differ("CREATE SCHEMA a;\nCREATE SCHEMA a;", "CREATE SCHEMA a;")

    def test_column_type_default_and_name(self):
        self.differ(TABLE, TABLE.replace("10,2", "2,10"))
        self.differ(TABLE, TABLE.replace("DEFAULT 0", "DEFAULT 1"))
        self.differ(TABLE, TABLE.replace(" a ", " c "))

    def test_columns_of_two_tables_exchanged(self):
        two = "CREATE TABLE x (\n a integer\n);\nCREATE TABLE y (\n b integer\n);"
        self.differ(two, two.replace("a integer", "@").replace("b integer", "a integer").replace("@", "b integer"))

    def test_table_kind_and_options(self):
        self.differ(TABLE, TABLE.replace("CREATE TABLE", "CREATE UNLOGGED TABLE"))
        self.differ(TABLE, TABLE.replace("\n);", "\n)\nWITH (fillfactor='70');"))
        self.differ(TABLE, TABLE.replace("\n);", "\n)\nINHERITS (public.p);"))

    def test_order_of_enum_values_index_keys_and_view_columns(self):
        for left, right in (
            ("CREATE TYPE e AS ENUM (\n 'a',\n 'b'\n);", "CREATE TYPE e AS ENUM (\n 'b',\n 'a'\n);"),
            ("CREATE INDEX i ON t USING btree (a, b);", "CREATE INDEX i ON t USING btree (b, a);"),
            ("CREATE VIEW v AS\n SELECT a,\n    b;", "CREATE VIEW v AS\n SELECT b,\n    a;"),
            ("CREATE TABLE t (\n a integer\n)\nPARTITION BY RANGE (a, b);",
             "CREATE TABLE t (\n a integer\n)\nPARTITION BY RANGE (b, a);"),
        ):
            self.differ(left, right)

    def test_bodies(self):
        body = "CREATE FUNCTION f() AS $$\n  x;\n  y;\n$$;"
        self.differ(body, body.replace("  x;\n  y;", "  y;\n  x;"))
        self.differ(body, body.replace("  x;", "  x; -- why"))
        self.differ(body, body.replace("  x;", " x;"))

    def test_case_and_space_in_literals(self):
        self.differ("COMMENT ON TABLE t IS 'A  b';", "COMMENT ON TABLE t IS 'A b';")
        self.differ("COMMENT ON TABLE t IS 'A';", "COMMENT ON TABLE t IS 'a';")

    def test_check_inside_a_table(self):
        check = "    b numeric(10,2) DEFAULT 0,\n    CONSTRAINT c CHECK ((a > 0))"
        self.differ(TABLE, TABLE.replace("    b numeric(10,2) DEFAULT 0", check))

    def test_storage_that_only_a_setting_tells(self):
        self.differ("SET default_tablespace = fast;\n" + TABLE, TABLE)
        self.differ("SET default_table_access_method = columnar;\n" + TABLE, TABLE)

    def test_a_set_inside_a_function_definition(self):
        function = "CREATE FUNCTION f() RETURNS integer\n    LANGUAGE sql\n    SET search_path TO 'a'\n    AS $$1$$;"
        self.differ(function, function.replace("'a'", "'b'"))


if __name__ == "__main__":
    unittest.main()
