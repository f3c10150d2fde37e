import type { IncomingMessage, ServerResponse } from "node:http";
import { cors } from "@connectrpc/connect";

// Chromium caches a preflight for two hours at most, Firefox for a day.
const preflightMaxAgeSeconds = 7200;
const exposedHeaders = [...cors.exposedHeaders, "retry-after"].join(", ");
const allowedHeaders = [...cors.allowedHeaders, "authorization", "traceparent", "tracestate"].join(", ");

/**
 * Lets pages of other origins call, as far as `origins` names theirs (`*` names all): sets the headers that a browser
 * asks for, and answers preflights. True if the request is answered by this. A page of the edge's own origin needs nothing.
 */
export function answerCors(request: IncomingMessage, response: ServerResponse, origins: readonly string[]): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return false;
  const isPreflight = request.method === "OPTIONS" && "access-control-request-method" in request.headers;
  response.setHeader("vary", "origin");
  if (!origins.includes("*") && !origins.includes(origin)) {
    if (isPreflight) {
      response.writeHead(403, { "content-type": "text/plain; charset=utf-8" });
      response.end("pages of this origin may not call: name it in DUET_EDGE_CORS_ORIGINS\n");
    }
    return isPreflight;
  }
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", exposedHeaders);
  if (!isPreflight) return false;
  response.writeHead(204, {
    "access-control-allow-methods": cors.allowedMethods.join(", "),
    "access-control-allow-headers": allowedHeaders,
    "access-control-max-age": String(preflightMaxAgeSeconds),
  });
  response.end();
  return true;
}
