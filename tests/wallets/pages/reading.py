"""What a page says, without its markup."""

import re


def text_of(answer):
    told = re.sub(r"<(script|style|svg|template).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    words = " ".join(re.sub(r"<[^>]+>", " ", told).replace("&#x27;", "'").replace("\u00a0", " ").split())
    return re.sub(r" ([.,:])", r"\1", words)


def main_of(answer):
    """The page itself, without what stands around every page."""
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]
