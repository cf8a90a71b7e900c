"""Numbers of clauses in what is shown become buttons, and nothing else does."""

from __future__ import annotations

from cockpit.visuals.marks.clauses import cite
from cockpit.visuals.marks.markup import Markup, html
from cockpit.visuals.marks.terms import term

KNOWN = frozenset({"1", "3.4", "2.3.2"})


def test_a_number_of_a_clause_is_a_button() -> None:
    found = cite(html("<p>{}</p>", "须评估 [3.4]、[2.3.2]"), KNOWN)
    assert found.count("<button") == 2
    assert 'data-clause="3.4"' in found
    assert ">[2.3.2]</button></p>" in found


def test_what_is_no_clause_stays() -> None:
    for text in ("[9.9]", "[2025]", "[3.4", "3.4]", "[a]"):
        assert "<button" not in cite(html("<p>{}</p>", text), KNOWN)


def test_no_button_stands_inside_an_attribute_a_link_or_a_button() -> None:
    for markup in (
        html('<p title="{}">x</p>', "[3.4] <b>"),
        html('<a href="/x">{}</a>', "[3.4]"),
        html("<button>{}</button>", "[3.4]"),
        html("<svg><text>{}</text></svg>", "[3.4]"),
    ):
        assert cite(markup, KNOWN) == markup
    assert cite(html('<a href="/x">x</a> {}', "[3.4]"), KNOWN).count("<button") == 1, "after a link one may"


def test_text_of_strangers_stays_escaped() -> None:
    assert "<script>" not in cite(html("<p>{}</p>", "<script>[3.4]</script>"), KNOWN)
    assert isinstance(cite(Markup("[1]"), KNOWN), Markup)


def test_a_mark_tells_its_sentence_of_the_glossary() -> None:
    mark = term("own", "自定", "zh", "own")
    assert 'data-term="own"' in mark
    assert "政策没有规定" in mark
    assert 'tabindex="0"' in mark
