// Vectorscan or Hyperscan: pure literals, caseless, all matches in order of their ends.
#include "engine.hpp"

#ifndef HAVE_VECTORSCAN

aria_focus::bench::EnginePtr aria_focus::bench::make_vectorscan(const KeywordSet&) {
    return nullptr;
}

#else

#include "resolve.hpp"

#include <hs/hs.h>
#include <stdexcept>

namespace aria_focus::bench {
namespace {

class Vectorscan : public ResolvedEngine<Vectorscan> {
  public:
    explicit Vectorscan(const KeywordSet& set) : ResolvedEngine(set) {
        std::vector<const char*> texts;
        std::vector<std::size_t> sizes;
        std::vector<unsigned> ids;
        for (const auto& list : set.lists) {
            for (const std::string& text : list) {
                texts.push_back(text.data());
                sizes.push_back(text.size());
                ids.push_back(static_cast<unsigned>(ids.size()));
            }
        }
        const std::vector<unsigned> flags(texts.size(), HS_FLAG_CASELESS);
        hs_compile_error_t* error = nullptr;
        if (hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), sizes.data(),
                                 static_cast<unsigned>(texts.size()), HS_MODE_BLOCK, nullptr,
                                 &database_, &error) != HS_SUCCESS) {
            throw std::runtime_error(error->message);
        }
        if (hs_alloc_scratch(database_, &scratch_) != HS_SUCCESS) throw std::bad_alloc();
    }

    // Frees what the library allocated.
    ~Vectorscan() override {
        hs_free_scratch(scratch_);
        hs_free_database(database_);
    }

    std::string name() const override { return "Vectorscan"; }

    std::size_t memory() const override {
        std::size_t size = 0;
        hs_database_size(database_, &size);
        return size;
    }

  private:
    friend class ResolvedEngine<Vectorscan>;

    // Leaves the matches of a message in the resolver.
    void scan(std::string_view message) {
        resolver_.start();
        hs_scan(database_, message.data(), static_cast<unsigned>(message.size()), 0, scratch_,
                on_match, &resolver_);
    }

    // The library's callback.
    static int on_match(unsigned id, unsigned long long, unsigned long long to, unsigned,
                        void* resolver) {
        static_cast<Resolver*>(resolver)->add(id, to);
        return 0;
    }

    hs_database_t* database_ = nullptr;
    hs_scratch_t* scratch_ = nullptr;
};

}  // namespace

EnginePtr make_vectorscan(const KeywordSet& set) {
    return std::make_unique<Vectorscan>(set);
}

}  // namespace aria_focus::bench

#endif
