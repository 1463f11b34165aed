"""What the tests of relevance share: the judged queries."""

import pytest


@pytest.fixture(scope="session")
def retrieval(shared_dir):
    """Return the folder of judged queries."""
    folder = shared_dir / "data" / "retrieval"
    if not (folder / "docs.jsonl").is_file():
        pytest.skip("no judged queries: SHARED_DIR has no data/retrieval")
    return folder
