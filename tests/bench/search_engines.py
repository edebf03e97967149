"""Search engines: tantivy, and Whoosh as it comes."""

from itertools import pairwise
from pathlib import Path

import tantivy
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query
from whoosh import scoring, sorting
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema

from tests.bench.search_corpus import FACETS, NUMBERS, PAY_STEPS, WORDS, Condition, Corpus, keywords, numbers

MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


class Tantivy:
    name = "tantivy"

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        self.corpus = corpus
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True, indexed=True, fast=True)
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        for name in WORDS:
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        for name in NUMBERS:
            builder.add_integer_field(name, indexed=True, fast=True)
        self.schema = builder.build()
        folder.mkdir()
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.writer = self.index.writer(heap_size=256_000_000, num_threads=1)
        for at in range(len(corpus.posts)):
            self.writer.add_document(self._document(at))
        self._publish()

    def _document(self, at: int) -> tantivy.Document:
        post = self.corpus.posts[at]
        found = {name: list(values) for name, values in keywords(post).items()}
        return tantivy.Document(id=post.id, text=[" ".join(self.corpus.tokens[at])], **found, **numbers(post))

    def _publish(self) -> None:
        self.writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def query(self, words: list[str], wanted: list[Condition], without: str = "") -> tantivy.Query:
        terms = [(SHOULD, tantivy.Query.term_query(self.schema, "text", word)) for word in words]
        parts = [(MUST, tantivy.Query.boolean_query(terms))]
        for each in wanted:
            if each.facet == without:
                continue
            if each.values:
                any_of = [(SHOULD, tantivy.Query.term_query(self.schema, each.facet, v)) for v in each.values]
                parts.append(
                    (MUST, tantivy.Query.const_score_query(tantivy.Query.boolean_query(any_of), 0.0))
                )
            else:
                low, high = (each.number, 10**9) if each.facet == "pay" else (0, each.number)
                kind = tantivy.FieldType.Integer
                bounds = tantivy.Query.range_query(self.schema, each.facet, kind, low, high)
                parts.append((MUST, tantivy.Query.const_score_query(bounds, 0.0)))
        return tantivy.Query.boolean_query(parts)

    def filtered(self, words: list[str], wanted: list[Condition], limit: int = 20) -> list[int]:
        hits = self.searcher.search(self.query(words, wanted), limit).hits
        return [self.searcher.doc(address)["id"][0] for _, address in hits]

    def top20(self, words: list[str], _: list[Condition]) -> list[int]:
        return self.filtered(words, [])

    def counts(self, words: list[str], wanted: list[Condition]) -> None:
        """One pass for all facets without a filter of their own, one more for each of the others."""
        own = {each.facet for each in wanted} & set(FACETS)
        self._aggregate(self.query(words, wanted), [name for name in FACETS if name not in own])
        for name in own:
            self._aggregate(self.query(words, wanted, without=name), [name])

    def _aggregate(self, query: tantivy.Query, names: list[str]) -> None:
        asked: dict = {}
        for name in names:
            if name == "pay":
                steps = [{"from": low, "to": high} for low, high in pairwise((*PAY_STEPS, 10**9))]
                asked[name] = {"range": {"field": "pay", "ranges": steps}}
            else:
                asked[name] = {"terms": {"field": name, "size": 1000}}
        self.searcher.aggregate(query, asked)

    def facets(self, words: list[str], _: list[Condition]) -> None:
        self.filtered(words, [])
        self.counts(words, [])

    def full(self, words: list[str], wanted: list[Condition]) -> None:
        ids = self.filtered(words, wanted, 10)
        self.counts(words, wanted)
        self.corpus.snippets(words, [id - 1 for id in ids])

    def change(self, count: int) -> None:
        for at in range(count):
            self.writer.delete_documents_by_term("id", self.corpus.posts[at].id)
            self.writer.add_document(self._document(at))
        self._publish()


class Whoosh:
    name = "whoosh"

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        self.corpus = corpus
        folder.mkdir()
        schema = Schema(
            id=ID(stored=True, unique=True),
            text=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False),
            **{name: KEYWORD(sortable=False) for name in WORDS},
            **{name: NUMERIC(sortable=True) for name in NUMBERS},
        )
        self.index = whoosh_index.create_in(str(folder), schema)
        writer = self.index.writer(limitmb=256)
        for at in range(len(corpus.posts)):
            writer.add_document(**self._fields(at))
        writer.commit()
        self._open()

    def _fields(self, at: int) -> dict:
        post = self.corpus.posts[at]
        words = {name: " ".join(values) for name, values in keywords(post).items()}
        return {"id": str(post.id), "text": " ".join(self.corpus.tokens[at]), **words, **numbers(post)}

    def _open(self) -> None:
        self.searcher = self.index.searcher(weighting=scoring.BM25F())

    def _filter(self, wanted: list[Condition], without: str = "") -> whoosh_query.Query | None:
        parts = []
        for each in wanted:
            if each.facet == without:
                continue
            if each.values:
                parts.append(whoosh_query.Or([whoosh_query.Term(each.facet, value) for value in each.values]))
            else:
                low, high = (each.number, None) if each.facet == "pay" else (None, each.number)
                parts.append(whoosh_query.NumericRange(each.facet, low, high))
        return whoosh_query.And(parts) if parts else None

    def _search(self, words: list[str], wanted: list[Condition], limit: int, without: str = "", **more):
        query = whoosh_query.Or([whoosh_query.Term("text", word) for word in words])
        return self.searcher.search(query, limit=limit, filter=self._filter(wanted, without), **more)

    def top20(self, words: list[str], _: list[Condition]) -> object:
        return self._search(words, [], 20)

    def filtered(self, words: list[str], wanted: list[Condition]) -> object:
        return self._search(words, wanted, 20)

    def counts(self, words: list[str], wanted: list[Condition], limit: int) -> object:
        own = {each.facet for each in wanted} & set(FACETS)
        facets = sorting.Facets()
        for name in FACETS:
            if name not in own:
                facets.add_facet(name, self._facet(name))
        results = self._search(words, wanted, limit, groupedby=facets, maptype=sorting.Count)
        for name in own:
            one = sorting.Facets().add_facet(name, self._facet(name))
            self._search(words, wanted, 1, without=name, groupedby=one, maptype=sorting.Count)
        return results

    @staticmethod
    def _facet(name: str) -> sorting.FacetType:
        if name == "pay":
            return sorting.RangeFacet("pay", 0, 30_000, 1_000)
        return sorting.FieldFacet(name, allow_overlap=name in {"shift", "benefits"})

    def facets(self, words: list[str], _: list[Condition]) -> object:
        return self.counts(words, [], 20)

    def full(self, words: list[str], wanted: list[Condition]) -> object:
        results = self.counts(words, wanted, 10)
        return self.corpus.snippets(words, [int(hit["id"]) - 1 for hit in results])

    def change(self, count: int) -> None:
        writer = self.index.writer(limitmb=256)
        for at in range(count):
            writer.update_document(**self._fields(at))
        writer.commit()
        self._open()
