"""How long a browser takes to verify a proof: `PYTHONPATH=.:src python -m benchmarks.browser_verify`.

A proof of 40 columns and height 30, in two pieces, in Chromium, with everything that a careful customer brings:
statement, key and root. Beside it the time that WebCrypto alone needs to hash the same messages, one after the other.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from echt.proofs.browser.page import build, joined
from tests.proofs.trees import OPERATOR, HighTree, World
from tests.proofs.vector_cases import MANY, config, written
from tools.browser import FLAGS, chromium

ROUNDS = 41
MOST_MS = 100
BYTES_OF_A_NODE = 4 + 4 + 2 * (32 + 16 * len(MANY))
MEASURE = """async ([proof, statement, key, root, rounds, bytes, nodes]) => {
  const median = (times) => times.toSorted((one, other) => one - other)[times.length >> 1];
  const [content, note] = [proof, statement].map((text) => new TextEncoder().encode(text));
  const timed = async (work) => {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      await work();
      times.push(performance.now() - started);
    }
    return median(times);
  };
  const knowledge = { statement: note, operator_key: key, root };
  const started = performance.now();
  const { verdict } = await globalThis.proof.verify(content, knowledge);
  const first = performance.now() - started;
  const message = new Uint8Array(bytes);
  const hashes = async () => {
    for (let node = 0; node < nodes; node++) await crypto.subtle.digest("SHA-256", message);
  };
  const verify = await timed(() => globalThis.proof.verify(content, knowledge));
  return { verdict, first, verify, digest: await timed(hashes) };
}"""


def main() -> None:
    configuration = config(MANY, 10, 20)
    world = World({"10001": [number * 10**9 + 1 for number in range(len(MANY))]}, configuration, tree=HighTree)
    proof = written(world.proof("10001")).decode()
    nodes = configuration["pieces"] * 30
    known = [world.note, OPERATOR.vkey, world.statement["root"]]
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        found = measured(browser.new_page(), Path(folder), [proof, *known, ROUNDS, BYTES_OF_A_NODE, nodes])
        browser.close()
    assert found["verdict"] == "verified"
    print(f"proof file                          {len(proof.encode()):>10,} bytes")
    print(f"verify, the first time              {found['first']:>10.1f} ms   (target: under {MOST_MS} ms)")
    print(f"verify, median of {ROUNDS}                {found['verify']:>10.1f} ms")
    print(f"WebCrypto alone, the same {nodes} nodes   {found['digest']:>10.1f} ms")
    print(f"ratio                               {found['verify'] / found['digest']:>10.1f}")


def measured(page: Page, folder: Path, arguments: list[object]) -> dict:
    """In a page from a disk, as the customer has it."""
    (folder / "verify.html").write_text(build(), "utf-8")
    page.goto((folder / "verify.html").as_uri())
    page.evaluate(joined("proof") + "\nglobalThis.proof = proof_js;")
    return page.evaluate(MEASURE, arguments)


if __name__ == "__main__":
    main()
