#include <algorithm>

#include "parser/follow_names.h"
#include "parser/follow_texts.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

/// PostgreSQL takes `*` and NATURAL apart when a query is stored (manual: CREATE VIEW, "Notes").
class NameSettler : public QueryWalk {
 public:
  NameSettler(RelationColumns& relations, const std::string& text, const TextPlace& place, const std::string& name)
      : QueryWalk(relations, text, place), name_(name) {}

 private:
  void SeeStar(Node column, const std::vector<std::string>& fields) override {
    std::vector<std::string> texts;
    if (fields.size() == 1) {
      for (const FromItem& item : levels().back()) {
        if (!item.is_bare) continue;
        if (!item.columns.complete) return;
        for (const SeenColumn& one : item.columns.list) texts.push_back(QuoteQualified(one.qualifier, one.name));
      }
    } else {
      const Meaning meaning = MeaningOf(column);
      if (meaning.item == nullptr || !meaning.item->columns.complete) return;
      std::string prefix;
      for (std::size_t i = 0; i + 1 < fields.size(); ++i) prefix += QuoteIdentifier(fields[i]) + ".";
      for (const SeenColumn& one : meaning.item->columns.list) texts.push_back(prefix + QuoteIdentifier(one.name));
    }
    if (texts.empty()) return;
    if (column.Location() < 0) return TakeApart(levels().back().front(), Join(texts, ", "));
    const std::size_t begin = TokenAt(column.Location());
    Replace(tokens()[begin].start, tokens()[begin + 2 * (fields.size() - 1)].end, Join(texts, ", "));
  }

  void SeeFields(const std::string& type, std::size_t begin, std::size_t end) override {
    const ObjectId rows = relations().RowsOf(type);
    if (!rows || relations().Of(rows).list.empty() || !relations().Of(rows).complete) return;
    const std::string value = Edited(tokens()[begin].start, tokens()[end].start);
    std::vector<std::string> texts;
    for (const SeenColumn& one : relations().Of(rows).list) texts.push_back(value + QuoteIdentifier(one.name));
    Replace(tokens()[begin].start, tokens()[end].end, Join(texts, ", "));
  }

  // TABLE t, which has no `*`.
  void TakeApart(const FromItem& item, const std::string& columns) {
    const std::int64_t place = item.columns.list.front().place;
    if (place <= 0) return;
    const std::size_t last = TokenAt(place) - (tokens().Is(TokenAt(place) - 1, "only") ? 2 : 1);
    if (tokens().Is(last, "table")) Replace(tokens()[last].start, tokens()[last].end, "SELECT " + columns + " FROM");
  }

  void SeeColumn(Node column, const std::vector<std::string>& fields, const Meaning& meaning) override {
    if (fields.size() != 1 || fields[0] != name_ || levels().size() < 2) return;
    if (meaning.column == nullptr || meaning.column->qualifier.empty()) return;
    const Token& token = tokens()[TokenAt(column.Location())];
    Replace(token.start, token.end, QuoteQualified(meaning.column->qualifier, name_));
  }

  void SeeMerge(Node join, const std::vector<std::string>& names, const SeenColumns& left,
                const SeenColumns& right) override {
    const std::int64_t place = FirstPlace(join["rarg"]);
    if (!join.Bool("isNatural") || place < 0 || names.empty() || !left.complete || !right.complete) return;
    if (join["rarg"]["RangeFunction"].Bool("ordinality")) return;
    std::size_t word = TokenAt(place);
    while (word > 0 && !tokens().Is(word, "natural")) --word;
    if (!tokens().Is(word, "natural")) return;
    Replace(tokens()[word].start, tokens()[word + 1].start, "");
    std::vector<std::string> quoted;
    for (const std::string& name : names) quoted.push_back(QuoteIdentifier(name));
    Append(LastTokenOfSide(join["rarg"], word), " USING (" + Join(quoted, ", ") + ")");
  }

  // The last token of the right side of a join, which begins with NATURAL.
  std::size_t LastTokenOfSide(Node side, std::size_t word) const {
    if (side["RangeVar"]) return LastTokenOf(side["RangeVar"]);
    std::size_t last = tokens().Close(tokens().Find(word, tokens().size(), "("));
    const Node alias = side.Inner()["alias"];
    if (!alias) return last;
    last += tokens().Is(last + 1, "as") ? 2 : 1;
    return alias["colnames"] ? tokens().Close(last + 1) : last;
  }

  // The column would take the name.
  void SeeGrouped(Node column, const std::string& name, std::size_t number) override {
    if (name != name_) return;
    const Token& token = tokens()[TokenAt(column.Location())];
    Replace(token.start, token.end, std::to_string(number));
  }

  const std::string& name_;
};

}  // namespace

void SettleNames(Interpreter& in, ObjectId relation, const std::string& column) {
  std::unordered_set<ObjectId> relations;
  const auto is_meant = [&](const Object& object) {
    if (relation.kind() == ObjectKind::kCompositeType) return true;  // Of which values may be anywhere.
    if (relations.empty()) relations = WithReturning(in.schema(), WithHeirs(in.schema(), relation));
    return IsAbout(object, relations);
  };
  EditQueries(in, is_meant, [&](RelationColumns& columns, const std::string& text, const TextPlace& place) {
    return NameSettler(columns, text, place, column).Run();
  });
}

}  // namespace schemadiff
