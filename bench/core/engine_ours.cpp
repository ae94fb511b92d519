#include "engine.hpp"

#include "core/keywords/keyword_list_reader.hpp"
#include "core/match/matcher.hpp"
#include "core/route/routing.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace aria_focus::bench {
namespace {

// Lists as JSON values: strings, or objects that say "fragment".
class Tape {
  public:
    Tape(const std::vector<std::string>& texts, bool fragments) {
        nodes_.reserve(texts.size() * 6 + 1);
        add(core::check::JsonKind::array, {}, texts.size());
        for (const std::string& text : texts) {
            if (fragments) add(core::check::JsonKind::object, {}, 2);
            const std::size_t object = nodes_.size() - 1;
            if (fragments) add(core::check::JsonKind::string, "keyword");
            add(core::check::JsonKind::string, text);
            if (!fragments) continue;
            add(core::check::JsonKind::string, "match");
            add(core::check::JsonKind::string, "fragment");
            nodes_[object].next = static_cast<std::uint32_t>(nodes_.size());
        }
        nodes_[0].next = static_cast<std::uint32_t>(nodes_.size());
    }

    // The array.
    core::check::JsonView view() const { return core::check::JsonView(nodes_); }

  private:
    // Appends a node that ends with itself.
    void add(core::check::JsonKind kind, std::string_view text, std::size_t size = 0) {
        const auto at = static_cast<std::uint32_t>(nodes_.size());
        nodes_.push_back({kind, false, static_cast<std::uint32_t>(size), at + 1, text});
    }

    std::vector<core::check::JsonNode> nodes_;
};

// All lists, which must be accepted.
std::vector<core::match::KeywordList> parse(const KeywordSet& set) {
    std::vector<core::match::KeywordList> out;
    core::Ticker ticker;
    for (const auto& list : set.lists) {
        core::check::Problems problems;
        const Tape tape(list, set.fragments);
        out.push_back(core::keywords::read_keyword_list(tape.view(),
                                                        core::check::Reporter(problems), ticker));
        if (problems.empty()) continue;
        throw std::runtime_error(set.name + ": " + problems.front().path + " " +
                                 problems.front().message);
    }
    return out;
}

// Parsed once for each set, by name, so that compile times are of compiling alone.
const std::vector<core::match::KeywordList>& parsed(const KeywordSet& set) {
    static std::string last;
    static std::vector<core::match::KeywordList> lists;
    if (last != set.name) lists = parse(set);
    last = set.name;
    return lists;
}

// Profiles with the names that the lists need.
std::vector<core::route::RoutingProfile> profiles(std::size_t count) {
    std::vector<core::route::RoutingProfile> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::string digits = std::to_string(i);
        out.push_back({"p" + std::string(8 - digits.size(), '0') + digits, 2});
    }
    return out;
}

// The state of scans, one for all: as in a session of the server it is no part of a compiled form.
core::route::Tallies& shared_tallies() {
    static core::route::Tallies tallies;
    return tallies;
}

class Ours : public Engine {
  public:
    explicit Ours(const KeywordSet& set)
        : router_(profiles(set.lists.size()), parsed(set), ticker_) {}

    std::string name() const override { return "ours"; }

    std::uint64_t run(std::span<const std::string> messages) override {
        std::uint64_t hits = 0;
        for (const std::string& message : messages) {
            for (const core::route::Tally& tally :
                 shared_tallies().count(router_, message, ticker_)) {
                hits += tally.hits;
            }
        }
        return hits;
    }

    std::vector<PlainHit> plain_hits(std::string_view message) override {
        if (!plain_) plain_ = core::match::compile_plain(router_.matcher(), ticker_);
        std::vector<PlainHit> out;
        for (const core::match::Hit& hit :
             core::match::collect_hits(*plain_, message, shared_tallies().scratch(), ticker_)) {
            out.push_back({hit.begin, hit.list, hit.end});
        }
        std::sort(out.begin(), out.end());
        return out;
    }

    std::size_t memory() const override { return router_.matcher().memory(); }

  private:
    core::Ticker ticker_;
    core::route::Router router_;
    std::optional<core::match::Matcher> plain_;
};

}  // namespace

EnginePtr make_ours(const KeywordSet& set) {
    return std::make_unique<Ours>(set);
}

std::size_t parse_only(const KeywordSet& set) {
    return parse(set).size();
}

}  // namespace aria_focus::bench
