"""A client that knows no proto file: asks the server by reflection what it serves, and calls it.

    reflect.py HOST:PORT list
    reflect.py HOST:PORT package.Service/Method     requests as JSON lines on standard input, answers as JSON lines
"""

import sys

import grpc
from google.protobuf import json_format
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase


def call(channel: grpc.Channel, database: ProtoReflectionDescriptorDatabase, path: str) -> None:
    service, _, name = path.partition("/")
    method = DescriptorPool(database).FindServiceByName(service).FindMethodByName(name)
    request_type, response_type = GetMessageClass(method.input_type), GetMessageClass(method.output_type)
    requests = (json_format.Parse(line, request_type()) for line in sys.stdin)
    # On the wire a call with one request is a stream of one.
    invoke = channel.stream_stream(
        f"/{path}",
        request_serializer=request_type.SerializeToString,
        response_deserializer=response_type.FromString,
    )
    for response in invoke(requests, timeout=60):
        print(json_format.MessageToJson(response, indent=None), flush=True)


address, wanted = sys.argv[1:]
with grpc.insecure_channel(address) as channel:
    database = ProtoReflectionDescriptorDatabase(channel)
    if wanted == "list":
        print("\n".join(database.get_services()))
    else:
        call(channel, database, wanted)
