import { createConnectRouter } from "@connectrpc/connect";
import { compressionGzip } from "@connectrpc/connect-node";
import type { Log } from "../../infra/log/log.ts";
import { AssistantService, file_duet_assistant_v1_assistant } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { errorBorder } from "../rpc/error-border.ts";
import { acceptGrpcWebText } from "../rpc/forms/grpc-web-text.ts";
import type { Rpc } from "../rpc/forms/ndjson.ts";
import { readRequests } from "../rpc/request/read.ts";
import { file_google_rpc_error_details } from "../wellknown/gen/google/rpc/error_details_pb.ts";
import { file_grpc_health_v1_health, Health } from "../wellknown/gen/grpc/health/v1/health_pb.ts";
import {
  file_grpc_reflection_v1_reflection,
  ServerReflection,
} from "../wellknown/gen/grpc/reflection/v1/reflection_pb.ts";
import {
  file_grpc_reflection_v1alpha_reflection,
  ServerReflection as ServerReflectionAlpha,
} from "../wellknown/gen/grpc/reflection/v1alpha/reflection_pb.ts";
import { createHealth, type HealthOptions } from "./health.ts";
import { createReflection } from "./reflection.ts";

// The maximum size of a probe's request, in bytes: a probe sends little more than a name.
const maxRequestBytes = 64 << 10;
const requestTimeoutMs = 10_000;

/** Options of createProbes. */
export interface ProbesOptions extends Omit<HealthOptions, "service"> {
  readonly log: Log;
}

/**
 * Creates the RPCs with which other programs ask about the edge itself, gRPC health and reflection, keyed by path.
 * Probes are not customer calls: they need no credentials, are not counted, and may carry any header.
 */
export function createProbes({ log, ...options }: ProbesOptions): Map<string, Rpc> {
  const reflect = createReflection([
    file_duet_assistant_v1_assistant,
    file_google_rpc_error_details,
    file_grpc_health_v1_health,
    file_grpc_reflection_v1_reflection,
    file_grpc_reflection_v1alpha_reflection,
  ]);
  const { clock } = options;
  const compressions = [compressionGzip];
  const router = createConnectRouter({
    acceptCompression: compressions,
    interceptors: [errorBorder(log)],
    readMaxBytes: maxRequestBytes,
  });
  router.service(Health, createHealth({ service: AssistantService.typeName, ...options }));
  router.service(ServerReflection, { serverReflectionInfo: reflect });
  router.service(ServerReflectionAlpha, { serverReflectionInfo: reflect });
  const readOptions = { maxBytes: maxRequestBytes, compressions, timeoutMs: requestTimeoutMs, clock };
  return new Map(
    router.handlers.map((handler) => [
      handler.requestPath,
      acceptGrpcWebText(readRequests(handler, handler.method, readOptions)),
    ]),
  );
}
