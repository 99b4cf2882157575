"""Every error Zhenbao raises on purpose.

* ZhenbaoError
  x InputError            the person's file, question or option cannot be used
    + UnreadableFile
    + UnknownReport
    + AmbiguousTown
  x LibraryError          the data folder is in the way
    + LibraryBusy         another process is writing
    + LibraryNewer        written by a newer Zhenbao
    + IndexDamaged        a derived index needs `zhenbao rebuild`
  x ModelError            the chat model or an endpoint did not do its part
    + ModelMissing        no model file yet
    + ModelUnavailable    unreachable, timed out, refused by the endpoint
      - RequestRefused    the endpoint does not take a request of this form
    + BadReply            an answer that does not fit the schema
  x SettingError          an environment variable has a value that cannot be used
  x PromptError           a prompt file is missing, or its placeholders do not fit
  x PortInUse

An error is raised with a code and the values that its sentence names: `SettingError("must_be_one_of", name=…)`. The
sentences, one line each that says what is wrong and what to do about it, stand in `messages.zh.toml` and
`messages.en.toml`; only the doors (command line, page, evaluation) turn an error into text, with `rag.errors.messages`.
"""

from collections.abc import Mapping

from rag.types import Notice, Value


class ZhenbaoError(Exception):
    """Base of the tree: catch this at a door, nowhere else. As text it is its code and values, for logs."""

    def __init__(self, code: str, /, *, about: str = "", **values: Value) -> None:
        super().__init__(code)
        self.notice = Notice(code, about=about, **values)

    @property
    def code(self) -> str:
        return self.notice.code

    @property
    def values(self) -> Mapping[str, Value]:
        return self.notice.values

    def put_down_to(self, about: str) -> None:
        """Names the file or the place that went wrong, for a handler that knows it and raises on."""
        self.notice = self.notice.concerning(about)

    def __str__(self) -> str:
        return str(self.notice)


class InputError(ZhenbaoError):
    """The person's file, question or option cannot be used."""


class UnreadableFile(InputError):
    """A file that cannot be read as a report."""


class UnknownReport(InputError):
    """No report in the library goes by that id, town or year."""


class AmbiguousTown(InputError):
    """Several towns of different counties share the name."""


class LibraryError(ZhenbaoError):
    """The data folder is in the way of the work."""


class LibraryBusy(LibraryError):
    """Another process holds the write lock."""


class LibraryNewer(LibraryError):
    """The library was written by a newer version of Zhenbao."""


class IndexDamaged(LibraryError):
    """A derived index is damaged or out of step; `zhenbao rebuild` makes it again."""


class ModelError(ZhenbaoError):
    """The chat model or an endpoint did not do its part."""


class ModelMissing(ModelError):
    """The embedded chat model's file is not there yet."""


class ModelUnavailable(ModelError):
    """The endpoint is unreachable, too slow, or turned the request down."""


class RequestRefused(ModelUnavailable):
    """The endpoint is there but does not take a request of this form, such as its response format or its length."""


class BadReply(ModelError):
    """The model's reply does not fit the schema, also after one more try."""


class SettingError(ZhenbaoError):
    """An environment variable has a value that cannot be used."""


class PromptError(ZhenbaoError):
    """A prompt file is missing, or its placeholders do not fit what the program fills in."""


class PortInUse(ZhenbaoError):
    """The page cannot listen on the chosen port."""
