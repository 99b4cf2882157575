"""How near subjects are to a matter in meaning, measured by a few hundred subjects however many there are."""

from dataclasses import dataclass

from rag.library.reader import Lookup
from rag.library.subject_words import drawn_subjects
from rag.models.embedding import Embedder, Vectors
from rag.tables.subject_query import Matter
from rag.text.lexicon import concept

STANDS_OUT = 4.4  # of `Meaning.distance`, for a likeness in meaning alone to count
_NOTHING, _ALL = -2.5, 8.0  # where `Meaning.share` is 0 and 1
_DRAWN = 110  # subjects of the library: as many as `ordinary_subjects` has


@dataclass(frozen=True, slots=True)
class Meaning:
    """A matter's vector, and how near it is to subjects at large.

    A cosine says little by itself: its range is another for every embedder and every matter. So it is set against
    those of the matter with the yardstick: their mean, and their standard deviation as the unit. On average of 30
    matters, the farthest of the 1,369 subjects of the sample reports and five others is at -2.5 and the nearest at 6 to
    7; 8.0 and STANDS_OUT are where comparisons of these reports show as many right rows as with the spread of a whole
    library, and 7 to 10 and 4.4 to 4.6 one or two of 127 fewer or more.
    """

    vector: Vectors
    mean: float
    deviation: float

    @classmethod
    def of(cls, matter: Matter, embedder: Embedder, yardstick: Vectors) -> "Meaning":
        """Raises ModelError where the embedder fails."""
        vector = embedder.query(matter.words)
        usual = yardstick @ vector
        return cls(vector, float(usual.mean()), float(usual.std()) or 1.0)

    def distance(self, similarity: float) -> float:
        """A cosine in standard deviations above the mean."""
        return (similarity - self.mean) / self.deviation

    def share(self, similarity: float) -> float:
        """A cosine as a share of a score: about 0 to 1."""
        return (self.distance(similarity) - _NOTHING) / (_ALL - _NOTHING)


def yardstick(library: Lookup, embedder: Embedder) -> Vectors:
    """The vectors of ordinary subjects, and of some that are drawn from the library at even distances.

    Raises ModelError where the embedder fails.
    """
    return embedder.passages([*concept("ordinary_subjects").words, *drawn_subjects(library, _DRAWN)])
