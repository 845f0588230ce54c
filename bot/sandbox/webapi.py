"""The Web API: `/api/<method>`, with Slack's checks in Slack's order."""

import uuid

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.addressing import channel_key
from bot.sandbox.app import APP_TOKEN, BOT_TOKEN
from bot.sandbox.call import Call, read_call
from bot.sandbox.errors import RateLimited, SlackError, missing_scope
from bot.sandbox.faults import Fault
from bot.sandbox.methods import METHODS, Method
from bot.sandbox.world import World


async def answer(world: World, request: Request) -> Response:
    """Answer one Web API request, faults and all."""
    name = request.path_params["method"]
    struck = world.faults.strike(name)
    for fault in struck:
        failure = await _before(world, fault)
        if failure is not None:
            return failure
    response = await _answered(world, name, request)
    await world.kept()
    for fault in struck:
        if fault.kind == "timeout_after":
            await world.pause(fault.value)
            return Response(status_code=504)
    return response


async def _before(world: World, fault: Fault) -> Response | None:
    match fault.kind:
        case "latency":
            await world.pause(fault.value)
        case "timeout":
            await world.pause(fault.value)
            return Response(status_code=504)
        case "status":
            return Response("upstream error", status_code=int(fault.value))
        case "fatal_error":
            return JSONResponse({"ok": False, "error": "fatal_error"})
        case "ratelimited":
            return _too_many(int(fault.value), {})
    return None


def _too_many(seconds: int, headers: dict[str, str]) -> Response:
    body = {"ok": False, "error": "ratelimited"}
    return JSONResponse(body, status_code=429, headers={**headers, "Retry-After": str(seconds)})


async def _answered(world: World, name: str, request: Request) -> Response:
    headers = {"x-slack-req-id": uuid.uuid4().hex}
    try:
        call, token = await read_call(name, request)
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if method.token != "none":
            _check_token(method, token)
            headers |= _scope_headers(world, method)
            _check_scopes(world, method)
        _check_arguments(method, call)
        _check_rate(world, method, call)
        return JSONResponse({"ok": True, **method.run(world, call)}, headers=headers)
    except SlackError as refusal:
        return JSONResponse(refusal.body(), headers=headers)
    except RateLimited as limited:
        return _too_many(limited.seconds, headers)


def _check_token(method: Method, token: str) -> None:
    if not token:
        raise SlackError("not_authed")
    if token not in (BOT_TOKEN, APP_TOKEN):
        raise SlackError("invalid_auth")
    if token != (APP_TOKEN if method.token == "app" else BOT_TOKEN):
        raise SlackError("not_allowed_token_type")


def _scope_headers(world: World, method: Method) -> dict[str, str]:
    granted = world.app.scopes
    return {
        "x-oauth-scopes": ",".join(sorted(granted if granted is not None else method.scopes)),
        "x-accepted-oauth-scopes": ",".join(method.scopes),
    }


def _check_scopes(world: World, method: Method) -> None:
    if not world.app.allows(*method.scopes):
        raise missing_scope(method.scopes, world.app.scopes)


def _check_arguments(method: Method, call: Call) -> None:
    missing = [name for name in method.required if not call.has(name)]
    if missing:
        messages = tuple(f"[ERROR] missing required field: {name}" for name in missing)
        raise SlackError(method.missing, messages)


def _check_rate(world: World, method: Method, call: Call) -> None:
    channel = channel_key(world, call.text("channel")) if method.per_channel else None
    seconds = world.rates.wait_for(call.method, method.tier, channel)
    if seconds:
        raise RateLimited(seconds)
