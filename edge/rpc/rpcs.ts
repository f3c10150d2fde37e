import { createConnectRouter, type ServiceImpl } from "@connectrpc/connect";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Tracer } from "../../infra/telemetry/tracer.ts";
import type { Access } from "../access/access.ts";
import { AssistantService } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { traceCalls } from "./call-spans.ts";
import { admitCallers, refuseClaims } from "./caller.ts";
import { type CallCount, countCalls } from "./count-calls.ts";
import { errorBorder, explainRequests } from "./error-border.ts";
import { acceptPlainJson, type Rpc } from "./ndjson.ts";

// The largest request by its fields is a history of long messages; the model's context is far below it.
const maxRequestBytes = 4 << 20;
// A field that is misspelt is not passed over in silence; text that is not UTF-8 is refused, since what was meant is lost.
// In answers a 0 is written out, for people who read them without the proto.
const jsonOptions = {
  ignoreUnknownFields: false,
  alwaysEmitImplicit: true,
  textDecoder: new TextDecoder("utf-8", { fatal: true }),
};

/** How calls are let in and watched. */
export interface RpcsOptions {
  readonly access: Access;
  readonly calls: CallCount;
  readonly log: Log;
  readonly tracer: Tracer;
  readonly clock: Clock;
}

/** The RPCs by path, each in Connect, gRPC, gRPC-Web and JSON. */
export function createRpcs(
  assistant: ServiceImpl<typeof AssistantService>,
  { access, calls, log, tracer, clock }: RpcsOptions,
): Map<string, Rpc> {
  const router = createConnectRouter({
    acceptCompression: [compressionGzip, compressionBrotli],
    interceptors: [
      ...(tracer.enabled ? [traceCalls(tracer, clock)] : []),
      countCalls(calls),
      errorBorder(log),
      refuseClaims,
      admitCallers(access),
      explainRequests,
    ],
    readMaxBytes: maxRequestBytes,
    jsonOptions,
  });
  router.service(AssistantService, assistant);
  return new Map(
    router.handlers.map((handler) => {
      const isStream = handler.method.methodKind === "server_streaming";
      return [handler.requestPath, isStream ? acceptPlainJson(handler, { maxRequestBytes, clock }) : handler];
    }),
  );
}
