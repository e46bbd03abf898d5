// ParsedFile: one SQL file as tokens, syntax tree and annotations. Reading a file needs nothing of any other.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "parser/do_block.h"
#include "parser/syntax.h"
#include "parser/tokens.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// One `schemadiff:` comment: `renamed-from old_name`.
struct Annotation {
  std::string name;
  std::string argument;
  std::uint32_t offset = 0;
  bool claimed = false;  ///< By the object that it speaks of.
};

class ParsedFile;

struct ParsedStatement {
  ParsedFile* file = nullptr;  ///< Whose tokens are meant: the file, or what one of its DO blocks holds.
  std::string_view type;       ///< `CreateStmt`
  Node node;
  std::size_t token_begin = 0;
  std::size_t token_end = 0;
  Guard guard = Guard::kNone;
  std::string unreadable;  ///< Of a DO block: why what it does cannot be known. One that can be read stands not here.
};

/// A psql \i or \ir: the named file's statements stand in for it.
struct Include {
  std::filesystem::path path;
  std::uint32_t offset = 0;
};

class ParsedFile {
 public:
  /// Parses; problems are gathered in diagnostics(), and whatever can be read is read.
  explicit ParsedFile(std::shared_ptr<const SourceFile> source);
  ParsedFile(const ParsedFile&) = delete;
  ParsedFile& operator=(const ParsedFile&) = delete;

  /// What messages point into: the file without its secrets.
  const std::shared_ptr<const SourceFile>& source() const { return source_; }
  const Tokens& tokens() const { return tokens_; }
  const std::vector<ParsedStatement>& statements() const { return statements_; }
  const std::vector<Include>& includes() const { return includes_; }
  const Diagnostics& diagnostics() const { return diagnostics_; }

  /// Annotations by the line (from 1) that they speak of.
  std::multimap<std::uint32_t, Annotation>& annotations() { return annotations_; }
  /// Before the file is interpreted once more.
  void ReleaseAnnotations();

 private:
  /// A statement of a DO block: the file's text with blanks around it, so that offsets are the file's.
  ParsedFile(const ParsedFile& file, const GuardedStatement& statement);

  void TakeMetaCommands(std::string& sql);
  void TakeMetaCommand(std::string_view line, std::uint32_t offset);
  void TakeAnnotations();
  void Parse(const std::string& sql);
  void TakeBlock(ParsedStatement block);
  /// Those of the part of the text from `start` to `end`.
  void AddStatements(const SyntaxTree& tree, std::size_t start, std::size_t end);

  std::shared_ptr<const SourceFile> original_;
  Tokens tokens_;
  std::shared_ptr<const SourceFile> source_;
  std::vector<SyntaxTree> trees_;  ///< One for each part.
  std::vector<ParsedStatement> statements_;
  std::vector<Include> includes_;
  std::multimap<std::uint32_t, Annotation> annotations_;
  std::vector<std::unique_ptr<ParsedFile>> guarded_;  ///< Statements of DO blocks.
  Diagnostics diagnostics_;
};

}  // namespace schemadiff
