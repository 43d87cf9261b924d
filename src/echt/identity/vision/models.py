"""Models, loaded when they are first asked for and then kept: one of each in a process.

Every model runs on the same few threads, so that the vision worker leaves room for the pages beside it.
"""

import threading
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from echt.identity.vision.carriers import Model, default_folder

THREADS = 2
ERRORS_ONLY = 3

Array = np.ndarray[Any, Any]

_loading = threading.Lock()


class ModelMissing(Exception):
    """A model is not where it should be; the text says which and what to do."""


def path_of(model: Model, folder: Path | None = None) -> Path:
    """The file of a model.

    Raises:
        ModelMissing: there is none.
    """
    path = (folder or default_folder()) / model.file
    if not path.is_file():
        raise ModelMissing(f"{path} is missing: run echt models install")
    return path


def session(model: Model, folder: Path | None = None) -> onnxruntime.InferenceSession:
    """The model, ready to run.

    Raises:
        ModelMissing: its file is not there.
    """
    return session_of(path_of(model, folder))


def session_of(path: Path, threads: int = THREADS) -> onnxruntime.InferenceSession:
    """An ONNX file, ready to run. Who asks while it is being loaded waits for the same one."""
    with _loading:
        return _load(path, threads)


def run(ready: onnxruntime.InferenceSession, pixels: Array) -> dict[str, Array]:
    """What a model of one input says, by the name of each output."""
    names = [output.name for output in ready.get_outputs()]
    return dict(zip(names, ready.run(names, {ready.get_inputs()[0].name: pixels}), strict=True))


@cache
def _load(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # else what the largest picture took is kept
    options.log_severity_level = ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # who waits leaves the processor to others
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
