"""What goes wrong at an endpoint, as our errors: they name the host and never show the key."""

import logging
from json import JSONDecodeError

import httpx2
import openai

from rag.errors import BadReply, ModelError, ModelUnavailable, RequestRefused
from rag.models.access import Access, host_of
from rag.models.error_bodies import is_page, said_in

_log = logging.getLogger(__name__)
CLIENT_ERRORS = (openai.OpenAIError, httpx2.HTTPError)


def as_model_error(error: Exception, access: Access) -> ModelError:
    """Ours for an error of the client."""
    _log.info("%s fails: %s", host_of(access.base_url), type(error).__name__)
    service, reason = access.label, _reason(error, access)
    match error:
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return ModelUnavailable("key_not_accepted", service=service)
        case openai.NotFoundError():
            return ModelUnavailable(
                "no_such_model_there", service=service, model=access.model, setting=access.model_setting
            )
        case openai.RateLimitError():
            return ModelUnavailable("rate_limited", service=service, reason=reason)
        case openai.BadRequestError() | openai.UnprocessableEntityError():
            return RequestRefused("request_refused", service=service, reason=reason)
        case openai.APITimeoutError() | httpx2.TimeoutException():
            return ModelUnavailable("timed_out", service=service, seconds=access.timeout)
        case openai.APIConnectionError():
            return ModelUnavailable("cannot_connect", service=service, reason=reason)
        case _ if _is_page(error):
            return ModelUnavailable("not_an_endpoint", service=service, address=access.shown_url)
        case openai.LengthFinishReasonError() | openai.ContentFilterFinishReasonError():
            return BadReply("reply_incomplete", service=service, reason=reason)
        case openai.APIStatusError():
            return ModelUnavailable("server_error", service=service, status=error.status_code, reason=reason)
    return ModelUnavailable("reply_unusable", service=service, reason=reason)


def _is_page(error: Exception) -> bool:
    """Whether a web page came where a reply should be."""
    is_seen = isinstance(error, openai.APIResponseValidationError)
    return is_seen or (isinstance(error, JSONDecodeError) and is_page(error.doc))


def _reason(error: Exception, access: Access) -> str:
    """What the endpoint gave as its reason, in one short line without the key."""
    words = said_in(getattr(error, "body", None))
    text = str(words or error.__cause__ or error) or type(error).__name__
    return " ".join(text.replace(access.api_key, "***").split())[:160]
