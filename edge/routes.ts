import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from "@connectrpc/connect-node";
import type { Log } from "../infra/log/log.ts";
import { type AdminOptions, answerAdmin } from "../infra/net/admin.ts";
import { answerCors } from "./cors.ts";
import type { Rpc } from "./ndjson.ts";

/** Answers a path of the web page; false if the page has no such path. */
export type Page = (path: string, response: ServerResponse) => Promise<boolean>;

/** What is found where. */
export interface RoutesOptions {
  /** The RPCs, by path. */
  rpcs: ReadonlyMap<string, Rpc>;
  /** `/metrics`, `/healthz`, `/readyz`. */
  admin: AdminOptions;
  /** The web page, and what it loads. */
  page: Page;
  /** Other web origins that may call. */
  corsOrigins: readonly string[];
  /** Told of requests that could not be answered. */
  log: Log;
}

/** Makes the function that answers every request of the port. It does not throw. */
export function createRoutes(options: RoutesOptions): RequestListener {
  return (request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      options.log.debug({ error: error instanceof Error ? error.message : String(error) }, "request not answered");
      if (response.headersSent) response.destroy();
      else send(response, 400, "the request cannot be read: send a valid Host header and path");
    });
  };
}

async function answer(options: RoutesOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "/").split("?")[0] as string;
  if (answerCors(request, response, options.corsOrigins)) return;
  const rpc = options.rpcs.get(path);
  if (rpc !== undefined) {
    const call = universalRequestFromNodeRequest(request, response, undefined, undefined);
    return universalResponseToNodeResponse(await rpc(call), response);
  }
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && ((await answerAdmin(path, response, options.admin)) || (await options.page(path, response)))) return;
  send(response, 404, `nothing is here: the page is GET /, calls are POST ${[...options.rpcs.keys()].join(", ")}`);
}

function send(response: ServerResponse, status: number, line: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${line}\n`);
}
