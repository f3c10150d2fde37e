"""A plugin for buf: the compiler of grpcio-tools, which brings Python's generators but none to start alone."""

import sys
import tempfile
from pathlib import Path

from google.protobuf.compiler.plugin_pb2 import CodeGeneratorRequest, CodeGeneratorResponse
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from grpc_tools import protoc


def generate(request: CodeGeneratorRequest) -> CodeGeneratorResponse:
    with tempfile.TemporaryDirectory() as folder:
        descriptors = Path(folder, "descriptors.binpb")
        descriptors.write_bytes(FileDescriptorSet(file=request.proto_file).SerializeToString())
        out = Path(folder, "out")
        out.mkdir()
        outputs = [f"--{generator}_out={out}" for generator in ("python", "pyi", "grpc_python")]
        command = ["protoc", f"--descriptor_set_in={descriptors}", *outputs, *request.file_to_generate]
        if protoc.main(command) != 0:
            return CodeGeneratorResponse(error="protoc of grpcio-tools failed: see above")
        files = [
            CodeGeneratorResponse.File(name=path.relative_to(out).as_posix(), content=path.read_text("utf-8"))
            for path in sorted(out.rglob("*.py*"))
        ]
        return CodeGeneratorResponse(file=files, supported_features=CodeGeneratorResponse.FEATURE_PROTO3_OPTIONAL)


if __name__ == "__main__":
    sys.stdout.buffer.write(generate(CodeGeneratorRequest.FromString(sys.stdin.buffer.read())).SerializeToString())
