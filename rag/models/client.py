"""The client for chats and embeddings. It is slow to import: only for where it is used."""

import logging
from typing import Any

import httpx2
import openai

from rag.models.access import Access
from rag.models.error_bodies import is_page

_log = logging.getLogger(__name__)
_RETRIES = 2  # of the client's own, after passing trouble
_CONNECT_SECONDS = 10.0
_LONGEST_WAIT = 60.0  # seconds; an endpoint that asks for more is given up
_NO_MORE = {"x-should-retry": "false"}  # the client obeys this header


def make_client(access: Access) -> openai.OpenAI:
    """A client that asks busy and failing servers again, and gives up one that is silent for too long."""
    timeout = openai.Timeout(access.timeout, connect=min(_CONNECT_SECONDS, access.timeout))
    return openai.OpenAI(
        base_url=access.base_url,
        api_key=access.api_key,
        timeout=timeout,
        max_retries=_RETRIES,
        http_client=_Connections(trust_env=not access.is_on_this_machine, timeout=timeout),
    )


class _Connections(openai.DefaultHttpxClient):
    """Connections that tell the client when another try is no use."""

    def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """A timeout is raised as the client's own error, which it does not try to mend."""
        host, earlier = request.url.netloc.decode(), request.headers.get("x-stainless-retry-count", "0")
        try:
            response = super().send(request, **options)
            _log.log(_level(response), "%s answers %d after %s retries", host, response.status_code, earlier)
            if _is_final(response):
                response.headers.update(_NO_MORE)
            if _is_page(response):
                raise openai.APIResponseValidationError(response, None)
        except httpx2.TimeoutException as error:
            _log.info("%s does not answer in time (%s)", host, type(error).__name__)
            raise openai.APITimeoutError(request) from error
        except httpx2.TransportError as error:
            _log.info("%s cannot be reached (%s) after %s retries", host, type(error).__name__, earlier)
            raise
        return response


def _level(response: httpx2.Response) -> int:
    return logging.INFO if response.is_error else logging.DEBUG


def _is_page(response: httpx2.Response) -> bool:
    """Whether an address answers with a web page, as a site does or a proxy's page for signing in."""
    is_said = response.is_success and response.headers.get("content-type", "").startswith("text/html")
    return is_said and is_page(response.read().decode("utf-8", "replace"))


def _is_final(response: httpx2.Response) -> bool:
    """Whether an endpoint that turned a request down is out of quota, or wants to be left alone for long."""
    if response.status_code != httpx2.codes.TOO_MANY_REQUESTS:
        return False
    asked = response.headers.get("retry-after", "")
    is_long = asked.replace(".", "", 1).isdecimal() and float(asked) > _LONGEST_WAIT
    return is_long or b"insufficient_quota" in response.read()
