import pytest

from models_pages.importing.builder import build_blocks
from models_pages.importing.inline import to_html
from models_pages.importing.lines import split_lines

LONG = "Yhteistyö alkoi kunnan ja järjestöjen tapaamisesta, jossa sovittiin työnjaosta vuodeksi."


def build(text, **options):
    return [(b.heading, b.html) for b in build_blocks(split_lines(text), **options)]


def html(text):
    blocks = build(text)
    assert [heading for heading, _ in blocks] == [""]
    return blocks[0][1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", "<p>a<br/>b</p><p>c</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        (" • a\n  \u00a0\n •b", "<ul><li>a</li><li>b</li></ul>"),
        ("•\na\n•\nb", "<ul><li>a</li><li>b</li></ul>"),
        ("•\nENNEN AIKAA\n•\nb", "<ul><li>ENNEN AIKAA</li><li>b</li></ul>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("1. a\nlisää\n\n2. b", "<ol><li>a<br/>lisää</li><li>b</li></ol>"),
        ("1. a\n- x\n- y\n2. b", "<p>1. a</p><ul><li>x</li><li>y</li></ul><p>2. b</p>"),
        ("1. a\n2. b\n- x\n3. c", "<ol><li>a</li><li>b</li></ol><ul><li>x</li></ul><p>3. c</p>"),
        ("1. a\n2. b\n- x", "<ol><li>a</li><li>b</li></ol><ul><li>x</li></ul>"),
        # An interrupted list keeps its numbers in words: the editor would count from one again.
        ("1) a\n\nväli\n\n2) b", "<p>1) a</p><p>väli</p><p>2) b</p>"),
        ("1) a\n2) b\n\nväli\n\n3) c", "<ol><li>a</li><li>b</li></ol><p>väli</p><p>3) c</p>"),
        ("3. sektorin toimijat", "<p>3. sektorin toimijat</p>"),
        ("2019. Sen jälkeen", "<p>2019. Sen jälkeen</p>"),
        ("1.1.2023 alkoi", "<p>1.1.2023 alkoi</p>"),
        ("1. a\n2. b\n\n1. c", "<ol><li>a</li><li>b</li></ol><p>1. c</p>"),
        ("– Hyvä näin, hän sanoi.", "<p>– Hyvä näin, hän sanoi.</p>"),
        ("– a\n– b", "<ul><li>a</li><li>b</li></ul>"),
        ("-5 astetta", "<p>-5 astetta</p>"),
        ("<script>x</script> & y", "<p>&lt;script&gt;x&lt;/script&gt; &amp; y</p>"),
    ],
)
def test_paragraphs_and_lists(text, expected):
    assert html(text) == expected


def test_shouted_lines_are_subheadings():
    text = f"Alku.\n\nENNEN\n{LONG}\n\nHYÖTYJÄ ja HUOMIOITA\n\n- a"
    assert build(text) == [
        ("", "<p>Alku.</p>"),
        ("ENNEN", f"<p>{LONG}</p>"),
        ("HYÖTYJÄ ja HUOMIOITA", "<ul><li>a</li></ul>"),
    ]


def test_a_short_line_of_its_own_before_text_is_a_subheading():
    assert build(f"Ryhmän tehtävät\n\n{LONG}") == [("Ryhmän tehtävät", f"<p>{LONG}</p>")]
    assert build("Ryhmän tehtävät\n\n- a") == [("Ryhmän tehtävät", "<ul><li>a</li></ul>")]


@pytest.mark.parametrize(
    "text",
    [
        f"Ryhmän tehtävät\n{LONG}",
        f"Ryhmä kokoontui.\n\n{LONG}",
        "Ryhmän tehtävät\n\nToinen lyhyt",
        "Ryhmän tehtävät",
        f"Kiinnostuitko?\n\n{LONG}",
        f"www.example.org\n\n{LONG}",
        f"STM\n\n{LONG[:30]}",
    ],
)
def test_what_is_not_clearly_a_subheading_stays_text(text):
    assert [heading for heading, _ in build(text)] == [""]


def test_a_shouted_part_keeps_its_list_and_what_follows():
    text = f"AIKANA\n\n{LONG}\n\nSarjan teemat\n\n1. a\n2. b\n\nLopuksi."
    assert [heading for heading, _ in build(text)] == ["AIKANA"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ks. https://thl.fi.", 'ks. <a href="https://thl.fi">https://thl.fi</a>.'),
        ("(www.thl.fi)", '(<a href="https://www.thl.fi">www.thl.fi</a>)'),
        (
            "https://x.fi/wiki/Sote_(uudistus)",
            '<a href="https://x.fi/wiki/Sote_(uudistus)">https://x.fi/wiki/Sote_(uudistus)</a>',
        ),
        (
            "http://x.fi/?a=1&b=2,",
            '<a href="http://x.fi/?a=1&amp;b=2">http://x.fi/?a=1&amp;b=2</a>,',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("http:// ja www.", "http:// ja www."),
        ("liite.www.fi", "liite.www.fi"),
        ("a **b** c", "a <b>b</b> c"),
        ("2 ** 3", "2 ** 3"),
        (
            'https://x.fi/"onmouseover="y',
            '<a href="https://x.fi/">https://x.fi/</a>"onmouseover="y',
        ),
    ],
)
def test_web_addresses_become_links(text, expected):
    assert to_html(text) == expected
