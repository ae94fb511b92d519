// Builds a matcher: takes over the texts of all lists and gives the keywords that can count to the
// filter and the trie.
#include "core/base/error.hpp"
#include "core/match/matcher.hpp"
#include "core/text/unicode.hpp"
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
                if (out_.semantics_ == Semantics::plain)
                    folded += 3 * std::size_t{keyword.text_size};
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
        const auto texts = texts_of(list);
        auto edges = edges_of(list);
        if (out_.semantics_ == Semantics::plain) edges.assign(edges.size(), Edges{false, false});
        const auto shadows = find_shadows(texts, edges, ticker_);
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const Keyword& keyword = list.keywords()[i];
            ticker_.tick(texts[i].size());
            const auto entry = static_cast<std::uint32_t>(out_.text_starts_.size());
            out_.text_starts_.push_back(static_cast<std::uint32_t>(out_.arena_.size()));
            out_.arena_.append(list.text(keyword));
            if (shadows[i] >= 0) continue;
            add_keyword(texts[i], list.text(keyword),
                        {list_index, entry, static_cast<std::int16_t>(keyword.weight), edges[i]});
        }
    }

    // The characters of each entry that are matched under the semantics.
    std::vector<std::u32string_view> texts_of(const KeywordList& list) {
        std::vector<std::u32string_view> texts;
        texts.reserve(list.keywords().size());
        if (out_.semantics_ == Semantics::bounded) {
            for (const Keyword& keyword : list.keywords()) texts.push_back(list.folded(keyword));
            return texts;
        }
        plain_.clear();
        std::vector<std::size_t> ends;
        for (const Keyword& keyword : list.keywords()) {
            for (const char32_t c : text::utf8::to_code_points(list.text(keyword))) {
                plain_ += text::unicode::fold(c);
            }
            ends.push_back(plain_.size());
        }
        std::size_t begin = 0;
        for (const std::size_t end : ends) {
            texts.push_back(std::u32string_view(plain_).substr(begin, end - begin));
            begin = end;
        }
        return texts;
    }

    // Notes a keyword that may count.
    void add_keyword(std::u32string_view characters, std::string_view text, TrieEnd end) {
        if (out_.semantics_ == Semantics::bounded) note_separators(characters, end);
        const std::size_t at = folded_.size();
        for (const char32_t c : characters) {
            const bool is_space = c == U'-' && out_.semantics_ == Semantics::bounded;
            text::utf8::append(folded_, is_space ? U' ' : c);
        }
        const std::string_view folded = std::string_view(folded_).substr(at);
        const bool is_text = folded == text;
        const std::uint32_t shared_at =
            is_text ? static_cast<std::uint32_t>(out_.arena_.size() - text.size()) : not_shared;
        keywords_.push_back({key_of(characters, folded, end.edges), folded, shared_at, end});
    }

    // Says what stands at the spaces and hyphens of a keyword.
    void note_separators(std::u32string_view characters, TrieEnd& end) {
        const std::size_t start = out_.separators_.size();
        bool is_listed = false;
        for (std::size_t i = 0; i < characters.size(); ++i) {
            if (characters[i] != U' ' && characters[i] != U'-') continue;
            const bool is_between = characters[i] == U' ' &&
                                    text::unicode::is_word(characters[i - 1]) &&
                                    text::unicode::is_word(characters[i + 1]);
            is_listed = is_listed || !is_between;
            out_.separators_ += is_between ? '~' : static_cast<char>(characters[i]);
        }
        if (is_listed) {
            end.separators = Separators::listed;
            out_.separator_starts_.emplace_back(end.entry, static_cast<std::uint32_t>(start));
        } else {
            if (out_.separators_.size() != start) end.separators = Separators::between_words;
            out_.separators_.resize(start);
        }
    }

    static constexpr std::size_t max_bytes = std::size_t{1} << 31;

    Ticker& ticker_;
    Matcher out_;
    std::string folded_;  // of all keywords; reserved, so that views of it stay
    std::vector<TrieKeyword> keywords_;
    std::u32string plain_;  // of one list, under plain semantics
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
