#include "canonical/tree_forms.h"

#include <algorithm>

#include "canonical/outputs.h"
#include "canonical/pairs.h"
#include "canonical/syntax_tree.h"
#include "canonical/tree_match.h"
#include "model/lineage.h"
#include "model/relation_of.h"

namespace schemadiff {
namespace {

RelationColumns ColumnsIn(Outputs& outputs) {
  return [&outputs](std::string_view schema, std::string_view name) { return outputs.Named(schema, name); };
}

class Judge {
 public:
  Judge(Schema& live, Schema& desired)
      : live_(live), desired_(desired), live_outputs_(live), desired_outputs_(desired) {}

  TreeVerdicts Run() {
    for (Schema* schema : {&live_, &desired_}) SpellOutStars(*schema);
    for (auto [id, object] : desired_) {
      const Object* counterpart = live_.Find(id);
      if (counterpart == nullptr || SameAttributes(*counterpart, object)) continue;
      Visit([&](auto& attributes) { JudgePair(*counterpart, object, attributes); }, object.attributes);
    }
    std::ranges::sort(verdicts_.same);
    std::ranges::sort(verdicts_.different);
    return std::move(verdicts_);
  }

 private:
  // PostgreSQL keeps the columns that a star stands for when the view is made.
  void SpellOutStars(Schema& schema) {
    Outputs& outputs = &schema == &live_ ? live_outputs_ : desired_outputs_;
    for (auto [id, object] : schema) {
      if (View* view = object.If<View>()) SpellOutStar(outputs, id, view->query);
      if (MaterializedView* view = object.If<MaterializedView>()) SpellOutStar(outputs, id, view->query);
    }
  }

  static void SpellOutStar(Outputs& outputs, ObjectId id, Expression& query) {
    if (query.sql.find('*') == std::string::npos || !SelectsStar(query.sql)) return;
    const auto& columns = outputs.Of(id);
    if (!columns) return;
    std::string spelled = query.sql + "\n-- *:";
    for (const ViewColumn& column : *columns) spelled += " " + column.name + " " + column.type.sql + column.collation;
    query.written = query.Text();
    query.sql = std::move(spelled);
  }

  template <typename Kind>
  void JudgePair(const Object& live, Object& object, Kind& desired) {
    constexpr bool is_view = std::is_same_v<Kind, View> || std::is_same_v<Kind, MaterializedView>;
    if constexpr (is_view) {
      JudgeView(live, object, desired);
    } else if constexpr (HasFields<Kind>) {
      ForEachExpressionPair(live.As<Kind>(), desired, [&](const Expression& a, Expression& b) {
        if (a == b || !a || !b) return;
        const SyntaxDocument one = ParseExpression(a.sql);
        const SyntaxDocument other = ParseExpression(b.sql);
        yyjson_val* left = ExpressionIn(one);
        yyjson_val* right = ExpressionIn(other);
        const bool same = left && right && Matcher(object).Same(left, right);
        if (same) AdoptSpelling(a, b);
        Note(object.id, same);
      });
    }
  }

  template <typename Kind>
  void JudgeView(const Object& live_object, Object& object, Kind& desired) {
    const Kind& live = live_object.As<Kind>();
    if (!(live.query == desired.query) || live.column_names != desired.column_names) {
      const SyntaxDocument one = ParseQuery(live.query.Text());
      const SyntaxDocument other = ParseQuery(desired.query.Text());
      yyjson_val* left = FirstStatement(one);
      yyjson_val* right = FirstStatement(other);
      const bool same = left && right && SameReturned(object.id) &&
                        Matcher(object).SameQuery(left, live.column_names, right, desired.column_names);
      if (same) {
        if (!(live.query == desired.query)) AdoptSpelling(live.query, desired.query);
        desired.column_names = live.column_names;
      }
      Note(object.id, same);
    }
    if constexpr (std::is_same_v<Kind, View>) {
      Object& before = *live_.Find(object.id);
      SetOutput(before.As<View>(), live_outputs_.Of(object.id), "before");
      SetOutput(desired, TakesInWhatGoes(object, desired) ? std::nullopt : desired_outputs_.Of(object.id), "after");
    }
  }

  // Whether stars stand for the same columns.
  bool SameReturned(ObjectId id) {
    const auto& before = live_outputs_.Of(id);
    const auto& after = desired_outputs_.Of(id);
    if (!before || !after) return before.has_value() == after.has_value();
    return std::ranges::equal(*before, *after, {}, &ViewColumn::name, &ViewColumn::name);
  }

  // A star stands for the columns that there are when the view is made, those among them that are dropped or get
  // another type afterwards: the view would stand in their way.
  bool TakesInWhatGoes(const Object& object, const View& view) {
    if (!SelectsStar(view.query.Text())) return false;
    return std::ranges::any_of(object.edges, [&](const Edge& edge) {
      if (!live_.Contains(edge.target) || !HasOwnColumns(edge.target.kind())) return false;
      const auto& before = live_outputs_.Of(edge.target);
      const auto& after = desired_outputs_.Of(edge.target);
      if (!before || !after) return before.has_value() != after.has_value();
      return std::ranges::any_of(*before,
                                 [&](const ViewColumn& column) { return !std::ranges::contains(*after, column); });
    });
  }

  // Of what is not known, nothing is kept.
  static void SetOutput(View& view, const std::optional<std::vector<ViewColumn>>& columns, std::string_view unknown) {
    view.output = columns ? *columns : std::vector{ViewColumn{std::string(unknown), {}, {}}};
  }

  TreeMatcher Matcher(const Object& object) {
    const ObjectId relation = RelationOf(object);
    const bool has_columns = StandsIn(relation.kind(), NameSpace::kRelation) && object.id != relation;
    return {ColumnsIn(live_outputs_), ColumnsIn(desired_outputs_), has_columns ? relation.schema() : "",
            has_columns ? relation.name() : ""};
  }

  void Note(ObjectId id, bool same) {
    std::vector<ObjectId>& list = same ? verdicts_.same : verdicts_.different;
    if (list.empty() || list.back() != id) list.push_back(id);
  }

  Schema& live_;
  Schema& desired_;
  Outputs live_outputs_;
  Outputs desired_outputs_;
  TreeVerdicts verdicts_;
};

}  // namespace

TreeVerdicts AdoptTreeForms(Schema& live, Schema& desired) { return Judge(live, desired).Run(); }

}  // namespace schemadiff
