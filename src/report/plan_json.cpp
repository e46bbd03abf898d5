#include "report/plan_json.h"

#include <fmt/format.h>
#include <yyjson.h>

#include <cstdlib>
#include <limits>
#include <memory>
#include <type_traits>

#include "report/plan_fields.h"
#include "report/words.h"
#include "support/check.h"

namespace schemadiff {
namespace {

constexpr const char* kFormatName = "schemadiff-plan";

struct Free {
  void operator()(char* text) const { std::free(text); }
  void operator()(yyjson_mut_doc* doc) const { yyjson_mut_doc_free(doc); }
  void operator()(yyjson_doc* doc) const { yyjson_doc_free(doc); }
};

template <typename T>
concept Structure = requires(const T* value) { JsonFields(value); };

class Writer {
 public:
  Writer() : doc_(yyjson_mut_doc_new(nullptr)) { Ensure(doc_ != nullptr, "out of memory"); }

  std::string Write(const Plan& plan) {
    yyjson_mut_val* root = yyjson_mut_obj(doc());
    Add(root, "format", Value(std::string(kFormatName)));
    Add(root, "version", Value(kPlanFormatVersion));
    AddFields(root, plan);
    Add(root, "summary", Summary(plan));
    yyjson_mut_doc_set_root(doc(), root);
    std::size_t length = 0;
    // A database in SQL_ASCII may hold names that are no UTF-8; they must come back as they were.
    const std::unique_ptr<char, Free> text(yyjson_mut_write(
        doc(), YYJSON_WRITE_PRETTY_TWO_SPACES | YYJSON_WRITE_ALLOW_INVALID_UNICODE | YYJSON_WRITE_NEWLINE_AT_END,
        &length));
    Ensure(text != nullptr, "a plan can be written as JSON");
    return {text.get(), length};
  }

 private:
  yyjson_mut_doc* doc() { return doc_.get(); }

  void Add(yyjson_mut_val* object, std::string_view key, yyjson_mut_val* value) {
    yyjson_mut_obj_add(object, yyjson_mut_strn(doc(), key.data(), key.size()), value);
  }

  yyjson_mut_val* Value(const std::string& text) { return yyjson_mut_strncpy(doc(), text.data(), text.size()); }

  template <std::integral T>
  yyjson_mut_val* Value(T number) {
    return yyjson_mut_sint(doc(), number);
  }

  template <typename T>
    requires std::is_enum_v<T>
  yyjson_mut_val* Value(T value) {
    return Value(std::string(Name(value)));
  }

  template <typename T>
  yyjson_mut_val* Value(const std::vector<T>& values) {
    yyjson_mut_val* array = yyjson_mut_arr(doc());
    for (const T& value : values) yyjson_mut_arr_append(array, Value(value));
    return array;
  }

  template <Structure T>
  yyjson_mut_val* Value(const T& value) {
    yyjson_mut_val* object = yyjson_mut_obj(doc());
    AddFields(object, value);
    return object;
  }

  template <Structure T>
  void AddFields(yyjson_mut_val* object, const T& value) {
    std::apply([&](const auto&... field) { (Add(object, field.key, Value(value.*field.member)), ...); },
               JsonFields(&value));
  }

  yyjson_mut_val* Summary(const Plan& plan) {
    const PlanCounts counts = Count(plan);
    yyjson_mut_val* object = yyjson_mut_obj(doc());
    Add(object, "steps", Value(static_cast<std::int64_t>(plan.steps.size())));
    for (int i = 0; i < kValues<Verb>; ++i) {
      Add(object, Name(static_cast<Verb>(i)),
          Value(static_cast<std::int64_t>(counts.verbs[static_cast<std::size_t>(i)])));
    }
    yyjson_mut_val* hazards = yyjson_mut_obj(doc());
    for (const auto& [kind, count] : counts.hazards) Add(hazards, Name(kind), Value(static_cast<std::int64_t>(count)));
    Add(object, "hazards", hazards);
    return object;
  }

  std::unique_ptr<yyjson_mut_doc, Free> doc_;
};

class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {}

  Result<Plan> Read(std::string_view text) {
    yyjson_read_err error{};
    std::string copy(text);  // yyjson takes a pointer to mutable text; it is changed only when read in place.
    const std::unique_ptr<yyjson_doc, Free> doc(
        yyjson_read_opts(copy.data(), copy.size(), YYJSON_READ_ALLOW_INVALID_UNICODE, nullptr, &error));
    if (!doc) {
      const LineColumn at = SourceFile(path_, std::move(copy)).Position(error.pos);
      return Error(ErrorCode::kBadInput,
                   fmt::format("`{}` is no saved plan, or is cut off: {} at line {}, column {}", path_, error.msg,
                               at.line, at.column),
                   kHint);
    }
    yyjson_val* root = yyjson_doc_get_root(doc.get());
    if (!yyjson_equals_str(yyjson_obj_get(root, "format"), kFormatName)) {
      return Error(ErrorCode::kBadInput, fmt::format("`{}` is JSON, but no saved plan", path_), kHint);
    }
    if (const int version = yyjson_get_int(yyjson_obj_get(root, "version")); version != kPlanFormatVersion) {
      return Error(ErrorCode::kBadInput,
                   fmt::format("`{}` is a plan of format version {}; this schemadiff reads version {}", path_, version,
                               kPlanFormatVersion),
                   "make the plan again with this version of schemadiff");
    }
    Plan plan;
    Fields(root, plan, "", 3);
    if (problem_.empty()) CheckGroups(plan);
    if (!problem_.empty()) {
      return Error(ErrorCode::kBadInput, fmt::format("`{}` is no valid plan: {}", path_, problem_), kHint);
    }
    return plan;
  }

 private:
  static constexpr const char* kHint = "make one with `schemadiff plan --out plan.json`";

  void Problem(const std::string& where, std::string_view what) {
    if (problem_.empty()) problem_ = fmt::format("`{}` {}", where, what);
  }

  void Value(yyjson_val* value, std::string& out, const std::string& where) {
    if (!yyjson_is_str(value)) return Problem(where, "must be a string");
    out.assign(yyjson_get_str(value), yyjson_get_len(value));
  }

  template <std::integral T>
  void Value(yyjson_val* value, T& out, const std::string& where) {
    const std::int64_t number = yyjson_get_sint(value);
    if (!yyjson_is_int(value) || !std::in_range<T>(number)) return Problem(where, "must be a whole number");
    out = static_cast<T>(number);
  }

  template <typename T>
    requires std::is_enum_v<T>
  void Value(yyjson_val* value, T& out, const std::string& where) {
    std::string name;
    Value(value, name, where);
    for (int i = 0; i < kValues<T>; ++i) {
      if (Name(static_cast<T>(i)) != name) continue;
      out = static_cast<T>(i);
      return;
    }
    Problem(where, fmt::format("cannot be `{}`", OneLine(name)));
  }

  template <typename T>
  void Value(yyjson_val* value, std::vector<T>& out, const std::string& where) {
    if (!yyjson_is_arr(value)) return Problem(where, "must be a list");
    out.resize(yyjson_arr_size(value));
    std::size_t index = 0;
    std::size_t size = 0;
    yyjson_val* element = nullptr;
    yyjson_arr_foreach(value, index, size, element) { Value(element, out[index], fmt::format("{}[{}]", where, index)); }
  }

  template <Structure T>
  void Value(yyjson_val* value, T& out, const std::string& where) {
    if (!yyjson_is_obj(value)) return Problem(where, "must be an object");
    Fields(value, out, where + ".", 0);
  }

  // `others` keys besides the fields of T are known to the caller.
  template <Structure T>
  void Fields(yyjson_val* object, T& out, const std::string& prefix, std::size_t others) {
    const auto read = [&](const auto& field) {
      const std::string where = prefix + std::string(field.key);
      yyjson_val* value = yyjson_obj_getn(object, field.key.data(), field.key.size());
      if (value == nullptr) return Problem(where, "is missing");
      Value(value, out.*field.member, where);
    };
    const auto fields = JsonFields(&out);
    std::apply([&](const auto&... field) { (read(field), ...); }, fields);
    if (yyjson_obj_size(object) > std::tuple_size_v<std::remove_const_t<decltype(fields)>> + others) {
      Problem(prefix.empty() ? "plan" : prefix.substr(0, prefix.size() - 1), "has keys that are not known");
    }
  }

  // What executes a plan relies on it.
  void CheckGroups(const Plan& plan) {
    int group = 1;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      const Step& step = plan.steps[i];
      if (step.group < group) return Problem(fmt::format("steps[{}].group", i), "must not descend, from 1");
      group = step.group;
      const bool alone = step.transaction == TransactionMode::kNone;
      if (i > 0 && plan.steps[i - 1].group == group &&
          (alone || plan.steps[i - 1].transaction == TransactionMode::kNone)) {
        return Problem(fmt::format("steps[{}].group", i), "must be of its own, since a step runs outside transactions");
      }
    }
  }

  std::string path_;
  std::string problem_;
};

}  // namespace

std::string PlanJson(const Plan& plan) { return Writer().Write(plan); }

Result<Plan> ParsePlanJson(std::string_view text, const std::string& path) { return Reader(path).Read(text); }

}  // namespace schemadiff
