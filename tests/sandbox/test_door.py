"""Web pages from elsewhere cannot act in the workspace; clients that are no browsers can."""

from urllib.parse import urlsplit

import pytest
import requests
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from bot.sandbox import Person, Sandbox

SAYS = {"text": "Hello", "where": "#general"}


def says(sandbox: Sandbox, **headers: str) -> int:
    """The status with which the sandbox answers when a page with these headers speaks for Ana."""
    url = f"{sandbox.url}/sandbox/people/ana/types"
    return requests.post(url, json=SAYS, headers=headers, timeout=10).status_code


def test_the_page_itself_and_other_clients_come_in(sandbox: Sandbox, ana: Person) -> None:
    port = urlsplit(sandbox.url).port
    local = {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"}
    assert [says(sandbox), says(sandbox, Origin=sandbox.url), says(sandbox, **local)] == [200, 200, 200]
    assert len(ana.sees()) == 3


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_another_page_cannot_speak_for_anybody(sandbox: Sandbox, ana: Person, origin: str) -> None:
    assert says(sandbox, Origin=origin) == 403
    assert ana.sees() == []


def test_a_name_that_was_made_to_point_here_opens_nothing(sandbox: Sandbox) -> None:
    host = f"evil.example:{urlsplit(sandbox.url).port}"
    for path in ("/", "/sandbox/about", "/page/ana/bar", "/api/auth.test"):
        answer = requests.get(f"{sandbox.url}{path}", headers={"Host": host}, timeout=10)
        assert (path, answer.status_code) == (path, 403)
    assert says(sandbox, Host=host, Origin=f"http://{host}") == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_cannot_call_slack_by_showing_a_picture(sandbox: Sandbox, ana: Person, site: str) -> None:
    asked = {"token": sandbox.bot_token, "channel": "#general", "text": "Hello"}
    url = f"{sandbox.url}/api/chat.postMessage"
    assert requests.get(url, asked, headers={"Sec-Fetch-Site": site}, timeout=10).status_code == 403
    assert ana.sees() == []
    assert requests.get(url, asked, headers={"Sec-Fetch-Site": "same-origin"}, timeout=10).json()["ok"]
    assert len(ana.sees()) == 1


def test_a_link_from_anywhere_leads_to_the_page(sandbox: Sandbox) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert requests.get(f"{sandbox.url}/?as=ana", headers=headers, timeout=10).status_code == 200


def test_a_host_that_is_none_opens_nothing(sandbox: Sandbox) -> None:
    assert requests.get(f"{sandbox.url}/", headers={"Host": "[::1"}, timeout=10).status_code == 403


def test_a_form_is_not_taken_for_a_request_of_the_control_api(sandbox: Sandbox, ana: Person) -> None:
    url = f"{sandbox.url}/sandbox/people/ana/types"
    answer = requests.post(
        url, '{"text": "x", "where": "#general"}', headers={"Content-Type": "text/plain"}, timeout=10
    )
    assert answer.status_code == 415
    assert ana.sees() == []


def test_another_page_cannot_follow_the_feed(sandbox: Sandbox) -> None:
    address = sandbox.url.replace("http", "ws", 1) + "/sandbox/feed"
    with pytest.raises(InvalidStatus, match="403"), connect(address, origin=Origin("http://evil.example")):
        pass
    with connect(address, origin=Origin(sandbox.url)) as feed:
        says(sandbox)
        assert "message" in str(feed.recv(timeout=10))


def test_the_page_lets_nothing_from_elsewhere_in(sandbox: Sandbox) -> None:
    answer = requests.get(f"{sandbox.url}/", timeout=10)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "//" not in answer.text.replace("http://www.w3.org", "")


def test_a_shared_file_is_never_run_as_a_part_of_the_page(sandbox: Sandbox, ana: Person) -> None:
    ana.uploads("trap.html", b"<script>alert(1)</script>")
    file = ana.last().files[0]["id"]
    answer = requests.get(f"{sandbox.url}/sandbox/people/ana/file?id={file}", timeout=10)
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["x-content-type-options"] == "nosniff"
