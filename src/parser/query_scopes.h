// What names mean within a stored query or expression: which FROM item, and which column of which relation.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/schema.h"
#include "parser/parsed_file.h"

namespace schemadiff {

/// A column as a query sees it.
struct SeenColumn {
  std::string name;
  std::string qualifier;      ///< The FROM item that has it; empty for one that a join merged of both sides.
  ObjectId relation = {};     ///< Whose column it is; null where the query makes it.
  std::string own_name = {};  ///< What that relation calls it.
  std::string type = {};      ///< As DataType has it; empty when it is not known.
  std::int64_t place = -1;    ///< Where that relation is named in the text.
  bool fixed = false;  ///< Its name stays whatever the relation calls it: it is in a list, or a function returns it.
};

struct SeenColumns {
  std::vector<SeenColumn> list;
  bool complete = true;  ///< Otherwise there may be others.

  const SeenColumn* Find(std::string_view name) const;
};

/// What FROM brings into a query.
struct FromItem {
  std::string name;        ///< As columns of it are qualified; empty for none.
  ObjectId relation = {};  ///< Or the routine whose arguments these are.
  bool has_alias = false;
  SeenColumns columns = {};
  bool is_bare = true;   ///< Its columns are found by their names alone: not within a join, which has them itself.
  bool is_named = true;  ///< They are found by its name.
};

/// The columns of relations, from their declarations. Valid as long as the schema is left alone.
class RelationColumns {
 public:
  explicit RelationColumns(const Schema& schema) : schema_(schema) {}

  const Schema& schema() const { return schema_; }
  /// Of a table, a view or a composite type, in their order.
  const SeenColumns& Of(ObjectId relation);
  /// The relation that has the name; null when there is none.
  ObjectId Named(std::string_view schema, std::string_view name) const;
  /// The relation or composite type that a type is the rows of; null for another.
  ObjectId RowsOf(const std::string& type) const;
  /// The routines of a name.
  std::vector<const Object*> Routines(std::string_view schema, std::string_view name);
  /// A relation as a FROM item of its own name.
  FromItem ItemOf(ObjectId relation);

 private:
  SeenColumns Make(ObjectId relation);

  const Schema& schema_;
  std::unordered_map<ObjectId, SeenColumns> known_;
  std::unordered_map<std::string, std::vector<const Object*>> routines_;
};

/// What a text is a part of.
enum class TextForm : std::uint8_t { kQuery, kExpression, kRule, kBody, kPartitionKey };

/// A text with what is around it.
struct TextPlace {
  TextForm form = TextForm::kQuery;
  std::vector<FromItem> around = {};  ///< What it sees from outside: the columns of its table, OLD and NEW, arguments.
  std::string type = {};              ///< What an expression has to be; empty when that is not known.
};

/// A walk over a text that knows, wherever it is, what names mean there; and edits the text.
class QueryWalk {
 public:
  QueryWalk(RelationColumns& relations, const std::string& text, const TextPlace& place);
  QueryWalk(const QueryWalk&) = delete;
  QueryWalk& operator=(const QueryWalk&) = delete;
  virtual ~QueryWalk() = default;

  /// The text with the edits; as it is where it cannot be read.
  std::string Run();
  /// The columns that the query returned, after Run().
  const SeenColumns& outputs() const { return outputs_; }

 protected:
  /// What a name stands for: nothing that is known, a column, or a FROM item's whole row.
  struct Meaning {
    const FromItem* item = nullptr;
    const SeenColumn* column = nullptr;
  };
  using Level = std::vector<FromItem>;

  virtual void SeeRelation(Node /*range*/, ObjectId /*relation*/) {}
  /// What a function returns, as an item of FROM.
  virtual void SeeFunction(Node /*range*/, const SeenColumns& /*columns*/) {}
  virtual void SeeColumn(Node /*column*/, const std::vector<std::string>& /*fields*/, const Meaning& /*meaning*/) {}
  /// A column that INSERT or UPDATE writes, at a token.
  virtual void SeeWritten(const std::string& /*name*/, std::size_t /*token*/, ObjectId /*relation*/) {}
  /// What is written to it.
  virtual void SeeValue(Node /*value*/, const std::string& /*type*/) {}
  /// A field of a row or composite value of a type, at a token: `(t).a`.
  virtual void SeeField(const std::string& /*type*/, const std::string& /*name*/, std::size_t /*token*/) {}
  /// `*` or `t.*` where it stands for columns.
  virtual void SeeStar(Node /*column*/, const std::vector<std::string>& /*fields*/) {}
  /// `(value).*` of a type, which begins and ends at tokens.
  virtual void SeeFields(const std::string& /*type*/, std::size_t /*begin*/, std::size_t /*end*/) {}
  /// A join that merges columns; its sides are not merged yet.
  virtual void SeeMerge(Node /*join*/, const std::vector<std::string>& /*names*/, const SeenColumns& /*left*/,
                        const SeenColumns& /*right*/) {}
  /// A name in GROUP BY that is a result's, by its number from 1.
  virtual void SeeGrouped(Node /*column*/, const std::string& /*name*/, std::size_t /*number*/) {}
  virtual void SeeNode(std::string_view /*type*/, Node /*node*/) {}
  /// Whether an edit within a result without a name took this name from it.
  virtual bool TakesName(const std::string& /*name*/) const { return false; }

  RelationColumns& relations() const { return relations_; }
  /// Of the queries around, the innermost last.
  const std::vector<Level>& levels() const { return levels_; }
  /// Within ORDER BY: the results, whose names go before those of columns.
  const SeenColumns* sorted() const { return sorted_; }
  const Tokens& tokens() const { return file_.tokens(); }
  std::size_t TokenAt(std::int64_t offset) const { return tokens().At(static_cast<std::size_t>(offset)); }
  /// Of a ColumnRef.
  Meaning MeaningOf(Node column) const;
  /// The type of an expression; empty when it is not known.
  std::string TypeOf(Node expression) const;

  /// Where something within a node is said to stand first; -1 when nothing is. What stands between its operands, or
  /// behind them as `::` does, is not where the node begins.
  static std::int64_t FirstPlace(Node node);
  /// Of a ColumnRef: its names, the last of which may be `*`.
  static std::vector<std::string> Fields(Node column);
  static std::string TypeNamed(Node type_name);
  /// The call that a function in FROM is, the first of ROWS FROM.
  static Node CallIn(Node range);
  /// The last token of a relation or function in FROM with its alias.
  std::size_t LastTokenOf(Node range) const;

  void Replace(std::size_t begin, std::size_t end, std::string text);
  /// Replaces the n-th part of the qualified name that begins at an offset.
  void ReplacePart(std::int64_t offset, std::size_t part, const std::string& name);
  /// The text from one place to another, with the edits that lie between them.
  std::string Edited(std::size_t begin, std::size_t end) const;
  /// Puts a text behind the token.
  void Append(std::size_t token, const std::string& text);

 private:
  struct Edit {
    std::size_t begin;
    std::size_t end;
    std::string text;
    bool operator==(const Edit&) const = default;
  };
  struct CommonTable {
    std::string name;
    SeenColumns columns;
  };

  void Walk(Node node);
  void WalkTyped(std::string_view type, Node node);
  SeenColumns WalkStatement(Node wrapped);
  SeenColumns WalkSelect(Node select);
  SeenColumns WalkValues(Node lists);
  void WalkWith(Node with);
  SeenColumns WalkTargets(Node targets);
  void WalkGroups(Node items, const SeenColumns& outputs);
  void WalkSort(Node items, const SeenColumns& outputs);
  SeenColumns WalkChange(std::string_view type, Node statement);
  void SeeRows(Node select, const SeenColumns& columns);
  SeenColumns ColumnsWritten(Node targets, ObjectId relation);
  void WalkWritten(Node targets, ObjectId relation);
  void WalkConflict(Node conflict, const FromItem& target);
  void WalkExpressions(Node items);
  std::size_t OpenOf(Node value) const;
  void WalkField(Node indirection);
  bool WalkStar(Node expression);
  void KeepName(Node target);
  void AddStar(Node expression, SeenColumns& outputs) const;
  static bool IsStar(Node expression);

  void WalkFrom(Node item);
  void WalkRange(Node range);
  void WalkJoin(Node join);
  void WalkSubquery(Node range);
  void WalkFunction(Node range);
  SeenColumns ColumnsOfCall(Node call, const std::string& alias) const;
  void AddItem(FromItem item, Node alias);

  RelationColumns& relations_;
  std::string text_;
  std::size_t prefix_ = 0;
  TextPlace place_;
  ParsedFile file_;
  std::vector<Level> levels_;
  std::vector<CommonTable> common_;
  std::vector<Edit> edits_;
  SeenColumns outputs_;
  const SeenColumns* sorted_ = nullptr;
  int depth_ = 0;  ///< How many queries are around.
};

}  // namespace schemadiff
