"""Uses the official Python client as programs do, and prints what it sees: a transcript that must be the same for each
server that says it is a Kubernetes API server."""

import sys

import scene
import reads  # noqa: F401
import watches  # noqa: F401
import writes  # noqa: F401

if __name__ == "__main__":
    scene.run(sys.argv[1])
