import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import { ConnectError, type ContextValues } from "@connectrpc/connect";
import type { UniversalServerRequest } from "@connectrpc/connect/protocol";
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from "@connectrpc/connect-node";
import type { Log } from "../../infra/log/log.ts";
import { type AdminOptions, answerAdmin } from "../../infra/net/admin.ts";
import { classify, Failure } from "../errors.ts";
import type { Rpc } from "../rpc/forms/ndjson.ts";
import { nothingHere, sendFailure, wordless } from "./answers.ts";
import { dropDistantDeadline } from "./deadline.ts";
import type { Door } from "./door/door.ts";

/** Serves the file at a path, such as a web page or its script; resolves to false if there is no file at that path. */
export type Page = (path: string, response: ServerResponse) => Promise<boolean>;

/** An API besides the RPCs on the same port, such as the OpenAI-compatible one. */
export interface Face {
  /** Whether a path belongs to this API. */
  takes(path: string): boolean;
  /** Answers a request; `values` describe its caller. */
  answer(path: string, exchange: Exchange, values: ContextValues): Promise<void>;
  /** Sends a failure in this API's own format. */
  refuse(response: ServerResponse, failure: Failure, inFull: boolean): void;
}

/** An HTTP request and the response to it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** What is served at which path. */
export interface RoutesOptions {
  /** Decides which requests are accepted. */
  door: Door;
  /** The path prefix under which a proxy serves the edge, such as `/duet`; the proxy may strip it. Empty: no prefix. */
  basePath: string;
  /** The RPCs, keyed by path. */
  rpcs: ReadonlyMap<string, Rpc>;
  /** gRPC health and reflection, keyed by path. */
  probes: ReadonlyMap<string, Rpc>;
  /** `/metrics`, `/healthz` and `/readyz`; all but `/healthz` are only for those who run the deployment. */
  admin: AdminOptions;
  /** The HTTP APIs that this port serves besides the RPCs, such as the OpenAI-compatible API. */
  faces: readonly Face[];
  /** Serves the edge's web pages and their assets, by path. */
  page: Page;
  /** Returns what a request reveals about its caller before the call itself is read. */
  valuesOf: (request: IncomingMessage) => ContextValues;
  /** Whether the caller runs the deployment, and may see full error messages. */
  isOperator: (request: IncomingMessage) => boolean;
  /** Logs requests that could not be answered. */
  log: Log;
}

/** Makes the function that answers every request of the port. It does not throw. */
export function createRoutes(options: RoutesOptions): RequestListener {
  return (request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      // If the caller has left, the error is neither logged nor sent: there is nobody left to answer.
      if (isClosed(response)) return;
      if (isOurFault(error))
        options.log.error(
          { path: request.url, error: error instanceof Error ? error.stack : String(error) },
          "not answered",
        );
      const inFull = options.isOperator(request);
      const face = faceOf(options.faces, pathOf(request, options.basePath));
      if (response.headersSent) response.destroy();
      else if (face !== undefined) face.refuse(response, classify(error), inFull);
      else sendFailure({ request, response }, undefined, classify(error), { inFull });
    });
  };
}

async function answer(options: RoutesOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (options.door(request, response)) return;
  const inFull = options.isOperator(request);
  const path = pathOf(request, options.basePath);
  const face = faceOf(options.faces, path);
  if (face !== undefined) return face.answer(path, { request, response }, options.valuesOf(request));
  const rpc = options.rpcs.get(path) ?? options.probes.get(path);
  const audience = { inFull, ...(rpc && { rpc: path.slice(1) }) };
  const fail = (status: number, failure: Failure) => sendFailure({ request, response }, status, failure, audience);
  if (rpc !== undefined) {
    const call = readCall(request, response, options.valuesOf(request));
    if (call === undefined) return fail(400, noHost);
    const answered = await rpc(call);
    const refusal = wordless[answered.status];
    return refusal === undefined ? universalResponseToNodeResponse(answered, response) : fail(answered.status, refusal);
  }
  if (options.basePath !== "" && path === options.basePath)
    return void response.writeHead(308, { location: `${path}/` }).end();
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && (inFull || path === "/healthz") && (await answerAdmin(path, { request, response }, options.admin)))
    return;
  if (isRead && (await options.page(path, response))) return;
  fail(404, nothingHere([...options.rpcs.keys()]));
}

function faceOf(faces: readonly Face[], path: string): Face | undefined {
  return faces.find((face) => face.takes(path));
}

/**
 * Whether an error is an internal fault. Not every thrown error is one: a turn that fails once its audio has begun
 * throws too, since only throwing cuts the HTTP answer off.
 */
function isOurFault(error: unknown): boolean {
  const thrown = error instanceof ConnectError ? (error.cause ?? error) : error;
  return !(thrown instanceof Failure || thrown instanceof ConnectError);
}

/** Whether the client has closed its connection or, in HTTP/2, the stream on which the answer is sent. */
function isClosed(response: ServerResponse | Http2ServerResponse): boolean {
  // Once an HTTP/2 answer has ended, Node drops its stream: `stream` is then undefined.
  if ("stream" in response) return response.stream === undefined || response.stream.destroyed || response.stream.closed;
  return response.destroyed;
}

/** The path of a request, without the proxy's prefix. */
function pathOf({ url = "/" }: IncomingMessage, basePath: string): string {
  const path = url.split("?")[0] as string;
  return basePath !== "" && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}

const noHost = new Failure(
  "INVALID_ARGUMENT",
  "HOST_MISSING",
  "the request cannot be read: its Host header contains no host",
);

function readCall(
  request: IncomingMessage,
  response: ServerResponse,
  values: ContextValues,
): UniversalServerRequest | undefined {
  try {
    const call = universalRequestFromNodeRequest(request, response, undefined, values);
    dropDistantDeadline(call.header);
    return call;
  } catch {
    return undefined;
  }
}
