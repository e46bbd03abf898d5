#include "parser/interpreter.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "model/lineage.h"
#include "model/renaming.h"
#include "parser/children.h"
#include "parser/generic_statements.h"
#include "parser/statements/owners.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string NameKey(std::string_view schema, std::string_view name) {
  return std::string(schema) + '\0' + std::string(name);
}

// ALTER TABLE's subcommands become statements of their own: each can wait for what it needs.
std::vector<Statement> TakeApart(const std::vector<Statement>& statements) {
  std::vector<Statement> result;
  result.reserve(statements.size());
  for (const Statement& statement : statements) {
    if (statement.type != "AlterTableStmt") {
      result.push_back(statement);
      continue;
    }
    for (const Node command : statement.node["cmds"].Items()) {
      result.push_back(statement);
      result.back().command = command["AlterTableCmd"];
    }
  }
  return result;
}

}  // namespace

std::vector<std::string> RelationParts(Node range_var) {
  std::vector<std::string> parts;
  if (range_var["schemaname"]) parts.emplace_back(range_var.Text("schemaname"));
  parts.emplace_back(range_var.Text("relname"));
  return parts;
}

const StatementRegistry& AllStatements() {
  static const StatementRegistry registry = [] {
    StatementRegistry all;
    RegisterGenericStatements(all);
#define SCHEMADIFF_KIND(Struct, file, label) RegisterStatements<Struct>(all);
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
    return all;
  }();
  return registry;
}

Interpreter::Interpreter(const StatementRegistry& registry, const ExternalNames& external)
    : registry_(registry), names_(external) {}

void Interpreter::Run(std::vector<Statement> statements) {
  Begin(statements);
  InterpretAll(TakeApart(statements));
  Finish(statements);
}

void Interpreter::Replay(std::vector<Statement> statements) {
  BeginReplay();
  ReplayMore(statements);
  Finish(statements);
}

void Interpreter::BeginReplay() {
  replays_ = true;
  for (const auto start : registry_.starters) start(*this);
}

void Interpreter::ReplayMore(std::vector<Statement> statements) {
  Prepare(statements);
  Declare(statements);
  InterpretInOrder(TakeApart(statements));
}

void Interpreter::Begin(std::vector<Statement>& statements) {
  for (const auto start : registry_.starters) start(*this);
  Prepare(statements);
  Declare(statements);
}

void Interpreter::Finish(const std::vector<Statement>& statements) {
  if (!diagnostics_.HasErrors()) {
    if (replays_) FoldIntoParents(*this);
    for (const auto finish : registry_.finishers) finish(*this);
  }
  ReportUnclaimedAnnotations(statements);
}

void Interpreter::Prepare(std::vector<Statement>& statements) {
  std::map<std::size_t, std::vector<Statement>> nested_in;  // Few have any.
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const auto found = registry_.preparers.find(statements[i].type);
    if (found == registry_.preparers.end()) continue;
    std::vector<Statement> nested;
    found->second(*this, statements[i], nested);
    if (!nested.empty()) nested_in.emplace(i, std::move(nested));
  }
  if (nested_in.empty()) return;
  std::vector<Statement> all;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    all.push_back(std::move(statements[i]));
    const auto nested = nested_in.find(i);
    if (nested != nested_in.end()) std::ranges::move(nested->second, std::back_inserter(all));
  }
  statements = std::move(all);
}

void Interpreter::Declare(const std::vector<Statement>& statements) {
  for (const Statement& statement : statements) {
    const auto [begin, end] = registry_.declarations.equal_range(statement.type);
    for (auto it = begin; it != end; ++it) {
      for (const QualifiedName& name : it->second.names(*this, statement)) {
        names_.Declare(it->second.space, name, it->second.kind);
      }
    }
  }
}

std::vector<std::string> Interpreter::DeclaredSchemas(std::vector<Statement> statements) {
  Prepare(statements);
  std::set<std::string> schemas;
  for (const Statement& statement : statements) {
    if (statement.type == "CreateSchemaStmt") schemas.emplace(statement.node.Text("schemaname"));
    const auto [begin, end] = registry_.declarations.equal_range(statement.type);
    for (auto it = begin; it != end; ++it) {
      for (const QualifiedName& name : it->second.names(*this, statement)) schemas.insert(name.schema);
    }
  }
  return {schemas.begin(), schemas.end()};
}

// Each round interprets what can be interpreted; a round that gets nothing done leaves only errors behind.
void Interpreter::InterpretAll(std::vector<Statement> statements) {
  while (!statements.empty()) {
    waiting_ = {};
    std::vector<Statement> left;
    for (const Statement& statement : statements) {
      if (Interpret(statement) == Outcome::kWaiting) left.push_back(statement);
    }
    if (left.size() == statements.size()) {
      diagnostics_.Append(waiting_);
      return;
    }
    statements = std::move(left);
  }
}

void Interpreter::InterpretInOrder(const std::vector<Statement>& statements) {
  for (const Statement& statement : statements) {
    waiting_ = {};
    if (Interpret(statement) == Outcome::kWaiting) diagnostics_.Append(waiting_);
  }
}

Outcome Interpreter::Interpret(const Statement& statement) {
  const auto handler = registry_.statements.find(statement.type);
  if (handler == registry_.statements.end()) {
    const std::string words =
        statement.file->tokens().Slice(statement.token_begin, std::min(statement.token_begin + 3, statement.token_end));
    Warning(statement, -1, fmt::format("`{} ...` is not managed and is passed over", words));
    return Outcome::kDone;
  }
  return handler->second(*this, statement);
}

SourceLocation Interpreter::Location(const Statement& statement, std::int64_t offset) const {
  if (offset < 0) offset = statement.file->tokens()[statement.token_begin].start;
  return {statement.file->source(), static_cast<std::uint32_t>(offset)};
}

void Interpreter::Error(const Statement& statement, std::int64_t offset, std::string message, std::string hint) {
  diagnostics_.Add({.code = ErrorCode::kBadInput,
                    .location = Location(statement, offset),
                    .message = std::move(message),
                    .hint = std::move(hint)});
}

void Interpreter::Warning(const Statement& statement, std::int64_t offset, std::string message, std::string hint) {
  diagnostics_.Add({.code = ErrorCode::kBadInput,
                    .severity = Severity::kWarning,
                    .location = Location(statement, offset),
                    .message = std::move(message),
                    .hint = std::move(hint)});
}

Outcome Interpreter::Waiting(const Statement& statement, std::int64_t offset, std::string_view what,
                             std::string_view name) {
  // IF EXISTS speaks of what exists at its place: the script of pg_dump --clean drops first and creates afterwards.
  if (statement.node.Bool("missing_ok")) return Outcome::kDone;
  if (statement.guard == Guard::kIfExists) return Outcome::kWaiting;
  waiting_.Add({.code = ErrorCode::kBadInput,
                .location = Location(statement, offset),
                .message = fmt::format("{} `{}` does not exist", what, name),
                .hint = "declare it in the schema files, or correct the name"});
  return Outcome::kWaiting;
}

QualifiedName Interpreter::NameForCreation(const Statement& statement, const std::vector<std::string>& parts) const {
  if (parts.size() > 1) return {parts[parts.size() - 2], parts.back()};
  return {statement.search_path->empty() ? "public" : statement.search_path->front(), parts.back()};
}

QualifiedName Interpreter::NewName(const Statement& statement, const std::vector<std::string>& parts) {
  if (parts.size() == 1 && statement.search_path->empty()) {
    Error(statement, -1, fmt::format("`{}` has no schema and the search_path is empty here", parts.back()),
          "write its schema in front of it");
  }
  return NameForCreation(statement, parts);
}

QualifiedName Interpreter::NewName(const Statement& statement, Node range_var) {
  return NewName(statement, RelationParts(range_var));
}

ObjectId Interpreter::FindRelation(const Statement& statement, Node range_var) const {
  return FindRelation(statement, RelationParts(range_var));
}

ObjectId Interpreter::FindRelation(const Statement& statement, const std::vector<std::string>& parts) const {
  const auto find = [&](std::string_view schema) {
    const auto found = relations_.find(NameKey(schema, parts.back()));
    return found == relations_.end() ? ObjectId() : found->second;
  };
  if (parts.size() > 1) return find(parts[parts.size() - 2]);
  for (const std::string& schema : *statement.search_path) {
    if (const ObjectId id = find(schema)) return id;
  }
  return {};
}

ObjectId Interpreter::DeclaredRelation(const Statement& statement, const std::vector<std::string>& parts) const {
  if (const ObjectId id = FindRelation(statement, parts)) return id;
  const Resolution found = names_.Resolve(NameSpace::kRelation, parts, *statement.search_path);
  if (found.origin != Resolution::Origin::kDeclared) return {};
  return ObjectId::Of(*names_.DeclaredKind(NameSpace::kRelation, found.name), found.name.schema, found.name.name);
}

Object Interpreter::NewObject(const Statement& statement, std::int64_t offset, ObjectId id, Attributes attributes) {
  Object object{.id = id, .attributes = std::move(attributes)};
  object.position = NextPosition();
  object.source = Location(statement, offset);
  object.annotations = ClaimAnnotations(statement, offset);
  // What stands above an ALTER TABLE with one subcommand speaks of that.
  const bool alone = statement.command && statement.node["cmds"].Items().size() == 1;
  if (!object.annotations && alone) object.annotations = ClaimAnnotations(statement, -1);
  if (object.annotations && id.kind() != ObjectKind::kColumn &&
      (!object.annotations->backfill.empty() || !object.annotations->conversion.empty())) {
    Error(statement, offset,
          fmt::format("a backfill or using annotation speaks of a column, but here begins {} `{}`", Label(id.kind()),
                      id.ToString()),
          "write the column on a line of its own, with the annotation above it or at its end");
  }
  return object;
}

Object* Interpreter::Create(const Statement& statement, Object object) {
  if (const Object* existing = schema_.Find(object.id)) {
    if (statement.node.Bool("if_not_exists") || statement.guard == Guard::kUnlessExists) return nullptr;
    diagnostics_.Add(
        {.code = ErrorCode::kBadInput,
         .location = object.source,
         .message = fmt::format("{} `{}` is declared twice", Label(object.id.kind()), object.id.ToString()),
         .hint = fmt::format("the other declaration is at {}; remove one of them", existing->source.ToString())});
    return nullptr;
  }
  if (StandsIn(object.id.kind(), NameSpace::kRelation)) {
    const auto found = relations_.find(NameKey(object.id.schema(), object.id.name()));
    if (found != relations_.end()) {
      const Object* other = schema_.Find(found->second);
      diagnostics_.Add({.code = ErrorCode::kBadInput,
                        .location = object.source,
                        .message = fmt::format("relation `{}` is declared twice",
                                               QuoteQualified(object.id.schema(), object.id.name())),
                        .hint = fmt::format("there is a {} of that name at {}; rename or remove one of them",
                                            Label(found->second.kind()), other ? other->source.ToString() : "")});
      return nullptr;
    }
  }
  Object& created = schema_.Add(std::move(object));
  IndexNames(created.id);
  for (const ObjectId parent : ParentsOf(created)) NoteChild(parent, created.id);
  if (!statement.role.empty() && !created.id.parent() && !IsOwnerless(created.id.kind())) {
    SetOwner(*this, statement, created.id, statement.role, true);
  }
  return &created;
}

void Interpreter::CreateOrReplace(const Statement& statement, Object object, bool replace) {
  Object* existing = replace ? schema_.Find(object.id) : nullptr;
  if (existing != nullptr) {
    *existing = std::move(object);
  } else {
    Create(statement, std::move(object));
  }
}

void Interpreter::IndexNames(ObjectId id) {
  if (StandsIn(id.kind(), NameSpace::kRelation)) relations_[NameKey(id.schema(), id.name())] = id;
  if (StandsIn(id.kind(), NameSpace::kConstraint)) ++constraints_[NameKey(id.schema(), id.name())];
  for (const Object* member : schema_.Members(id)) IndexNames(member->id);
}

void Interpreter::UnindexNames(ObjectId id) {
  if (StandsIn(id.kind(), NameSpace::kRelation)) relations_.erase(NameKey(id.schema(), id.name()));
  if (StandsIn(id.kind(), NameSpace::kConstraint)) --constraints_[NameKey(id.schema(), id.name())];
  for (const Object* member : schema_.Members(id)) UnindexNames(member->id);
}

void Interpreter::SetPartition(ObjectId table, ObjectId parent, Expression bound) {
  schemadiff::SetPartition(*schema_.Find(table), parent, std::move(bound));
  if (parent) NoteChild(parent, table);
}

void Interpreter::NoteChild(ObjectId parent, ObjectId table) {
  if (!children_) return;
  std::vector<ObjectId>& children = (*children_)[parent];
  if (!std::ranges::contains(children, table)) children.push_back(table);
}

std::vector<ObjectId> Interpreter::Children(ObjectId table) {
  if (!children_) children_ = ChildrenByParent(schema_);
  const auto found = children_->find(table);
  if (found == children_->end()) return {};
  std::erase_if(found->second, [&](ObjectId id) {
    const Object* object = schema_.Find(id);
    return object == nullptr || !std::ranges::contains(ParentsOf(*object), table);
  });
  return found->second;
}

std::vector<ObjectId> Interpreter::Partitions(ObjectId table) {
  std::vector<ObjectId> partitions = Children(table);
  std::erase_if(partitions, [&](ObjectId id) { return !PartitionParent(*schema_.Find(id)); });
  return partitions;
}

void Interpreter::Forget(ObjectId id) {
  UnindexNames(id);
  schema_.Remove(id);
}

void Interpreter::Know(const std::vector<ObjectId>& added) {
  for (const ObjectId id : added) {
    if (StandsIn(id.kind(), NameSpace::kRelation)) relations_[NameKey(id.schema(), id.name())] = id;
    if (StandsIn(id.kind(), NameSpace::kConstraint)) ++constraints_[NameKey(id.schema(), id.name())];
  }
}

void Interpreter::Move(ObjectId from, ObjectId to) {
  std::vector<std::pair<ObjectId, ObjectId>> moved{{from, to}};
  if (from.kind() == ObjectKind::kNamespace) {
    for (const auto& [id, object] : schema_) {
      if (!id.parent() && id.schema() == from.name()) moved.emplace_back(id, RenamedWith(id, from, to));
    }
  }
  for (const auto& [old_id, new_id] : moved) UnindexNames(old_id);
  if (replays_) {
    RenameWithMentions(schema_, from, to);
  } else {
    schema_.Rename(from, to);
  }
  for (const auto& [old_id, new_id] : moved) {
    IndexNames(new_id);
    if (new_id.parent()) continue;
    for (const NameSpace space : NameSpaces(new_id.kind())) {
      names_.Declare(space, {new_id.schema(), new_id.name()}, new_id.kind());
    }
  }
  children_.reset();
}

bool Interpreter::IsRelationTaken(const std::string& schema, const std::string& name) const {
  return relations_.contains(NameKey(schema, name));
}

bool Interpreter::IsConstraintTaken(const std::string& schema, const std::string& name) const {
  const auto found = constraints_.find(NameKey(schema, name));
  return found != constraints_.end() && found->second > 0;
}

}  // namespace schemadiff
