// Builds a matcher: takes over the texts of all lists and gives the keywords that can count to the
// filter and the trie.
#include "core/base/error.hpp"
#include "core/match/matcher.hpp"
#include "core/text/utf8.hpp"

namespace aria_focus::core::match {

class MatcherCompiler {
  public:
    MatcherCompiler(Semantics semantics, Ticker& ticker, const Kernel& kernel) : ticker_(ticker) {
        out_.semantics_ = semantics;
        out_.kernel_ = &kernel;
    }

    // The whole way.
    Matcher compile(std::span<const KeywordList> lists) {
        make_room(lists);
        for (std::size_t i = 0; i < lists.size(); ++i) {
            out_.list_starts_.push_back(static_cast<std::uint32_t>(out_.text_starts_.size()));
            add_list(static_cast<std::uint32_t>(i), lists[i]);
        }
        out_.list_starts_.push_back(static_cast<std::uint32_t>(out_.text_starts_.size()));
        out_.text_starts_.push_back(static_cast<std::uint32_t>(out_.arena_.size()));
        out_.filter_ = KeyFilter(keywords_.size());
        for (const TrieKeyword& keyword : keywords_) {
            ticker_.tick(16);
            out_.filter_.add(keyword.key, keyword.end.edges);
        }
        out_.trie_ = KeywordTrie(keywords_, out_.arena_, ticker_);
        return std::move(out_);
    }

  private:
    // Reserves memory, and refuses too many keywords. No byte array of this object moves later.
    void make_room(std::span<const KeywordList> lists) {
        std::size_t count = 0;
        std::size_t bytes = 0;
        std::size_t folded = 0;
        for (const KeywordList& list : lists) {
            for (const Keyword& keyword : list.keywords()) {
                ++count;
                bytes += keyword.text_size;
                folded += 4 * std::size_t{keyword.folded_size};
            }
        }
        if (bytes + folded > max_bytes) {
            throw Error(ErrorKind::limit_exceeded, "too many keywords to be compiled",
                        "They have more than 2^29 characters together.");
        }
        out_.list_starts_.reserve(lists.size() + 1);
        out_.text_starts_.reserve(count + 1);
        out_.arena_.reserve(bytes);
        keywords_.reserve(count);
        folded_.reserve(folded);
    }

    // Takes over the entries of one list.
    void add_list(std::uint32_t list_index, const KeywordList& list) {
        auto edges = edges_of(list);
        if (out_.semantics_ == Semantics::plain) edges.assign(edges.size(), Edges{false, false});
        const auto shadows = find_shadows(list, edges, ticker_);
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const Keyword& keyword = list.keywords()[i];
            ticker_.tick(keyword.folded_size);
            const auto entry = static_cast<std::uint32_t>(out_.text_starts_.size());
            out_.text_starts_.push_back(static_cast<std::uint32_t>(out_.arena_.size()));
            out_.arena_.append(list.text(keyword));
            if (shadows[i] >= 0) continue;
            add_keyword(list.folded(keyword), list.text(keyword),
                        {list_index, entry, static_cast<std::int16_t>(keyword.weight), edges[i]});
        }
    }

    // Notes a keyword that may count.
    void add_keyword(std::u32string_view characters, std::string_view text, const TrieEnd& end) {
        const std::size_t at = folded_.size();
        for (const char32_t character : characters) text::utf8::append(folded_, character);
        const std::string_view folded = std::string_view(folded_).substr(at);
        const bool is_text = folded == text;
        const std::uint32_t shared_at =
            is_text ? static_cast<std::uint32_t>(out_.arena_.size() - text.size()) : not_shared;
        keywords_.push_back({key_of(characters, folded, end.edges), folded, shared_at, end});
    }

    static constexpr std::size_t max_bytes = std::size_t{1} << 31;

    Ticker& ticker_;
    Matcher out_;
    std::string folded_;  // of all keywords; reserved, so that views of it stay
    std::vector<TrieKeyword> keywords_;
};

Matcher Matcher::compile(std::span<const KeywordList> lists, Semantics semantics, Ticker& ticker,
                         const Kernel& kernel) {
    return MatcherCompiler(semantics, ticker, kernel).compile(lists);
}

Matcher compile_plain(const Matcher& bounded, Ticker& ticker) {
    std::vector<KeywordList> lists;
    for (std::uint32_t list = 0; list < bounded.list_count(); ++list) {
        const auto [first, last] = bounded.entries_of(list);
        KeywordList& texts = lists.emplace_back();
        for (std::uint32_t i = first; i < last; ++i) {
            ticker.tick(64);
            texts.add(bounded.text(i), Match::fragment);
        }
    }
    return Matcher::compile(lists, Semantics::plain, ticker);
}

}  // namespace aria_focus::core::match
