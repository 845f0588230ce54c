"""Where the links of an article lead."""

import pytest

from bot.domain.kb_links import anchor_of, files_of, path_of, targets


def test_links_are_found_however_they_are_written() -> None:
    body = "[a](b.md) ![pic](<c d.png>) [e](https://x.example/f?g=1 'title')\n\n[ref]: ../h%20i.md#j\n[a](b.md)"
    assert list(targets(body)) == ["b.md", "c d.png", "https://x.example/f?g=1", "../h%20i.md#j"]
    assert list(targets("[a](plan_(old).md) and ([b](c.md))")) == ["plan_(old).md", "c.md"]


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("refund.md", ("kb/billing/refund.md", "")),
        ("./refund.md#how", ("kb/billing/refund.md", "how")),
        ("../index.md", ("kb/index.md", "")),
        ("/kb/index.md", ("kb/index.md", "")),
        ("/returns/late.md", ("kb/returns/late.md", "")),
        ("../C%23%20notes.md#R%C3%BCckgabe", ("kb/C# notes.md", "Rückgabe")),
        ("Ru\u0308ckgabe.md", ("kb/billing/Rückgabe.md", "")),
        ("//[", ("", "")),
        ("#below", ("kb/billing/late.md", "below")),
        ("../../../etc/passwd", ("", "")),
        ("https://example.com/a.md", ("", "")),
        ("mailto:ana@example.com", ("", "")),
    ],
)
def test_a_relative_link_leads_to_a_path_of_the_folder_and_not_out_of_it(
    target: str, leads: tuple[str, str]
) -> None:
    assert path_of(target, "kb/billing/late.md") == leads


def test_a_link_to_a_folder_leads_to_what_stands_for_it_and_one_without_an_ending_to_its_file() -> None:
    assert files_of("kb/delivery") == (
        "kb/delivery",
        "kb/delivery.md",
        "kb/delivery/README.md",
        "kb/delivery/index.md",
        "kb/delivery/_index.md",
    )


def test_headings_are_named_as_links_name_them() -> None:
    assert anchor_of("How to: refund (twice)?") == "how-to-refund-twice"
    assert anchor_of("Größe & Maß") == "größe--maß"
