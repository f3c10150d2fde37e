import { createConnectRouter, type ServiceImpl } from "@connectrpc/connect";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Tracer } from "../../infra/telemetry/tracer.ts";
import type { Access } from "../access/access.ts";
import { AssistantService } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { traceCalls } from "./call-spans.ts";
import { admitCallers } from "./caller.ts";
import { type CallCount, countCalls } from "./count-calls.ts";
import { errorBorder } from "./error-border.ts";
import { acceptGrpcWebText } from "./forms/grpc-web-text.ts";
import { answerEncoder } from "./forms/json-answers.ts";
import { acceptPlainJson, type Rpc } from "./forms/ndjson.ts";
import { requestLimits } from "./request/limits.ts";
import { readRequests, requestTimeoutMs } from "./request/read.ts";

// The maximum size of a request with a recording, in bytes: 4 MiB of audio in base64, and the other fields in JSON.
const maxRecordingBytes = 6 << 20;
/** The maximum size of a request with neither a recording nor a conversation, in bytes. */
const maxPlainBytes = 64 << 10;
const maxBytes: Readonly<Record<string, number>> = {
  Converse: maxRecordingBytes,
  Transcribe: maxRecordingBytes,
  Speak: requestLimits.bytes,
  Resume: requestLimits.bytes,
  Chat: requestLimits.bytes,
  SubmitChat: requestLimits.bytes,
};
// In requests a misspelled field is an error. Answers include zeros, for people who read them without the proto file.
const jsonOptions = {
  ignoreUnknownFields: false,
  alwaysEmitImplicit: true,
  textEncoder: answerEncoder,
};

/** What the RPCs need to admit, count, log and trace calls. */
export interface RpcsOptions {
  readonly access: Access;
  readonly calls: CallCount;
  readonly log: Log;
  readonly tracer: Tracer;
  readonly clock: Clock;
}

/** Creates the RPCs, keyed by path. Each accepts Connect, gRPC, gRPC-Web and plain JSON. */
export function createRpcs(
  assistant: ServiceImpl<typeof AssistantService>,
  { access, calls, log, tracer, clock }: RpcsOptions,
): Map<string, Rpc> {
  const compressions = [compressionGzip, compressionBrotli];
  const interceptors = [...(tracer.enabled ? [traceCalls(tracer, clock)] : []), countCalls(calls), errorBorder(log)];
  const router = createConnectRouter({
    acceptCompression: compressions,
    requestGate: admitCallers(access, interceptors),
    interceptors,
    readMaxBytes: maxRecordingBytes,
    jsonOptions,
    binaryOptions: { readUnknownFields: false },
  });
  router.service(AssistantService, assistant);
  return new Map(
    router.handlers.map((handler) => {
      const { method } = handler;
      const rpc = method.methodKind === "server_streaming" ? acceptPlainJson(handler, clock) : handler;
      const options = {
        maxBytes: maxBytes[method.name] ?? maxPlainBytes,
        compressions,
        timeoutMs: requestTimeoutMs,
        clock,
      };
      return [handler.requestPath, acceptGrpcWebText(readRequests(rpc, method, options))];
    }),
  );
}
