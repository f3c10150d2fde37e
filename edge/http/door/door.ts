/**
 * Decides whether a request is answered at all, before any of its body is read. A browser sends the requests of any web
 * page, from inside its user's network, and checks only afterwards whether the page may read the answer. So requests of
 * pages that may not call are refused here; otherwise they would keep the engines busy all the same.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { cors } from "@connectrpc/connect";
import type { Log } from "../../../infra/log/log.ts";
import { parseHost } from "../../../infra/net/host.ts";
import { Failure } from "../../errors.ts";
import { createComplaint } from "./complain.ts";
import { createServesHost } from "./hosts.ts";
import { createServesOrigin } from "./origins.ts";

/** Options of createDoor: they decide which requests are accepted. */
export interface DoorOptions {
  /** The web origins, besides the edge's own, from which pages may call; `*` for any. */
  readonly corsOrigins: readonly string[];
  /** The edge's public URL, if callers reach the edge at a different address than the one it listens at. */
  readonly publicUrl: string | undefined;
  /** The hosts that a request may name, besides this machine's own names and the host of `publicUrl`. */
  readonly allowedHosts: readonly string[];
  /** Logs each refused origin and host once. */
  readonly log: Log;
}

/** Checks a request. Throws a Failure if it is refused; returns true if it has been answered, as a preflight is. */
export type Door = (request: IncomingMessage, response: ServerResponse) => boolean;

// How long browsers may cache the answer to a preflight. Chromium caches it for at most two hours, Firefox for a day.
const preflightMaxAgeSeconds = 7200;
const ownExposed = ["ai-disclosure", "retry-after", "retry-after-ms", "traceparent", "x-request-id", "x-should-retry"];
const exposedHeaders = [...cors.exposedHeaders, ...ownExposed].join(", ");
const ownHeaders = ["authorization", "idempotency-key", "traceparent", "tracestate", "x-request-id"];
const allowedHeaders = [...cors.allowedHeaders, ...ownHeaders].join(", ");
/** Matches the names of headers that OpenAI's browser client sends with each call. */
const ofOpenAi = /^x-stainless-[a-z-]{1,40}$/;

/** Creates the function that checks each request to the public port. */
export function createDoor({ corsOrigins, publicUrl, allowedHosts, log }: DoorOptions): Door {
  const servesHost = createServesHost(allowedHosts, publicUrl);
  const servesOrigin = createServesOrigin(corsOrigins, publicUrl);
  const complainOfHost = createComplaint(
    log,
    "host",
    `a request whose Host header names a host that is not served here was refused: ${hostRemedy}`,
  );
  const complainOfOrigin = createComplaint(
    log,
    "origin",
    `a request from a web page of another origin was refused: ${originRemedy}`,
  );

  return (request, response) => {
    const { origin } = request.headers;
    const host = hostOf(request);
    response.setHeader("vary", "origin");
    if (host !== undefined && parseHost(host) === undefined)
      throw new Failure("INVALID_ARGUMENT", "HOST_MISSING", "the request's Host header contains no host");
    if (!servesHost({ host, localAddress: request.socket.localAddress })) {
      complainOfHost(String(host));
      throw refusal("HOST_NOT_SERVED", "the host in the request's Host header is not served here", hostRemedy);
    }
    if (origin === undefined) return false;
    if (!servesOrigin(origin, host)) {
      complainOfOrigin(origin);
      throw refusal("ORIGIN_NOT_ALLOWED", "web pages of this origin may not call this API", originRemedy);
    }
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-expose-headers", exposedHeaders);
    if (request.method !== "OPTIONS" || !("access-control-request-method" in request.headers)) return false;
    response.writeHead(204, {
      "access-control-allow-methods": cors.allowedMethods.join(", "),
      "access-control-allow-headers": [allowedHeaders, ...askedByOpenAi(request)].join(", "),
      "access-control-max-age": String(preflightMaxAgeSeconds),
    });
    response.end();
    return true;
  };
}

function askedByOpenAi({ headers }: IncomingMessage): string[] {
  const asked = String(headers["access-control-request-headers"] ?? "").split(",");
  return asked.map((name) => name.trim()).filter((name) => ofOpenAi.test(name));
}

const hostRemedy =
  "set DUET_EDGE_PUBLIC_URL if callers reach the edge at this host, or add it to DUET_EDGE_ALLOWED_HOSTS";
const originRemedy = "add the origin to DUET_EDGE_CORS_ORIGINS, or set DUET_EDGE_PUBLIC_URL if it is the edge's own";

function refusal(reason: string, message: string, remedy: string): Failure {
  return new Failure("PERMISSION_DENIED", reason, message, { inFull: `${message}: ${remedy}` });
}

/** The host that a request names, in HTTP/1.1 or HTTP/2. */
export function hostOf(request: IncomingMessage): string | undefined {
  const authority = request.headers[":authority"];
  return typeof authority === "string" ? authority : request.headers.host;
}
