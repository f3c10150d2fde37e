import type { CallContext } from "nice-grpc";
import type { ServerReflectionService } from "nice-grpc-server-reflection";
import { descriptors } from "../../gen/duet/descriptors.ts";
import { UnreadableRequestError } from "../errors/request-error.ts";

const asIs = (message: Uint8Array) => Buffer.from(message.buffer, message.byteOffset, message.byteLength);

/**
 * gRPC reflection, v1 and v1alpha. They differ only in name; gRPC's own Python client knows only v1alpha. Messages are
 * passed on as bytes: the library that parses them loads slowly, so it is loaded only once reflection is used.
 */
export const reflectionDefinitions = ["v1", "v1alpha"].map((version) => ({
  serverReflectionInfo: {
    path: `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
    requestStream: true,
    responseStream: true,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  } as const,
}));

/** Answers reflection requests about one service, given by its full name. */
export function createReflection(service: string) {
  return {
    async *serverReflectionInfo(requests: AsyncIterable<Uint8Array>, context: CallContext) {
      const { ServerReflection, ServerReflectionService } = await import("nice-grpc-server-reflection");
      const { requestDeserialize, responseSerialize } = ServerReflectionService.serverReflectionInfo;
      const { serverReflectionInfo } = ServerReflection(descriptors, [service]);
      const answers = serverReflectionInfo(readAll(requests, requestDeserialize), context);
      for await (const answer of answers) yield responseSerialize(answer as Parameters<typeof responseSerialize>[0]);
    },
  };
}

type Read = typeof ServerReflectionService.serverReflectionInfo.requestDeserialize;

async function* readAll(requests: AsyncIterable<Uint8Array>, read: Read): AsyncGenerator<ReturnType<Read>> {
  for await (const request of requests) {
    let message: ReturnType<Read>;
    try {
      message = read(asIs(request));
    } catch {
      throw new UnreadableRequestError();
    }
    yield message;
  }
}
