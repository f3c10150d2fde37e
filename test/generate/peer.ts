import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { TestContext } from "vitest";
import { formatAddress, listen } from "../../infra/net/address.ts";

/** A model server that does what a test says, for shapes that no stand-in has. It lists one model, `peer`. */
export async function startPeer(
  context: TestContext,
  chat: (response: ServerResponse, request: IncomingMessage, body: string) => void,
  pages: Record<string, (response: ServerResponse) => void> = {},
) {
  const notFound = (response: ServerResponse) => response.writeHead(404).end();
  const listModels = (response: ServerResponse) => response.end('{"data":[{"id":"peer"}]}');
  const routes: typeof pages = { "/v1/models": listModels, "/health": (response) => response.end(), ...pages };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    if (request.url === "/v1/chat/completions") chat(response, request, body);
    else (routes[request.url ?? ""] ?? notFound)(response);
  });
  let connections = 0;
  server.on("connection", () => connections++);
  const address = await listen(server, { host: "127.0.0.1", port: 0 }, "DUET_VLLM_URL");
  context.onTestFinished(() => server.close().closeAllConnections());
  return { url: `http://${formatAddress(address)}`, connections: () => connections };
}

/** The head of a stream. */
export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
}

/** Answers with these events, as they are, and ends. */
export function sendEvents(response: ServerResponse, ...events: (string | object)[]): void {
  beginStream(response);
  for (const event of events) response.write(`data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`);
  response.end();
}

/** A chunk with text. */
export function delta(content: string): object {
  return { choices: [{ delta: { content } }] };
}

/** A chunk that says why it ends. */
export function finish(finish_reason: string): object {
  return { choices: [{ delta: {}, finish_reason }] };
}
