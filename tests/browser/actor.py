"""A made-up person before the window's camera: a drawn face that makes the movements as the page names them.

`page.add_init_script(script_of(person))` seats them there.
"""

import base64
import json

import cv2
import numpy as np

from echt.identity.findings import Movement
from echt.identity.specimens import Person, face, portrait
from tests.identity.vision.attacks import pose
from tests.identity.vision.motion import Head, head, jpeg

SHARES = [step / 5 for step in range(6)]
"""Of a movement, from rest to its end; each is a frame."""

SCRIPT = """
(() => {
  const FRAMES = %s;
  const SHAKE = 1.5;  // pixels: nobody holds a telephone quite still
  const bytes = (frame) => Uint8Array.from(atob(frame), (letter) => letter.charCodeAt(0));
  const open = (frame) => createImageBitmap(new Blob([bytes(frame)], { type: "image/jpeg" }));
  const share = () => Math.sin(Math.PI * Math.min(1, document.querySelector("[data-time]").value / 100));
  function asked() {
    const moves = document.getElementById("camera").dataset.state === "move";
    return moves ? document.querySelector("[data-movement]:not([hidden])")?.dataset.movement : null;
  }
  navigator.mediaDevices.getUserMedia = async () => {
    const pictures = {};
    for (const [name, frames] of Object.entries(FRAMES)) pictures[name] = await Promise.all(frames.map(open));
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const context = canvas.getContext("2d");
    setInterval(() => {
      const [first, ...others] = pictures[asked() ?? "turn_left"];
      const shown = [first, ...others][asked() ? Math.round(share() * others.length) : 0];
      const off = () => (Math.random() - 0.5) * SHAKE;
      context.drawImage(shown, off() - 4, off() - 3, 648, 486);
    }, 50);
    return canvas.captureStream(20);
  };
})();
"""


def script_of(person: Person) -> str:
    """What a window needs so that this person sits before its camera."""
    drawn = np.asarray(portrait(face(person.face, woman=person.sex == "F"), seed=1).convert("RGB"))
    whose = head(cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR), eyes=105)
    return SCRIPT % json.dumps({movement.value: _frames(whose, movement) for movement in Movement})


def _frames(whose: Head, movement: Movement) -> list[str]:
    pictures = [whose.in_pose(pose(movement, share), seed=place) for place, share in enumerate(SHARES)]
    return [base64.b64encode(jpeg(picture)).decode() for picture in pictures]
