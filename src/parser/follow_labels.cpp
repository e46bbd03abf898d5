#include "parser/follow_labels.h"

#include <algorithm>
#include <array>
#include <set>

#include "model/lineage.h"
#include "parser/follow_texts.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

/// The enum and the domains over it, as texts name them.
using TypeNames = std::set<std::string>;

TypeNames NamesOfType(const Schema& schema, ObjectId type) {
  TypeNames names{QuoteQualified(type.schema(), type.name())};
  for (std::size_t before = 0; before != names.size();) {
    before = names.size();
    for (const auto& [id, object] : schema.OfKind(ObjectKind::kDomain)) {
      if (names.contains(object.template As<Domain>().type.sql)) names.insert(QuoteQualified(id.schema(), id.name()));
    }
  }
  return names;
}

/// A string is of a type by its surroundings (manual: "Type Conversion").
class LabelFollower : public QueryWalk {
 public:
  LabelFollower(RelationColumns& relations, const std::string& text, const TextPlace& place, const TypeNames& types,
                const std::string& from, const std::string& to)
      : QueryWalk(relations, text, place), types_(types), from_(from), to_(to) {}

 private:
  enum class Rank : std::uint8_t { kNone, kLabel, kArray };

  Rank RankOf(const std::string& type) const {
    if (types_.contains(type)) return Rank::kLabel;
    return type.ends_with("[]") && types_.contains(type.substr(0, type.size() - 2)) ? Rank::kArray : Rank::kNone;
  }
  Rank RankOf(Node expression) const { return RankOf(TypeOf(expression)); }

  void SeeValue(Node value, const std::string& type) override { Take(value, RankOf(type)); }

  void SeeNode(std::string_view type, Node node) override {
    if (type == "TypeCast") Take(node["arg"], RankOf(TypeNamed(node["typeName"])));
    if (type == "A_Expr") SeeOperation(node.Text("kind"), node["lexpr"], node["rexpr"]);
    if (type == "CoalesceExpr" || type == "MinMaxExpr") TakeAlike(node["args"].Items());
    if (type == "A_ArrayExpr") TakeAlike(node["elements"].Items());
    if (type == "CaseExpr") SeeCase(node);
    if (type == "FuncCall") SeeCall(node);
  }

  void SeeOperation(std::string_view kind, Node left, Node right) {
    if (kind.starts_with("AEXPR_IN") || kind.contains("BETWEEN")) {
      std::vector<Node> all = right["List"]["items"].Items();
      all.push_back(left);
      TakeAlike(all);
    } else if (kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL") {
      if (RankOf(left) == Rank::kLabel) Take(right, Rank::kArray);
      if (RankOf(right) == Rank::kArray) Take(left, Rank::kLabel);
    } else if (left && right) {
      TakeAlike({left, right});
    }
  }

  void SeeCase(Node cases) {
    std::vector<Node> compared{cases["arg"]};
    std::vector<Node> results{cases["defresult"]};
    for (const Node item : cases["args"].Items()) {
      compared.push_back(item["CaseWhen"]["expr"]);
      results.push_back(item["CaseWhen"]["result"]);
    }
    if (cases["arg"]) TakeAlike(compared);
    TakeAlike(results);
  }

  void SeeCall(Node call) {
    // PostgreSQL's own that take anything, as long as it is of one type.
    constexpr auto kAlike = std::to_array<std::string_view>(
        {"array_append", "array_prepend", "array_remove", "array_replace", "array_position", "array_positions"});
    const std::vector<std::string> names = Strings(call["funcname"]);
    if (std::ranges::contains(kAlike, names.back())) {
      const std::vector<Node> arguments = call["args"].Items();
      const bool has_array = std::ranges::any_of(arguments, [&](Node one) { return RankOf(one) == Rank::kArray; });
      for (const Node argument : arguments) Take(argument, has_array ? Rank::kLabel : Rank::kNone);
    }
    if (names.back() == "lag" || names.back() == "lead") TakeAlike(call["args"].Items());
    if (names.size() < 2) return;
    const std::vector<const Object*> routines = relations().Routines(names[names.size() - 2], names.back());
    if (routines.size() != 1) return;
    std::vector<Node> arguments = call["args"].Items();
    std::size_t number = 0;
    for (const RoutineArgument& argument : routines[0]->As<Routine>().arguments) {
      using enum RoutineArgument::Mode;
      if (argument.mode == kOut || argument.mode == kTable) continue;
      if (number < arguments.size()) Take(arguments[number++], RankOf(argument.type.sql));
    }
  }

  // What is of one type together.
  void TakeAlike(const std::vector<Node>& expressions) {
    Rank rank = Rank::kNone;
    for (const Node expression : expressions) {
      if (rank == Rank::kNone) rank = RankOf(expression);
    }
    for (const Node expression : expressions) Take(expression, rank);
  }

  void Take(Node expression, Rank rank) {
    if (!expression || rank == Rank::kNone) return;
    if (const Node constant = expression["A_Const"]) return TakeString(constant, rank);
    for (const std::string_view either : {"CoalesceExpr", "MinMaxExpr"}) {
      for (const Node item : expression[either]["args"].Items()) Take(item, rank);
    }
    for (const Node item : expression["CaseExpr"]["args"].Items()) Take(item["CaseWhen"]["result"], rank);
    Take(expression["CaseExpr"]["defresult"], rank);
    for (const Node item : expression["A_ArrayExpr"]["elements"].Items()) {
      if (rank == Rank::kArray) Take(item, item["A_ArrayExpr"] ? Rank::kArray : Rank::kLabel);
    }
  }

  void TakeString(Node constant, Rank rank) {
    const std::string text(constant["sval"].Text("sval"));
    const std::string changed = rank == Rank::kLabel ? (text == from_ ? to_ : text) : InArray(text);
    if (changed == text) return;
    const Token& token = tokens()[TokenAt(constant.Location())];
    Replace(token.start, token.end, QuoteLiteral(changed));
  }

  // Manual: "Array Input and Output Syntax".
  std::string InArray(const std::string& text) const {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      if (text[i] == '{' || text[i] == '}' || text[i] == ',' || text[i] == ' ') {
        out += text[i++];
        continue;
      }
      const std::size_t begin = i;
      std::string element;
      if (text[i] == '"') {
        for (++i; i < text.size() && text[i] != '"'; ++i) {
          if (text[i] == '\\' && i + 1 < text.size()) ++i;
          element += text[i];
        }
        i = std::min(i + 1, text.size());
      } else {
        while (i < text.size() && text[i] != ',' && text[i] != '}') element += text[i++];
      }
      out += element == from_ ? Element(to_) : text.substr(begin, i - begin);
    }
    return out;
  }

  static std::string Element(const std::string& label) {
    std::string out = "\"";
    for (const char c : label) out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    return out + '"';
  }

  const TypeNames& types_;
  const std::string& from_;
  const std::string& to_;
};

// Of a table that is partitioned by lists of labels: `FOR VALUES IN ('x')`, which are of the key's type.
void FollowInBounds(Schema& schema, const TypeNames& types, const std::string& from, const std::string& to) {
  RelationColumns relations(schema);
  schema.ForEachOfKinds(HasOwnColumns, [&](ObjectId id, const Object& partition) {
    const Object* parent = schema.Find(PartitionParent(partition));
    const Table* table = parent == nullptr ? nullptr : parent->If<Table>();
    const std::string& bound = PartitionBoundOf(partition).sql;
    constexpr std::string_view kBefore = "LIST (";
    if (table == nullptr || !table->partition_key.sql.starts_with(kBefore)) return;
    const Tokens key(table->partition_key.sql);
    const std::vector<std::string> column = NameParts(key.Text(2));
    const SeenColumn* found = relations.Of(parent->id).Find(column.back());
    if (key.size() != 4 || found == nullptr || !types.contains(found->type)) return;
    std::string text = bound;
    const Tokens tokens(bound);
    for (std::size_t i = tokens.size(); i-- > 0;) {
      if (tokens.Text(i) != QuoteLiteral(from)) continue;
      text.replace(tokens[i].start, tokens[i].end - tokens[i].start, QuoteLiteral(to));
    }
    if (text != bound) SetPartition(*schema.Find(id), parent->id, {text});
  });
}

}  // namespace

void FollowLabelInTexts(Interpreter& in, ObjectId type, const std::string& from, const std::string& to) {
  const TypeNames types = NamesOfType(in.schema(), type);
  EditTexts(
      in, [](const Object&) { return true; },
      [&](RelationColumns& relations, const std::string& text, const TextPlace& place) {
        if (!text.contains('\'') && !text.contains('$')) return text;
        return LabelFollower(relations, text, place, types, from, to).Run();
      });
  FollowInBounds(in.schema(), types, from, to);
}

}  // namespace schemadiff
