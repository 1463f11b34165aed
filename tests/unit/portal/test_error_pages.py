"""The page for a fault of ours depends on nothing that may be at fault."""

from django.template import loader


def test_server_error_page_needs_no_context():
    html = loader.get_template("500.html").render()
    assert html.strip().startswith("<!doctype html>")
    assert 'lang="sv"' in html
    assert 'lang="en"' in html


def test_not_found_page_bears_that_nothing_is_known():
    html = loader.get_template("404.html").render()
    assert "<h1>" in html
    assert 'href="/"' in html
