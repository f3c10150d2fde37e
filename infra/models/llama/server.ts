import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Clock, systemClock } from "../../clock/clock.ts";
import type { Log } from "../../log/log.ts";
import { type Address, formatAddress, listen } from "../../net/address.ts";
import { answerChat, type ChatContext, sendError, sendJson } from "./chat.ts";
import { notServed } from "./errors.ts";
import type { LocalModel } from "./model.ts";
import { createPlaces } from "./places.ts";

/** How to serve a model. */
export interface ModelServerOptions {
  readonly model: LocalModel;
  /** The address on which the server listens. */
  readonly listen: Address;
  /** How many answers are written at once; the model has a slot for each. */
  readonly parallel: number;
  /** How many more requests may wait for a slot; any further request gets status 503. */
  readonly queue: number;
  readonly log: Log;
  readonly clock?: Clock;
}

/** A server of OpenAI's chat completions API. */
export interface ModelServer {
  /** The server's URL, without `/v1`. */
  readonly url: string;
  /** Stops all answers, and closes every connection. The model stays loaded. */
  close(): Promise<void>;
}

/** Serves one model through OpenAI's API: `/v1/chat/completions`, `/v1/models`, `/health`. */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const { model, parallel, queue, log, clock = systemClock } = options;
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const chat: ChatContext = { model, places: createPlaces(parallel, queue), log, clock, signal: closing.signal };
  const created = Math.floor(Date.now() / 1000);
  const card = { id: model.name, object: "model", created, owned_by: "llama.cpp", max_model_len: model.contextSize };

  const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void> | void> = {
    "POST /v1/chat/completions": (request, response) => answerChat(request, response, chat),
    "GET /v1/models": (_, response) => sendJson(response, 200, { object: "list", data: [card] }),
    "GET /health": (_, response) => sendJson(response, 200, { status: "ok" }),
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0];
    const route = routes[`${request.method} ${path}`];
    if (route === undefined) {
      const isKnown = Object.keys(routes).some((key) => key.endsWith(` ${path}`));
      return sendError(response, notServed(isKnown ? 405 : 404));
    }
    // An error here can only mean that the caller left in the middle of the request.
    const answering = Promise.resolve(route(request, response)).catch(() => void response.destroy());
    running.add(answering);
    answering.finally(() => running.delete(answering));
  });
  const bound = await listen(server, options.listen, "--listen");
  return {
    url: `http://${formatAddress(bound)}`,
    async close() {
      closing.abort();
      await Promise.all(running);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
