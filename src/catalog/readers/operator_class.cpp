#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {
namespace {

// Whether a member goes with its class or with its family is what pg_depend says (pg_dump, dumpOpclass).
Result<void> ReadMembers(Reader& reader) {
  const auto members = [](std::string_view columns, std::string_view catalog) {
    return "SELECT m.oid, d.refclassid, d.refobjid, " + std::string(columns) + " FROM " + std::string(catalog) +
           " m JOIN pg_depend d ON d.classid = '" + std::string(catalog) +
           "'::regclass AND d.objid = m.oid AND d.refclassid IN ('pg_opfamily'::regclass, 'pg_opclass'::regclass)"
           " WHERE m.oid >= 16384";
  };
  const Result<Rows> rows =
      reader.Query(members("false, m.amopstrategy AS number, format_type(m.amoplefttype, NULL) COLLATE \"C\" AS l,"
                           " format_type(m.amoprighttype, NULL) COLLATE \"C\" AS r, " +
                               OperatorNameSql("m.amopopr") + ", " + OperatorFamilyNameSql("m.amopsortfamily"),
                           "pg_amop") +
                   " UNION ALL " +
                   members("true, m.amprocnum, format_type(m.amproclefttype, NULL) COLLATE \"C\","
                           " format_type(m.amprocrighttype, NULL) COLLATE \"C\", " +
                               SignatureSql("m.amproc::oid") + ", NULL",
                           "pg_amproc") +
                   " ORDER BY 4, number, l, r");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId holder = reader.At({rows->Oid(i, 1), rows->Oid(i, 2), 0});
    Object* object = holder ? reader.schema().Find(holder) : nullptr;
    if (object == nullptr) continue;
    FamilyMember member{.is_function = rows->Bool(i, 3),
                        .number = rows->Int(i, 4),
                        .left = std::string(rows->Text(i, 5)),
                        .right = std::string(rows->Text(i, 6)),
                        .name = std::string(rows->Text(i, 7)),
                        .sort_family = std::string(rows->Text(i, 8))};
    reader.Bind({member.is_function ? kPgAmproc : kPgAmop, rows->Oid(i, 0), 0}, holder);
    auto* operator_class = object->If<OperatorClass>();
    (operator_class != nullptr ? operator_class->members : object->As<OperatorFamily>().members)
        .push_back(std::move(member));
  }
  return {};
}

}  // namespace

template <>
Result<void> ReadKind<OperatorClass>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgOpclass, "SELECT c.oid, c.opcnamespace, c.opcname, m.amname, format_type(c.opcintype, NULL), c.opcdefault, " +
                      OperatorFamilyNameSql("c.opcfamily") +
                      ", CASE WHEN c.opckeytype NOT IN (0, c.opcintype) THEN format_type(c.opckeytype, NULL) END"
                      " FROM pg_opclass c JOIN pg_am m ON m.oid = c.opcmethod WHERE " +
                      reader.Scope("c.opcnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgOpclass, oid)) continue;
    reader.Add(ObjectId::Of(ObjectKind::kOperatorClass, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2),
                            rows->Text(i, 3)),
               OperatorClass{.type = {std::string(rows->Text(i, 4))},
                             .is_default = rows->Bool(i, 5),
                             .family = std::string(rows->Text(i, 6)),
                             .storage = {std::string(rows->Text(i, 7))}},
               {kPgOpclass, oid, 0});
  }
  // The families are there already.
  const bool has_any = reader.HasUserObjects(kPgOpclass) || reader.HasUserObjects(kPgOpfamily);
  return has_any ? ReadMembers(reader) : Result<void>();
}

}  // namespace schemadiff
