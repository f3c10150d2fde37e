import { type Client, createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
  Http2SessionManager,
} from "@connectrpc/connect-node";
import type { RpcName } from "../../edge/access/scopes.ts";
import { AssistantService } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { protocols } from "../support/callers.ts";

type Assistant = Client<typeof AssistantService>;
type Sent = { headers?: Record<string, string> };

/** A way of asking: calls one RPC, with a request that is right, and reads its answer to the end. */
export interface Way {
  call(rpc: RpcName, options: Sent): Promise<unknown>;
  readonly close: () => void;
  /** The RPCs that can be called this way. */
  readonly rpcs: readonly RpcName[];
}

const text = "[[say:Yes.]]";
const turnId = "9b2f6c1e-0000-4000-8000-000000000000";

/** A right request to each RPC, about things that do not exist. */
const requests: Record<RpcName, (assistant: Assistant, options: Sent) => Promise<unknown>> = {
  Converse: (assistant, options) => Array.fromAsync(assistant.converse({ text }, options)),
  Speak: (assistant, options) => Array.fromAsync(assistant.speak({ text: "Yes." }, options)),
  Resume: (assistant, options) => Array.fromAsync(assistant.resume({ turnId }, options)),
  Chat: (assistant, options) => assistant.chat({ text }, options),
  SubmitChat: (assistant, options) => assistant.submitChat({ chat: { text } }, options),
  GetJob: (assistant, options) => assistant.getJob({ jobId: turnId }, options),
  CancelJob: (assistant, options) => assistant.cancelJob({ jobId: turnId }, options),
  Transcribe: (assistant, options) => assistant.transcribe({ audio: { data: new Uint8Array(64) } }, options),
  Interrupt: (assistant, options) => assistant.interrupt({ turnId }, options),
  ReportPlayback: (assistant, options) => assistant.reportPlayback({ turnId, played: {} }, options),
  GetSession: (assistant, options) => assistant.getSession({ sessionId: "none" }, options),
  ListSessions: (assistant, options) => assistant.listSessions({ userId: "ada" }, options),
  DeleteSession: (assistant, options) => assistant.deleteSession({ sessionId: "none" }, options),
  ListVoices: (assistant, options) => assistant.listVoices({}, options),
  GetStatus: (assistant, options) => assistant.getStatus({}, options),
};

/** Every RPC. */
export const rpcNames = Object.keys(requests) as RpcName[];

/** Every way to ask, by name. */
export const ways: Record<string, (url: string) => Way> = {
  "Connect JSON on HTTP/1.1": (baseUrl) =>
    over(createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false })),
  "Connect proto on HTTP/2": (baseUrl) =>
    overSession(baseUrl, (sessionManager) => createConnectTransport({ baseUrl, httpVersion: "2", sessionManager })),
  gRPC: (baseUrl) => overSession(baseUrl, (sessionManager) => createGrpcTransport({ baseUrl, sessionManager })),
  "gRPC-Web": (baseUrl) => over(createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })),
  "lines of JSON": overLines,
};

function over(transport: Transport, close = () => {}): Way {
  const assistant = createClient(AssistantService, transport);
  return { call: (rpc, options) => requests[rpc](assistant, options), close, rpcs: rpcNames };
}

function overSession(url: string, create: (sessions: Http2SessionManager) => Transport): Way {
  const sessions = new Http2SessionManager(url);
  return over(create(sessions), () => sessions.abort());
}

/** Only streams are lines; the other RPCs in JSON are those of Connect. */
function overLines(url: string): Way {
  const caller = (protocols["lines of JSON"] as (url: string) => ReturnType<(typeof protocols)[string]>)(url);
  return {
    call: (rpc, options) =>
      Array.fromAsync<unknown>(
        rpc === "Converse" ? caller.converse({ text }, options) : caller.speak({ text: "Yes." }, options),
      ),
    close: () => caller.close(),
    rpcs: ["Converse", "Speak"],
  };
}
