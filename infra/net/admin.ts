import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Metrics } from "../telemetry/metrics.ts";
import { printMetrics } from "../telemetry/page.ts";
import { servesAdminHost } from "./host.ts";

/** What a process reports about itself over HTTP. */
export interface AdminOptions {
  /** The metrics that are served at `/metrics`. */
  metrics: Metrics;
  /** Why the process accepts no work now; undefined if it accepts work. Used by `/readyz`. */
  notReady: () => Promise<string | undefined>;
  /** What is wrong although the process accepts work; undefined if nothing is. Used by `/readyz`. Default: nothing. */
  degraded?: (() => Promise<string | undefined>) | undefined;
}

/**
 * Answers `/metrics`, `/healthz` (the process is alive) and `/readyz` (the process accepts work); returns false for any
 * other path.
 */
export async function answerAdmin(
  path: string,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  options: AdminOptions,
): Promise<boolean> {
  switch (path) {
    case "/metrics": {
      const { body, contentType } = await printMetrics(options.metrics.registry, request.headers.accept);
      send(response, 200, body, contentType);
      return true;
    }
    case "/healthz":
      send(response, 200, "ok\n");
      return true;
    case "/readyz": {
      const reason = await options.notReady();
      const degraded = reason === undefined ? await options.degraded?.() : undefined;
      const state = degraded === undefined ? "ok" : `ok, degraded: ${degraded}`;
      send(response, reason === undefined ? 200 : 503, `${reason ?? state}\n`);
      return true;
    }
    default:
      return false;
  }
}

// How long a client may take to send a request: ample, since requests to this server fit into one packet.
const requestTimeoutMs = 10_000;
const limits = {
  requestTimeout: requestTimeoutMs,
  headersTimeout: requestTimeoutMs,
  connectionsCheckingInterval: 1_000,
};

/** An HTTP server that serves only `/metrics`, `/healthz` and `/readyz`. */
export function createAdminServer(options: AdminOptions): Server {
  return createServer(limits, (request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, 500, `internal error: ${error instanceof Error ? error.message : error}\n`);
    });
  });
}

async function answer(options: AdminOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers.origin !== undefined) return send(response, 403, "web pages may not call this server\n");
  if (!servesAdminHost(request.headers.host))
    return send(response, 403, "this host name is not served here: use the IP address, or a name without a dot\n");
  const path = (request.url ?? "/").split("?")[0] as string;
  if (!(await answerAdmin(path, { request, response }, options)))
    send(response, 404, "not found: try /metrics, /healthz or /readyz\n");
}

function send(response: ServerResponse, status: number, body: string, contentType = "text/plain; charset=utf-8"): void {
  response.writeHead(status, { "content-type": contentType, "cache-control": "no-store" });
  response.end(body);
}
