import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { type ReceivedSpan, readExport } from "./otlp.ts";

/** An OTLP/HTTP receiver that keeps what it gets. */
export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  /** All spans so far, in the order of their arrival. */
  readonly spans: readonly ReceivedSpan[];
  /** The requests so far: `METHOD path content-type`. */
  readonly requests: readonly string[];
  /** The bytes so far, to look for what must not be in them. */
  readonly bytes: Buffer;
  close(): Promise<void>;
}

/** Starts a collector on a port of its own. */
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
    spans.push(...readExport(body));
    response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
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
