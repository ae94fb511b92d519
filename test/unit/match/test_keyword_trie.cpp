// The trie against a search that compares each keyword.
#include "core/match/keyword_trie.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::test;

namespace {

// Bytes that can be read behind a text.
constexpr std::size_t readable_behind = 64;

// The key of a keyword that is its first bytes; which kind of key is all the same to the trie.
Key key_of(std::string_view folded, std::size_t size) {
    Key key{0, false};
    for (std::size_t i = std::min(size, folded.size()); i-- > 0;) {
        key.bytes = key.bytes << 8 | static_cast<unsigned char>(folded[i]);
    }
    return key;
}

// A keyword found: its entry and how many bytes it has.
struct Found {
    std::uint32_t entry;
    std::size_t size;

    bool operator==(const Found&) const = default;
};

// True if one list is the other with some left out.
bool is_part(const std::vector<Found>& part, const std::vector<Found>& whole) {
    auto at = whole.begin();
    for (const Found& one : part) {
        at = std::find(at, whole.end(), one);
        if (at == whole.end()) return false;
        ++at;
    }
    return true;
}

// Keywords, their trie, and the naive search.
class Tries {
  public:
    // Adds a keyword, its text in the arena or not.
    void add(std::string folded, std::size_t key_size, bool is_shared) {
        is_shared_.push_back(is_shared);
        keys_.push_back(key_of(folded, key_size));
        texts_.push_back(std::move(folded));
    }

    // Builds the trie.
    void build() {
        std::vector<TrieKeyword> keywords;
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            const auto entry = static_cast<std::uint32_t>(i);
            std::uint32_t shared_at = not_shared;
            if (is_shared_[i]) {
                shared_at = static_cast<std::uint32_t>(arena_.size());
                arena_ += texts_[i];
            }
            keywords.push_back({keys_[i],
                                texts_[i],
                                shared_at,
                                {entry % 7,
                                 entry,
                                 static_cast<std::int16_t>(entry % 1000),
                                 {entry % 2 == 0, entry % 3 == 0}}});
        }
        shared_size_ = arena_.size();
        Ticker ticker;
        trie_ = KeywordTrie(keywords, arena_, ticker);
        for (std::uint32_t i = 0; i < texts_.size(); ++i) by_text_[texts_[i]].push_back(i);
    }

    // What the trie finds below the root of a key.
    std::vector<Found> found(const Key& key, std::string_view text) const {
        // In a buffer of its own size, so that the address sanitizer sees a step beyond it.
        std::vector<char> padded(text.begin(), text.end());
        padded.resize(text.size() + readable_behind);
        const char* const at = padded.data();
        Root roots[2];
        const Root* const end =
            trie_.find_root(fingerprint(key.bytes), arena_.data(), at, 4711, roots);
        std::vector<Found> out;
        if (end == roots) return out;
        if (end != roots + 1 || roots[0].position != 4711) FAIL("no root came back");
        trie_.walk(arena_.data(), roots[0], at, [&](const TrieEnd& one, const char* behind) {
            if (one.list != one.entry % 7 || one.weight != static_cast<int>(one.entry % 1000) ||
                one.edges.start != (one.entry % 2 == 0) || one.edges.end != (one.entry % 3 == 0)) {
                FAIL("entry " << one.entry << " came back changed");
            }
            out.push_back({one.entry, static_cast<std::size_t>(behind - at)});
        });
        return out;
    }

    // What the text starts with, shorter keywords first: those of keys with this fingerprint, which must
    // be found, or all, which may be.
    std::vector<Found> expected(const Key& key, std::string_view text, bool all) const {
        std::vector<Found> out;
        for (std::size_t size = 1; size <= text.size(); ++size) {
            const auto same = by_text_.find(std::string(text.substr(0, size)));
            if (same == by_text_.end()) continue;
            for (const std::uint32_t entry : same->second) {
                if (all || fingerprint(keys_[entry].bytes) == fingerprint(key.bytes)) {
                    out.push_back({entry, size});
                }
            }
        }
        return out;
    }

    // Fails where both differ; returns how many keywords are found that must be.
    std::size_t check(const Key& key, std::string_view text) const {
        const std::vector<Found> is = found(key, text);
        const std::vector<Found> must = expected(key, text, false);
        const std::vector<Found> may = expected(key, text, true);
        if (is_part(must, is) && is_part(is, may)) return must.size();
        FAIL("seed " << seed() << " key " << std::hex << key.bytes << std::dec << " on <"
                     << shown(text) << ">: " << is.size() << " keywords, at least " << must.size()
                     << " and at most " << may.size() << " expected");
        return 0;
    }

    // The same for the keys of all sizes that the text shows.
    std::size_t check_all(std::string_view text) const {
        std::size_t count = 0;
        for (const std::size_t size : {1, 2, 3, 4, 6}) {
            if (size <= text.size()) count += check(key_of(text, size), text);
        }
        return count;
    }

    const std::string& text(std::size_t entry) const { return texts_[entry]; }
    const Key& key(std::size_t entry) const { return keys_[entry]; }
    std::size_t size() const { return texts_.size(); }
    std::size_t arena_growth() const { return arena_.size() - shared_size_; }
    const KeywordTrie& trie() const { return trie_; }

  private:
    std::vector<std::string> texts_;
    std::vector<Key> keys_;
    std::vector<bool> is_shared_;
    std::string arena_;
    std::size_t shared_size_ = 0;
    KeywordTrie trie_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_text_;
};

// Letters of a small alphabet, so that keywords share a lot.
std::string random_word(Random& random, std::string_view letters, std::size_t least,
                        std::size_t most) {
    std::string out(random.between(least, most), '\0');
    for (char& letter : out) letter = random.pick(letters);
    return out;
}

// A size that a key can have.
std::size_t random_key_size(Random& random) {
    return random.pick(std::array<std::size_t, 5>{1, 2, 3, 4, 6});
}

}  // namespace

TEST_CASE("keyword trie: an empty one finds nothing", "[keyword_trie]") {
    Tries tries;
    tries.build();
    CHECK(tries.check_all("anything") == 0);
    CHECK(tries.arena_growth() == 9);
}

TEST_CASE("keyword trie: random keywords", "[keyword_trie][random]") {
    Random random(95);
    std::size_t found = 0;
    for (int round = 0; round < 4'000; ++round) {
        constexpr std::string_view bytes = "ab\xC3\xA9\xFF- ";
        const std::string_view letters = bytes.substr(0, random.between(1, bytes.size()));
        Tries tries;
        for (std::size_t count = random.below(30); count > 0; --count) {
            tries.add(random_word(random, letters, 1, random.once_in(3) ? 40 : 8),
                      random_key_size(random), random.once_in(2));
        }
        tries.build();
        for (int i = 0; i < 20; ++i) {
            std::string text;
            if (tries.size() != 0 && random.once_in(2)) {
                text = tries.text(random.below(tries.size()));
            }
            found += tries.check_all(text + random_word(random, letters, 0, 12));
        }
    }
    CHECK(found > 100'000);
}

TEST_CASE("keyword trie: a hundred thousand keywords", "[keyword_trie][random]") {
    Random random(96);
    Tries tries;
    for (int i = 0; i < 100'000; ++i) {
        std::string word = random_word(random, "abcdefghij", 1, 7);
        if (random.once_in(2)) word.insert(0, "deploy");
        tries.add(std::move(word), random_key_size(random), random.once_in(2));
    }
    tries.build();
    for (std::size_t entry = 0; entry < tries.size(); ++entry) {
        if (tries.check(tries.key(entry), tries.text(entry)) == 0) FAIL(tries.text(entry));
    }
    for (int i = 0; i < 20'000; ++i) {
        std::string text = random_word(random, "abcdefghijk", 6, 14);
        if (random.once_in(2)) text.insert(0, "deploy");
        tries.check_all(text);
    }
    // Nodes of 16 bytes, ends of 12, slots of 4: in proportion to the keywords.
    CHECK(tries.trie().memory() < 100'000 * 50);
}

TEST_CASE("keyword trie: keys with one fingerprint", "[keyword_trie][random]") {
    Random random(97);
    std::unordered_map<std::uint32_t, std::uint64_t> keys;
    std::vector<std::uint64_t> twins;
    for (int i = 0; i < 600'000; ++i) {
        const std::uint64_t key =
            key_of(random_word(random, "abcdefghijklmnopqrstuvwxyz-0123", 6, 6), 6).bytes;
        const auto [place, is_new] = keys.emplace(fingerprint(key), key);
        if (!is_new && place->second != key) twins.insert(twins.end(), {place->second, key});
    }
    REQUIRE(twins.size() >= 2);
    Tries tries;
    std::vector<std::string> words;
    for (std::uint64_t key : twins) {
        std::string word;
        for (; key != 0; key >>= 8) word += static_cast<char>(key & 0xFF);
        words.push_back(word);
        for (const std::string_view more : {"", "x", "xy", "yyyyyyyyyyyyyyyyyyyyyyy", "xyz"}) {
            tries.add(word + std::string(more), 6, random.once_in(2));
        }
    }
    tries.build();
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& twin = words[i ^ 1];
        REQUIRE(fingerprint(key_of(words[i], 6).bytes) == fingerprint(key_of(twin, 6).bytes));
        // Found by either key, since the texts decide.
        CHECK(tries.check(key_of(words[i], 6), words[i] + "xyz") == 4);
        CHECK(tries.check(key_of(twin, 6), words[i] + "xyz") == 4);
        CHECK(tries.check(key_of(words[i], 6), words[i] + std::string(23, 'y')) == 2);
        CHECK(tries.check(key_of(words[i], 6), "------") == 0);
    }
}

TEST_CASE("keyword trie: keywords made to fall into few slots", "[keyword_trie][random]") {
    Random random(94);
    Tries tries;
    while (tries.size() < 2'000) {
        std::string word = random_word(random, "abcdefghijklmnopqrstuvwxyz", 6, 9);
        if (fingerprint(key_of(word, 6).bytes) >> 24 != 0x5A) continue;
        tries.add(std::move(word), 6, random.once_in(2));
    }
    tries.build();
    for (std::size_t entry = 0; entry < tries.size(); ++entry) {
        if (tries.check(tries.key(entry), tries.text(entry)) == 0) FAIL(tries.text(entry));
    }
    CHECK(tries.trie().memory() < 2'000 * 120);
}

TEST_CASE("keyword trie: one byte of a long tail decides", "[keyword_trie][random]") {
    Random random(98);
    for (const bool is_shared : {false, true}) {
        for (const std::size_t size : {6, 7, 8, 9, 14, 15, 16, 17, 24, 25, 100, 400}) {
            INFO(size << is_shared);
            const std::string word = random_word(random, "abcdefgh", size, size);
            Tries tries;
            tries.add(word, 6, is_shared);
            tries.add("other", 6, is_shared);
            tries.build();
            const Key key = key_of(word, 6);
            CHECK(tries.check(key, word) == 1);
            CHECK(tries.check(key, word + "more") == 1);
            for (std::size_t at = 0; at < size; ++at) {
                std::string text = word;
                text[at] = static_cast<char>(text[at] ^ 1);
                if (tries.check(key, text) != 0) FAIL("found though byte " << at << " differs");
                if (tries.check(key, word.substr(0, at)) != 0) FAIL("found in " << at << " bytes");
            }
        }
    }
}

TEST_CASE("keyword trie: keywords that part at every place", "[keyword_trie][random]") {
    Random random(99);
    const std::string word = random_word(random, "abcdefgh", 400, 400);
    for (const bool is_shared : {false, true}) {
        for (std::size_t at = 6; at < word.size(); ++at) {
            std::string other = word.substr(0, at) + 'x' + word.substr(at, 20);
            Tries tries;
            tries.add(word, 6, is_shared);
            tries.add(other, 6, is_shared);
            tries.add(word.substr(0, at), 6, !is_shared);
            tries.build();
            const Key key = key_of(word, 6);
            if (tries.check(key, word) != 2 || tries.check(key, other) != 2 ||
                tries.check(key, word.substr(0, at)) != 1) {
                FAIL("at " << at);
            }
        }
    }
}

TEST_CASE("keyword trie: any number of children", "[keyword_trie][random]") {
    Random random(100);
    for (std::size_t round = 0; round < 200; ++round) {
        const std::size_t share = round % 20 + 1;
        Tries tries;
        for (unsigned byte = 1; byte < 256; ++byte) {
            if (!random.once_in(share)) continue;
            tries.add("common" + std::string(1, static_cast<char>(byte)) + "tail", 6,
                      random.once_in(2));
        }
        if (random.once_in(2)) tries.add("common", 6, false);
        tries.build();
        for (unsigned byte = 1; byte < 256; ++byte) {
            tries.check(key_of("common", 6),
                        "common" + std::string(1, static_cast<char>(byte)) + "tail");
        }
    }
}

TEST_CASE("keyword trie: one text in several lists ends once for each", "[keyword_trie]") {
    Tries tries;
    for (int i = 0; i < 5; ++i) {
        tries.add("deployment", 6, i % 2 == 0);
        tries.add("deploy", 6, i % 2 == 1);
    }
    tries.build();
    const std::vector<Found> all = {{1, 6},  {3, 6},  {5, 6},  {7, 6},  {9, 6},
                                    {0, 10}, {2, 10}, {4, 10}, {6, 10}, {8, 10}};
    CHECK(tries.found(key_of("deploy", 6), "deployments") == all);
}

TEST_CASE("keyword trie: texts that are in the arena take no more of it", "[keyword_trie]") {
    for (const bool is_shared : {true, false}) {
        Tries tries;
        tries.add("deployment", 6, is_shared);
        tries.add("deploying", 6, is_shared);
        tries.add("docker", 6, is_shared);
        tries.build();
        // The byte of empty slots, eight to be read; "deploy", "ent" and "ng" behind a label each, "docker".
        CHECK(tries.arena_growth() == 9 + (is_shared ? 0 : 6 + 3 + 2 + 6));
        CHECK(tries.check_all("deployment") == 1);
        CHECK(tries.check_all("deploying") == 1);
    }
}
