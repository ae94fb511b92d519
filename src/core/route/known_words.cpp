#include "core/route/known_words.hpp"

namespace aria_focus::core::route {

// A line feed stands after each text: words end there.
KnownWords::KnownWords(const Router& router, Ticker& ticker) {
    match::WordReader reader;
    std::string folded;
    const match::Matcher& matcher = router.matcher();
    for (std::uint32_t entry = 0; entry < matcher.entry_count(); ++entry) {
        if (!router.is_whole_word(entry)) continue;
        reader.fold(matcher.text(entry), folded, ticker);
        folded += '\n';
    }
    arena_.assign(folded.begin(), folded.end());
    for (const match::Word& word : reader.words({arena_.data(), arena_.size()}, ticker))
        words_.insert(word.text);
}

std::size_t KnownWords::memory() const noexcept {
    constexpr std::size_t node = sizeof(std::string_view) + 2 * sizeof(void*);
    return arena_.capacity() + words_.bucket_count() * sizeof(void*) + words_.size() * node;
}

const std::vector<std::string_view>& UnknownWords::find(const KnownWords& known,
                                                        std::string_view message, Ticker& ticker) {
    folded_.clear();
    found_.clear();
    reader_.fold(message, folded_, ticker);
    for (const match::Word& word : reader_.words(folded_, ticker)) {
        ticker.tick(16);
        if (!known.knows(word.text)) found_.push_back(word.text);
    }
    return found_;
}

Thousandths UnknownPenalty::of(std::string_view message, UnknownWords& reader,
                               Ticker& ticker) const {
    if (!*this) return {};
    const auto words = static_cast<std::int64_t>(reader.find(*known_, message, ticker).size());
    return {each_.count * words};
}

void take(Thousandths penalty, std::span<Tally> tallies) noexcept {
    for (Tally& tally : tallies) tally.evidence = tally.evidence - penalty;
}

}  // namespace aria_focus::core::route
