"""What goes wrong at an endpoint, as our errors: one line that names the host and never shows the key."""

import logging
from collections.abc import Mapping

import httpx2
import openai

from rag.errors import BadReply, ModelError, ModelUnavailable, RequestRefused
from rag.models.access import Access, host_of

_log = logging.getLogger(__name__)
CLIENT_ERRORS = (openai.OpenAIError, httpx2.HTTPError)


def as_model_error(error: Exception, access: Access) -> ModelError:
    """Ours for an error of the client."""
    _log.info("%s fails: %s", host_of(access.base_url), type(error).__name__)
    where, detail = access.label, _detail(error, access)
    match error:
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return ModelUnavailable(f"{where} 不接受密钥，请检查 OPENAI_API_KEY。(key not accepted)")
        case openai.NotFoundError():
            return ModelUnavailable(
                f"{where} 没有模型“{access.model}”或这个路径，请检查 {access.model_setting} 和 OPENAI_BASE_URL。"
                "(no such model or path)"
            )
        case openai.RateLimitError():
            return ModelUnavailable(f"{where} 请求过多或额度用尽：{detail}。(rate limit or quota)")
        case openai.BadRequestError() | openai.UnprocessableEntityError():
            return RequestRefused(f"{where} 不接受这样的请求：{detail}。(request turned down)")
        case openai.APITimeoutError() | httpx2.TimeoutException():
            return ModelUnavailable(
                f"{where} 在 {access.timeout:g} 秒内没有答复，可用 ZHENBAO_TIMEOUT 放宽。(timed out)"
            )
        case openai.APIConnectionError():
            return ModelUnavailable(f"连不上 {where}：{detail}。(cannot connect)")
        case openai.LengthFinishReasonError() | openai.ContentFilterFinishReasonError():
            return BadReply(f"{where} 的答复不完整：{detail}。(incomplete reply)")
        case openai.APIStatusError():
            return ModelUnavailable(f"{where} 出错（{error.status_code}）：{detail}。(server error)")
    return ModelUnavailable(f"{where} 的答复无法使用：{detail}。(unusable reply)")


def _detail(error: Exception, access: Access) -> str:
    """What the endpoint gave as its reason, in one short line without the key."""
    body = getattr(error, "body", None)
    words = body.get("message") if isinstance(body, Mapping) else None
    text = str(words or error.__cause__ or error) or type(error).__name__
    return " ".join(text.replace(access.api_key, "***").split())[:160]
