// Options: storage parameters, settings and the like, by name.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace schemadiff {

/// A map that takes a pointer's room while it is empty: every column and every key of an index has some, few hold any.
class Options {
 public:
  using Map = std::map<std::string, std::string>;
  using value_type = Map::value_type;

  Options() = default;
  Options(std::initializer_list<value_type> values) : map_(std::make_unique<Map>(values)) {}
  Options(const Options& other) : map_(other.empty() ? nullptr : std::make_unique<Map>(*other.map_)) {}
  Options(Options&&) noexcept = default;
  Options& operator=(const Options& other) { return *this = Options(other); }
  Options& operator=(Options&&) noexcept = default;
  ~Options() = default;

  bool empty() const { return map_ == nullptr || map_->empty(); }
  std::size_t size() const { return Held().size(); }
  bool contains(const std::string& name) const { return Held().contains(name); }
  auto begin() const { return Held().begin(); }
  auto end() const { return Held().end(); }
  auto find(const std::string& name) const { return Held().find(name); }
  const std::string& at(const std::string& name) const { return Held().at(name); }

  auto find(const std::string& name) { return map_ == nullptr ? Map::iterator() : map_->find(name); }
  auto begin() { return map_ == nullptr ? Map::iterator() : map_->begin(); }
  auto end() { return map_ == nullptr ? Map::iterator() : map_->end(); }
  std::string& operator[](const std::string& name) { return Own()[name]; }
  template <typename... Arguments>
  auto emplace(Arguments&&... arguments) {
    return Own().emplace(std::forward<Arguments>(arguments)...);
  }
  void erase(const std::string& name) {
    if (map_ != nullptr) map_->erase(name);
  }
  void clear() { map_.reset(); }

  bool operator==(const Options& other) const { return Held() == other.Held(); }

 private:
  const Map& Held() const {
    static const Map none;
    return map_ == nullptr ? none : *map_;
  }
  Map& Own() {
    if (map_ == nullptr) map_ = std::make_unique<Map>();
    return *map_;
  }

  std::unique_ptr<Map> map_;
};

}  // namespace schemadiff
