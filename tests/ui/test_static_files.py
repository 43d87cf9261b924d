import gzip
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import FileSystemStorage
from django.templatetags.static import static

from echt.ui import static_files

FILES = {
    "ui/page.css": '@font-face { src: url("fonts/a.woff2"); }\n' + "p { color: red }\n" * 40,
    "ui/fonts/a.woff2": "font",
    "ui/main.js": 'import "./modules/a.js";\nimport { b } from "./modules/b.js";\n',
    "ui/modules/a.js": 'import { b } from "./b.js";\nb();\n',
    "ui/modules/b.js": "export const b = () => 1;\n",
}


@pytest.fixture
def source(tmp_path):
    """Files of a room; writing one returns all of them."""
    folder = tmp_path / "source"

    def write(**changed):
        for name, content in {**FILES, **changed}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        storage = FileSystemStorage(folder)
        return {name: (storage, name) for name in {**FILES, **changed}}

    return write


def served(folder):
    """The names under which the files stand, by their names in pages."""
    storage = static_files.Storage(folder)
    return {name: storage.stored_name(name) for name in FILES}


def text_of(folder, name):
    return (folder / served(folder)[name]).read_text()


def test_a_name_carries_the_hash_of_what_is_in_the_file(source, tmp_path):
    first = served(static_files.gather(source(), tmp_path / "static"))
    second = served(static_files.gather(source(**{"ui/fonts/a.woff2": "another"}), tmp_path / "static"))

    assert re.fullmatch(r"ui/fonts/a\.[0-9a-f]{12}\.woff2", first["ui/fonts/a.woff2"])
    assert first["ui/fonts/a.woff2"] != second["ui/fonts/a.woff2"]
    assert first["ui/modules/b.js"] == second["ui/modules/b.js"]


def test_a_style_that_uses_a_changed_file_changes_its_name_too(source, tmp_path):
    first = served(static_files.gather(source(), tmp_path / "static"))
    second = served(static_files.gather(source(**{"ui/fonts/a.woff2": "another"}), tmp_path / "static"))

    assert first["ui/page.css"] != second["ui/page.css"]


def test_a_style_names_the_files_that_stand_there(source, tmp_path):
    folder = static_files.gather(source(), tmp_path / "static")

    assert served(folder)["ui/fonts/a.woff2"].removeprefix("ui/") in text_of(folder, "ui/page.css")


def test_a_style_stands_there_without_what_only_its_writers_need(source, tmp_path):
    written = '/* Red;\n   { and ; too. */\n@media print {\n  p > a, b { color: red; content: "a b"; }\n}\n'
    folder = static_files.gather(source(**{"ui/page.css": written}), tmp_path / "static")

    assert text_of(folder, "ui/page.css") == '@media print{p > a, b{color: red;content: "a b";}}'


def test_modules_import_the_modules_that_stand_there_through_every_level(source, tmp_path):
    folder = static_files.gather(source(), tmp_path / "static")
    names = served(folder)

    assert names["ui/modules/a.js"].removeprefix("ui/") in text_of(folder, "ui/main.js")
    assert names["ui/modules/b.js"].removeprefix("ui/") in text_of(folder, "ui/main.js")
    assert names["ui/modules/b.js"].removeprefix("ui/modules/") in text_of(folder, "ui/modules/a.js")


def test_a_file_that_is_missing_fails_at_start_not_in_a_readers_browser(source, tmp_path):
    files = source(**{"ui/page.css": "p { background: url(absent.svg) }"})

    with pytest.raises(ValueError, match=r"absent\.svg"):
        static_files.gather(files, tmp_path / "static")
    assert list((tmp_path / "static").iterdir()) == []


def test_a_page_that_names_a_missing_file_fails(source, tmp_path):
    storage = static_files.Storage(static_files.gather(source(), tmp_path / "static"))

    with pytest.raises(ValueError, match="absent"):
        storage.url("ui/absent.css")


def test_text_stands_there_compressed_too(source, tmp_path):
    folder = static_files.gather(source(), tmp_path / "static")
    path = folder / served(folder)["ui/page.css"]

    assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()


def test_the_next_start_finds_the_folder_there(source, tmp_path):
    folder = static_files.gather(source(), tmp_path / "static")
    made = folder.stat().st_mtime_ns

    assert static_files.gather(source(), tmp_path / "static") == folder
    assert folder.stat().st_mtime_ns == made


def test_many_may_start_at_once(source, tmp_path):
    files = source()
    with ThreadPoolExecutor(8) as starts:
        folders = set(starts.map(lambda _: static_files.gather(files, tmp_path / "static"), range(8)))

    assert len(folders) == 1
    assert list((tmp_path / "static").iterdir()) == list(folders)
    assert text_of(folders.pop(), "ui/modules/b.js") == FILES["ui/modules/b.js"]


def test_a_start_that_was_killed_leaves_nothing_in_the_way(source, tmp_path):
    (tmp_path / "static" / ".draft-killed").mkdir(parents=True)

    folder = static_files.gather(source(), tmp_path / "static")

    assert text_of(folder, "ui/modules/b.js") == FILES["ui/modules/b.js"]


def test_folders_of_old_versions_go_after_a_week(source, tmp_path):
    old = static_files.gather(source(), tmp_path / "static")
    recent = static_files.gather(source(**{"ui/fonts/a.woff2": "2"}), tmp_path / "static")
    eight_days_ago = time.time() - 8 * 24 * 3600
    os.utime(old, (eight_days_ago, eight_days_ago))

    newest = static_files.gather(source(**{"ui/fonts/a.woff2": "3"}), tmp_path / "static")

    assert set((tmp_path / "static").iterdir()) == {recent, newest}


def test_browsers_keep_our_files_for_good(anonymous):
    answer = anonymous.get(static("ui/tokens.css"))
    answer.close()

    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css; charset=")


def test_every_reference_in_our_styles_and_modules_carries_its_hash():
    folder = static_files.gathered()
    hashed = re.compile(r"\.[0-9a-f]{12}\.\w+$")
    for name, stored in staticfiles_storage.hashed_files.items():
        if name.endswith((".css", ".js")):
            text = (folder / stored).read_text()
            references = re.findall(r'(?:url\(|from\s*|import\s*)["\'](?!data:|#)([^"\']+)["\']', text)
            assert [reference for reference in references if not hashed.search(reference)] == [], name
