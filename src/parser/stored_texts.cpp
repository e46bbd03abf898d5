#include "parser/stored_texts.h"

#include "model/lineage.h"
#include "model/relation_of.h"

namespace schemadiff {
namespace {

// Rules and triggers name the rows before and after (manual: CREATE RULE, CREATE TRIGGER).
std::vector<FromItem> OldAndNew(RelationColumns& relations, ObjectId relation) {
  std::vector<FromItem> items;
  for (const char* name : {"old", "new"}) {
    FromItem item = relations.ItemOf(relation);
    item.name = name;
    item.has_alias = true;
    item.is_bare = false;
    for (SeenColumn& column : item.columns.list) column.qualifier = name;
    items.push_back(std::move(item));
  }
  return items;
}

// Arguments are found by their names, and by those behind the routine's (manual: "Arguments for SQL Functions").
FromItem ArgumentsOf(const Object& object) {
  FromItem item{.name = object.id.name(), .relation = object.id, .has_alias = true};
  for (const RoutineArgument& argument : object.As<Routine>().arguments) {
    if (argument.name.empty()) continue;
    item.columns.list.push_back({.name = argument.name, .qualifier = item.name, .type = argument.type.sql});
  }
  return item;
}

std::string TypeOfColumn(const Schema& schema, ObjectId column) {
  const Object* object = schema.Find(column);
  return object == nullptr ? std::string() : object->As<Column>().type.sql;
}

class StoredTexts {
 public:
  StoredTexts(Object& object, RelationColumns& relations,
              const std::function<void(Expression&, const TextPlace&)>& visit)
      : object_(object), relations_(relations), visit_(visit) {}

  void In(View& view) { See(view.query, TextForm::kQuery); }
  void In(MaterializedView& view) { See(view.query, TextForm::kQuery); }
  void In(Rule& rule) { See(rule.definition, TextForm::kRule, OldAndNew(relations_, object_.id.parent())); }
  void In(Trigger& trigger) {
    See(trigger.condition, TextForm::kExpression, OldAndNew(relations_, object_.id.parent()));
  }
  void In(Routine& routine) {
    See(routine.sql_body, TextForm::kBody, {ArgumentsOf(object_)});
    for (RoutineArgument& argument : routine.arguments) {
      See(argument.default_value, TextForm::kExpression, {}, argument.type.sql);
    }
  }
  void In(Column& column) {
    See(column.generation_expression, TextForm::kExpression, {relations_.ItemOf(object_.id.parent())}, column.type.sql);
  }
  void In(ColumnDefault& attributes) {
    See(attributes.expression, TextForm::kExpression, {}, TypeOfColumn(relations_.schema(), object_.id.parent()));
  }
  void In(Domain& domain) { See(domain.default_value, TextForm::kExpression, {}, domain.type.sql); }
  void In(DomainConstraint& constraint) {
    const Object* domain = relations_.schema().Find(object_.id.parent());
    FromItem item;
    item.columns.list.push_back(
        {.name = "value", .qualifier = {}, .type = domain == nullptr ? std::string() : domain->As<Domain>().type.sql});
    See(constraint.expression, TextForm::kExpression, {std::move(item)});
  }
  void In(Table& table) { See(table.partition_key, TextForm::kPartitionKey, {relations_.ItemOf(object_.id)}); }
  template <typename T>
  void In(T& attributes) {
    if constexpr (HasFields<T>) {
      ForEachExpression(attributes, [&](Expression& text) {
        if (!text) return;
        const ObjectId relation = RelationOf(object_);
        std::vector<FromItem> around;
        if (relations_.schema().Contains(relation)) around.push_back(relations_.ItemOf(relation));
        See(text, TextForm::kExpression, std::move(around));
      });
    }
  }

 private:
  void See(Expression& text, TextForm form, std::vector<FromItem> around = {}, std::string type = {}) {
    if (text) visit_(text, {.form = form, .around = std::move(around), .type = std::move(type)});
  }

  Object& object_;
  RelationColumns& relations_;
  const std::function<void(Expression&, const TextPlace&)>& visit_;
};

}  // namespace

void ForEachStoredText(Object& object, RelationColumns& relations,
                       const std::function<void(Expression& text, const TextPlace& place)>& visit) {
  StoredTexts texts(object, relations, visit);
  Visit([&](auto& attributes) { texts.In(attributes); }, object.attributes);
}

}  // namespace schemadiff
