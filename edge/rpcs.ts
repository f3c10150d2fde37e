import { createConnectRouter, type ServiceImpl } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import { AssistantService } from "./gen/duet/assistant/v1/assistant_pb.ts";

// The largest request by its fields is a history of long messages; the model's context is far below it.
const maxRequestBytes = 4 << 20;
// A field that is misspelt is not passed over in silence; text that is not UTF-8 is refused, since what was meant is lost.
const jsonOptions = { ignoreUnknownFields: false, textDecoder: new TextDecoder("utf-8", { fatal: true }) };

/** The RPCs by path, each in Connect, gRPC, gRPC-Web and JSON. */
export function createRpcs(assistant: ServiceImpl<typeof AssistantService>): Map<string, UniversalHandler> {
  const router = createConnectRouter({
    acceptCompression: [compressionGzip, compressionBrotli],
    readMaxBytes: maxRequestBytes,
    jsonOptions,
  });
  router.service(AssistantService, assistant);
  return new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
}
