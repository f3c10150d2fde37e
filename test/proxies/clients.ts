import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, get as httpsGet, request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { text } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
  Http2SessionManager,
} from "@connectrpc/connect-node";
import { AssistantService } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import type { RunningProxy } from "./proxy.ts";

/** A client of the edge by way of a proxy. */
export type ProxiedClient = ReturnType<typeof createClient<typeof AssistantService>>;

const lookup: LookupFunction = (_host, options, tell) => {
  if (options.all) tell(null, [{ address: "127.0.0.1", family: 4 }]);
  else tell(null, "127.0.0.1", 4);
};
/** example.com is this machine, and its certificate is believed. */
const here = { lookup, rejectUnauthorized: false };

/** Every way by which a proxy is called, and how. */
export const ways: Readonly<Record<string, (proxy: RunningProxy) => { client: ProxiedClient; close(): void }>> = {
  "Connect JSON on HTTP/1.1, below the path": ({ port }) =>
    over(
      createConnectTransport({
        baseUrl: `https://example.com:${port}/duet/`,
        httpVersion: "1.1",
        useBinaryFormat: false,
        nodeOptions: { ...here, agent: false },
      }),
    ),
  "gRPC-Web on HTTP/1.1, below the path": ({ port }) =>
    over(
      createGrpcWebTransport({
        baseUrl: `https://example.com:${port}/duet/`,
        httpVersion: "1.1",
        nodeOptions: { ...here, agent: false },
      }),
    ),
  "Connect on HTTP/2, below the path": ({ port }) =>
    overSession(`https://example.com:${port}`, (sessionManager) =>
      createConnectTransport({ baseUrl: `https://example.com:${port}/duet/`, httpVersion: "2", sessionManager }),
    ),
  "gRPC-Web on HTTP/2": ({ port }) =>
    overSession(`https://example.com:${port}`, (sessionManager) =>
      createGrpcWebTransport({ baseUrl: `https://example.com:${port}`, httpVersion: "2", sessionManager }),
    ),
  gRPC: ({ port }) =>
    overSession(`https://example.com:${port}`, (sessionManager) =>
      createGrpcTransport({ baseUrl: `https://example.com:${port}`, sessionManager }),
    ),
  "gRPC without TLS (h2c)": ({ plainPort }) =>
    overSession(`http://example.com:${plainPort}`, (sessionManager) =>
      createGrpcTransport({ baseUrl: `http://example.com:${plainPort}`, sessionManager }),
    ),
};

/**
 * Calls on HTTP/1.1 over a connection that is open already, as that of a page is which has loaded: what a call takes is
 * then not what TLS takes.
 */
export function overOpenConnection(baseUrl: string): { client: ProxiedClient; open(): Promise<void>; close(): void } {
  const [agent, get] = baseUrl.startsWith("https:")
    ? [new HttpsAgent({ ...here, keepAlive: true }), httpsGet]
    : [new HttpAgent({ keepAlive: true }), httpGet];
  const nodeOptions = { ...here, agent };
  const { client } = over(createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false, nodeOptions }));
  return {
    client,
    async open() {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get(new URL("healthz", baseUrl), nodeOptions, resolve).on("error", reject);
      });
      await text(response);
      // The agent takes the connection back a moment after the last byte.
      await setImmediate();
    },
    close: () => agent.destroy(),
  };
}

function over(transport: Transport, close = () => {}) {
  return { client: createClient(AssistantService, transport), close };
}

function overSession(url: string, create: (sessions: Http2SessionManager) => Transport) {
  const sessions = new Http2SessionManager(url, undefined, here);
  return over(create(sessions), () => sessions.abort());
}

/** One request by HTTPS to the proxy, as a browser's. */
export async function ask({ port }: RunningProxy, path: string, headers: Record<string, string> = {}, body?: string) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    headers: NodeJS.Dict<string | string[]>;
    text: string;
  }>();
  const options = { ...here, agent: false, method: body === undefined ? "GET" : "POST", headers };
  const request = httpsRequest(`https://example.com:${port}${path}`, options, async (response) => {
    resolve({ status: response.statusCode ?? 0, headers: response.headers, text: await text(response) });
  });
  request.on("error", reject).end(body);
  return promise;
}
