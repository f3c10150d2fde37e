import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { type ReceivedSpan, readExport } from "./otlp.ts";

/** An OTLP receiver that keeps what it gets. */
export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  /** All spans so far, in the order of their arrival. */
  readonly spans: readonly ReceivedSpan[];
  /** The requests so far, as `METHOD path content-type`; over gRPC `POST path`. */
  readonly requests: readonly string[];
  /** The bytes so far, to look for what must not be in them. */
  readonly bytes: Buffer;
  close(): Promise<void>;
}

/** Starts a collector of OTLP/HTTP, binary or JSON, on a port of its own. */
export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const requests: string[] = [];
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const parts = await Array.fromAsync(request as AsyncIterable<Buffer>);
    const sent = Buffer.concat(parts);
    const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
    requests.push(`${request.method} ${request.url} ${request.headers["content-type"]}`);
    bodies.push(body);
    const isJson = request.headers["content-type"] === "application/json";
    if (!isJson) spans.push(...readExport(body));
    response.writeHead(200, { "content-type": String(request.headers["content-type"]) }).end(isJson ? "{}" : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    get bytes() {
      return Buffer.concat(bodies);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Starts a collector of OTLP/gRPC on a port of its own. */
export async function startGrpcCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const requests: string[] = [];
  const bodies: Buffer[] = [];
  const path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
  const asTheyAre = (bytes: Buffer) => bytes;
  const server = new Server();
  server.addService(
    {
      export: {
        path,
        requestStream: false,
        responseStream: false,
        requestSerialize: asTheyAre,
        requestDeserialize: asTheyAre,
        responseSerialize: asTheyAre,
        responseDeserialize: asTheyAre,
      },
    },
    {
      export({ request }: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>) {
        requests.push(`POST ${path}`);
        bodies.push(request);
        spans.push(...readExport(request));
        reply(null, Buffer.alloc(0));
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    requests,
    get bytes() {
      return Buffer.concat(bodies);
    },
    async close() {
      server.forceShutdown();
    },
  };
}
