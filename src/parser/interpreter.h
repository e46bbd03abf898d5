// Interpreter: runs DDL statements against a Schema in memory, as PostgreSQL would against its catalogs. Those of a
// declared schema may come in any order: one whose object does not exist yet waits for it.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/schema.h"
#include "parser/names.h"
#include "parser/parsed_file.h"
#include "support/literal.h"

namespace schemadiff {

/// Where what names no tablespace or access method of its own is stored: a dump sets it beforehand. Empty: as the
/// server has it.
struct StorageDefaults {
  std::string tablespace;
  std::string access_method;
};

/// A statement with what it was read under.
struct Statement {
  ParsedFile* file = nullptr;
  Node node;
  std::string_view type;
  std::size_t token_begin = 0;
  std::size_t token_end = 0;
  std::shared_ptr<const SearchPath> search_path;
  std::string role = {};  ///< Who runs it: of SET ROLE or SET SESSION AUTHORIZATION; empty for the one that connects.
  Guard guard = Guard::kNone;
  std::shared_ptr<const StorageDefaults> storage = std::make_shared<const StorageDefaults>();
  Node command = {};  ///< Of an ALTER TABLE, which is taken apart: its one AlterTableCmd.
};

class Interpreter;

/// `name`, `schema."Name"`, `'label'`: the parts, as they are stored.
std::vector<std::string> NameParts(std::string_view text);

/// The parts of the name in a RangeVar.
std::vector<std::string> RelationParts(Node range_var);

enum class Outcome : std::uint8_t {
  kDone,     ///< Interpreted, or reported as wrong.
  kWaiting,  ///< Needs an object that does not exist yet; Interpreter::Waiting was called.
};

using StatementHandler = Outcome (*)(Interpreter&, const Statement&);
/// One subcommand of ALTER TABLE and its like: `command` is the AlterTableCmd.
using SubcommandHandler = Outcome (*)(Interpreter&, const Statement&, ObjectId target, Node command);
/// One constraint within CREATE or ALTER TABLE; `column` is empty for a table's. Gives the object that it made, or a
/// null id.
using ConstraintHandler = ObjectId (*)(Interpreter&, const Statement&, ObjectId target, Node constraint,
                                       ObjectId column);
/// Finds the object that COMMENT, DROP, ALTER ... RENAME name; a null id when there is no such object.
using Locator = ObjectId (*)(Interpreter&, const Statement&, Node object);
/// Looks at a statement before any is interpreted. Statements within it, which are declared and interpreted like all
/// others, are appended to `nested`.
using Preparer = void (*)(Interpreter&, const Statement&, std::vector<Statement>& nested);

/// Who interprets what. Each kind's file in parser/statements fills in its part.
struct StatementRegistry {
  std::unordered_map<std::string_view, StatementHandler> statements;    ///< By node type: `CreateEnumStmt`.
  std::unordered_map<std::string_view, SubcommandHandler> subcommands;  ///< By AlterTableType: `AT_AddColumn`.
  std::unordered_map<std::string_view, ConstraintHandler> constraints;  ///< By ConstrType: `CONSTR_CHECK`.
  std::unordered_map<std::string_view, Locator> locators;               ///< By ObjectType: `OBJECT_INDEX`.
  std::unordered_map<std::string_view, ObjectKind> members;  ///< By ObjectType: what is named on its relation.
  /// What a statement type declares: (statement, name space) and the member that holds the name.
  struct Declaration {
    NameSpace space;
    ObjectKind kind;
    std::vector<QualifiedName> (*names)(const Interpreter&, const Statement&);
  };
  std::unordered_multimap<std::string_view, Declaration> declarations;
  std::unordered_map<std::string_view, Preparer> preparers;  ///< By node type.
  std::vector<void (*)(Interpreter&)> starters;              ///< Run first: what every database holds from the start.
  std::vector<void (*)(Interpreter&)> finishers;             ///< Run once all statements are interpreted.
};

/// Defined by parser/statements/<kind>.cpp for every kind.
template <typename Kind>
void RegisterStatements(StatementRegistry& registry);
#define SCHEMADIFF_KIND(Struct, file, label) \
  template <>                                \
  void RegisterStatements<Struct>(StatementRegistry & registry);
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND

class Interpreter {
 public:
  Interpreter(const StatementRegistry& registry, const ExternalNames& external);

  /// Interprets all statements, in whatever order they can be; what is wrong is in diagnostics().
  void Run(std::vector<Statement> statements);
  /// The same in the order given, as a database runs a script.
  void Replay(std::vector<Statement> statements);
  /// The same piece by piece: what follows is run behind what was. Finished() gives an interpreter that is done with
  /// what was run so far, and this one may go on; `statements` are those whose annotations have to be taken by then.
  void BeginReplay();
  void ReplayMore(std::vector<Statement> statements);
  Interpreter Finished(const std::vector<Statement>& statements) const;

  /// The schemas of the names that the statements declare; sorted.
  std::vector<std::string> DeclaredSchemas(std::vector<Statement> statements);

  /// Whether statements run in the order given: what an ALTER finds is then what it alters.
  bool replays() const { return replays_; }

  Schema& schema() { return schema_; }
  const Schema& schema() const { return schema_; }
  Names& names() { return names_; }
  const Names& names() const { return names_; }
  const StatementRegistry& registry() const { return registry_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  // What handlers say.

  /// Reports bad input at a byte offset of the statement's file (-1: at the statement).
  void Error(const Statement& statement, std::int64_t offset, std::string message, std::string hint = {});
  void Warning(const Statement& statement, std::int64_t offset, std::string message, std::string hint = {});
  /// Notes what a statement waits for; reported when it never comes.
  Outcome Waiting(const Statement& statement, std::int64_t offset, std::string_view what, std::string_view name);

  // Names.

  /// The name under which an object is created: unqualified ones go to the first schema of the search path, or to
  /// public when that is empty.
  QualifiedName NameForCreation(const Statement& statement, const std::vector<std::string>& parts) const;
  /// The same, and an empty search_path is reported.
  QualifiedName NewName(const Statement& statement, const std::vector<std::string>& parts);
  QualifiedName NewName(const Statement& statement, Node range_var);
  /// An existing relation (table, view, index, sequence ...) named by a RangeVar; a null id when it is not there (yet).
  ObjectId FindRelation(const Statement& statement, Node range_var) const;
  ObjectId FindRelation(const Statement& statement, const std::vector<std::string>& parts) const;
  /// The identity that a relation has or will have, from the declarations; a null id when it is not declared.
  ObjectId DeclaredRelation(const Statement& statement, const std::vector<std::string>& parts) const;

  /// A new object with location and annotations of the place in the source (-1: the statement's start).
  Object NewObject(const Statement& statement, std::int64_t offset, ObjectId id, Attributes attributes);
  /// Adds it, or reports that one of that identity exists already.
  Object* Create(const Statement& statement, Object object);
  /// The same, and with `replace` one of that identity gives way (CREATE OR REPLACE).
  void CreateOrReplace(const Statement& statement, Object object, bool replace);
  SourceLocation Location(const Statement& statement, std::int64_t offset) const;
  /// Takes the annotations of a line for an object.
  std::shared_ptr<const Annotations> ClaimAnnotations(const Statement& statement, std::int64_t offset);
  /// Whether a relation or a constraint of that name exists in a schema.
  bool IsRelationTaken(const std::string& schema, const std::string& name) const;
  bool IsConstraintTaken(const std::string& schema, const std::string& name) const;
  /// Takes the annotation of a line within an object's declaration for one of its labels or attributes.
  void ClaimMemberAnnotations(const Statement& statement, Object& object, std::int64_t offset,
                              const std::string& member);
  /// Whether anything names a collation.
  bool names_collations() const { return names_collations_; }
  void NoteCollation() { names_collations_ = true; }
  /// A place among siblings: ever larger.
  int NextPosition() { return ++position_; }

  /// Makes a table a partition, or with a null parent a table of its own.
  void SetPartition(ObjectId table, ObjectId parent, Expression bound);
  /// A table has a new parent among those that it inherits from.
  void NoteChild(ObjectId parent, ObjectId table);
  /// The partitions of a table, of which it may have thousands among many more tables.
  std::vector<ObjectId> Partitions(ObjectId table);
  /// The same, or the tables that inherit from it.
  std::vector<ObjectId> Children(ObjectId table);

  /// Removes an object and its members.
  void Forget(ObjectId id);
  /// Makes known what was added to the schema beside Create().
  void Know(const std::vector<ObjectId>& added);
  /// Gives an object another identity.
  void Move(ObjectId from, ObjectId to);

 private:
  Interpreter(const Interpreter& other);
  void Prepare(std::vector<Statement>& statements);
  void Declare(const std::vector<Statement>& statements);
  void InterpretAll(std::vector<Statement> statements);
  void InterpretInOrder(const std::vector<Statement>& statements);
  void Begin(std::vector<Statement>& statements);
  void Finish(const std::vector<Statement>& statements);
  Outcome Interpret(const Statement& statement);
  // Names of relations and constraints, whatever their kind, kept in step with the schema.
  void IndexNames(ObjectId id);
  void UnindexNames(ObjectId id);
  void ReportUnclaimedAnnotations(const std::vector<Statement>& statements);

  const StatementRegistry& registry_;
  Schema schema_;
  Names names_;
  Diagnostics diagnostics_;
  Diagnostics waiting_;
  std::unordered_map<std::string, ObjectId> relations_;
  std::unordered_map<std::string, int> constraints_;  ///< How many of that name there are in a schema.
  std::optional<std::unordered_map<ObjectId, std::vector<ObjectId>>>
      children_;  ///< Made again after a change of names.
  int position_ = 0;
  bool replays_ = false;
  bool names_collations_ = false;
};

/// The registry of all kinds.
const StatementRegistry& AllStatements();

/// For StatementRegistry::Declaration: the name that a member holds as a list of strings.
template <Literal kMember>
std::vector<QualifiedName> NamesIn(const Interpreter& interpreter, const Statement& statement) {
  return {interpreter.NameForCreation(statement, Strings(statement.node[kMember.value]))};
}
/// The same for a member that is a RangeVar.
template <Literal kMember>
std::vector<QualifiedName> RelationIn(const Interpreter& interpreter, const Statement& statement) {
  return {interpreter.NameForCreation(statement, RelationParts(statement.node[kMember.value]))};
}

}  // namespace schemadiff
