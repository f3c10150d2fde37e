import {
  create,
  type DescMessage,
  fromJson,
  type MessageInitShape,
  type MessageShape,
  toJsonString,
} from "@bufbuild/protobuf";
import { type Client, Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { errorFromJson } from "@connectrpc/connect/protocol-connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
  Http2SessionManager,
} from "@connectrpc/connect-node";
import {
  AssistantService,
  type ConverseRequestSchema,
  type ConverseResponse,
  type SpeakRequestSchema,
  type SpeakResponse,
} from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";

/** A customer of the edge, in one of the ways in which it may be called. */
export interface Caller {
  converse(
    request: MessageInitShape<typeof ConverseRequestSchema>,
    options?: CallOptions,
  ): AsyncIterable<ConverseResponse>;
  speak(request: MessageInitShape<typeof SpeakRequestSchema>, options?: CallOptions): AsyncIterable<SpeakResponse>;
  /** Ends its connections. */
  close(): void;
}

/** What a call may bring. */
export interface CallOptions {
  signal?: AbortSignal;
  timeoutMs?: number;
  headers?: HeadersInit;
}

/** Every way to call the edge, by name. */
export const protocols: Record<string, (url: string) => Caller> = {
  "Connect JSON on HTTP/1.1": (baseUrl) =>
    overTransport(createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false })),
  "Connect proto on HTTP/2": (baseUrl) =>
    overSession(baseUrl, (sessionManager) => createConnectTransport({ baseUrl, httpVersion: "2", sessionManager })),
  gRPC: (baseUrl) => overSession(baseUrl, (sessionManager) => createGrpcTransport({ baseUrl, sessionManager })),
  "gRPC-Web": (baseUrl) => overTransport(createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })),
  "lines of JSON": overLines,
};

/** A gRPC client of all RPCs; `close` ends its connection. */
export function createGrpcClient(baseUrl: string): { client: Client<typeof AssistantService>; close(): void } {
  const sessionManager = new Http2SessionManager(baseUrl);
  const client = createClient(AssistantService, createGrpcTransport({ baseUrl, sessionManager }));
  return { client, close: () => sessionManager.abort() };
}

function overTransport(transport: Transport, close = () => {}): Caller {
  const client = createClient(AssistantService, transport);
  return { converse: client.converse, speak: client.speak, close };
}

function overSession(url: string, create: (sessions: Http2SessionManager) => Transport): Caller {
  const sessions = new Http2SessionManager(url);
  return overTransport(create(sessions), () => sessions.abort());
}

function overLines(url: string): Caller {
  const { converse, speak } = AssistantService.method;
  return {
    converse: (request, options) => readLines(url, converse, create(converse.input, request), options),
    speak: (request, options) => readLines(url, speak, create(speak.input, request), options),
    close() {},
  };
}

async function* readLines<I extends DescMessage, O extends DescMessage>(
  url: string,
  method: { name: string; input: I; output: O },
  request: MessageShape<I>,
  { signal, timeoutMs, headers }: CallOptions = {},
): AsyncGenerator<MessageShape<O>> {
  const sent = new Headers(headers);
  sent.set("content-type", "application/json");
  if (timeoutMs !== undefined) sent.set("connect-timeout-ms", String(timeoutMs));
  const response = await fetch(`${url}/${AssistantService.typeName}/${method.name}`, {
    method: "POST",
    headers: sent,
    body: toJsonString(method.input, request),
    ...(signal && { signal }),
  });
  if (!response.ok)
    throw errorFromJson((await response.json()) as never, undefined, new ConnectError("no error in it"));
  for await (const line of splitLines(response.body as AsyncIterable<Uint8Array>)) {
    const json = JSON.parse(line);
    if (json.error !== undefined) throw errorFromJson(json.error, undefined, new ConnectError("not an error"));
    yield fromJson(method.output, json);
  }
}

async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const part of bytes) {
    const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
    rest = lines.pop() as string;
    yield* lines;
  }
  if (rest !== "") throw new ConnectError(`the last line has no end: ${rest.length} characters`, Code.DataLoss);
}
