import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import { createContextValues } from "@connectrpc/connect";
import type { UniversalServerRequest } from "@connectrpc/connect/protocol";
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from "@connectrpc/connect-node";
import type { Log } from "../../infra/log/log.ts";
import { type AdminOptions, answerAdmin } from "../../infra/net/admin.ts";
import type { ReadPeer } from "../../infra/net/peer.ts";
import { peerKey } from "../rpc/caller.ts";
import type { Rpc } from "../rpc/ndjson.ts";
import { answerCors } from "./cors.ts";
import { dropDistantDeadline } from "./deadline.ts";

/** Answers a path of the web page; false if the page has no such path. */
export type Page = (path: string, response: ServerResponse) => Promise<boolean>;

/** What is found where. */
export interface RoutesOptions {
  /** The RPCs, by path. */
  rpcs: ReadonlyMap<string, Rpc>;
  /** gRPC health and reflection, by path. */
  probes: ReadonlyMap<string, Rpc>;
  /** `/metrics`, `/healthz`, `/readyz`. */
  admin: AdminOptions;
  /** The web page, and what it loads. */
  page: Page;
  /** Other web origins that may call. */
  corsOrigins: readonly string[];
  /** Tells whose share of turns a connection counts to. */
  readPeer: ReadPeer;
  /** Told of requests that could not be answered. */
  log: Log;
}

/** Makes the function that answers every request of the port. It does not throw. */
export function createRoutes(options: RoutesOptions): RequestListener {
  return (request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      // A caller who has left is no failure: what was being written had nowhere to go.
      if (response.destroyed) return;
      options.log.error(
        { path: request.url, error: error instanceof Error ? error.stack : String(error) },
        "not answered",
      );
      if (response.headersSent) response.destroy();
      else send(response, 500, "the edge failed: its log says why");
    });
  };
}

async function answer(options: RoutesOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "/").split("?")[0] as string;
  if (answerCors(request, response, options.corsOrigins)) return;
  const rpc = options.rpcs.get(path) ?? options.probes.get(path);
  if (rpc !== undefined) {
    const call = readCall(request, response, options.readPeer);
    if (call === undefined) return send(response, 400, "the request cannot be read: its Host header names no host");
    const answered = await rpc(call);
    const remedy = remedies[answered.status];
    if (remedy === undefined) return universalResponseToNodeResponse(answered, response);
    const body = JSON.stringify({ code: "invalid_argument", message: remedy });
    return send(response, answered.status, body, "application/json");
  }
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && ((await answerAdmin(path, response, options.admin)) || (await options.page(path, response)))) return;
  send(response, 404, `nothing is here: the page is GET /, calls are POST ${[...options.rpcs.keys()].join(", ")}`);
}

function readCall(
  request: IncomingMessage,
  response: ServerResponse,
  readPeer: ReadPeer,
): UniversalServerRequest | undefined {
  try {
    const peer = readPeer(request.socket.remoteAddress, String(request.headers["x-forwarded-for"] ?? ""));
    const values = createContextValues().set(peerKey, peer);
    const call = universalRequestFromNodeRequest(request, response, undefined, values);
    dropDistantDeadline(call.header);
    return call;
  } catch {
    return undefined;
  }
}

// Connect refuses these without a word.
const remedies: Record<number, string> = {
  405: "calls are made with POST",
  415: "the content type is not one of application/json, application/proto, application/connect+json, application/connect+proto, application/grpc and application/grpc-web: set content-type to one that fits the call",
};

function send(response: ServerResponse, status: number, line: string, contentType = "text/plain; charset=utf-8"): void {
  response.writeHead(status, { "content-type": contentType, ...(status === 405 && { allow: "POST" }) });
  response.end(`${line}\n`);
}
