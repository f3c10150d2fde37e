import { randomUUID } from "node:crypto";
import { ConnectError } from "@connectrpc/connect";
import type { UniversalServerRequest, UniversalServerResponse } from "@connectrpc/connect/protocol";
import type { Span } from "../../../infra/telemetry/tracer.ts";
import type { Admitted } from "../../access/access.ts";
import { createCall } from "../../call.ts";
import { codeOf, type End, endSpan } from "../../connect/end.ts";
import { toFailure } from "../../connect/errors.ts";
import { describeCause, Failure } from "../../errors.ts";
import { disclosure } from "../../marking/disclosure.ts";
import { serverFaults } from "../../rpc/call-spans.ts";
import { inFullKey, peerKey } from "../../rpc/keys.ts";
import { turnSpans } from "../../turn/stages/span.ts";
import { type Endpoint, findEndpoint } from "./endpoints.ts";
import { toErrorAnswer } from "./errors.ts";
import { type Begun, type GivenAnswer, mostKeptBytes } from "./idempotency.ts";
import { readJsonBody } from "./json-body.ts";
import type { Reply } from "./reply.ts";
import type { OpenAiTools } from "./tools.ts";

/** The RPCs whose answers are machine-made. If marking is on, a header of the response says so. */
const made = new Set<Endpoint["rpc"]>(["Converse", "Speak"]);

/** Answers one request. It does not throw: errors before the first byte are reported in OpenAI's format. */
export async function serve(
  request: UniversalServerRequest,
  path: string,
  tools: OpenAiTools,
): Promise<UniversalServerResponse> {
  const headers = new Headers({ "x-request-id": `req_${randomUUID().replaceAll("-", "")}` });
  const peer = request.contextValues?.get(peerKey);
  const inFull = request.contextValues?.get(inFullKey) ?? false;
  let spent = false;
  let endpoint: Endpoint | undefined;
  let finish: (end: End) => void = () => {};
  let begun: Begun | undefined;
  try {
    const found = findEndpoint(request.method, path);
    endpoint = found.endpoint;
    const watched = watch(endpoint, request, tools);
    finish = watched.finish;
    refuseClaims(request.header);
    const admitted = endpoint.rpc && (await tools.access.admit(request.header, endpoint.rpc, peer));
    tellStanding(headers, admitted);
    const { read = readJsonBody } = endpoint;
    const body = endpoint.method === "POST" ? await read(request, tools.turn.clock) : undefined;
    const call = createCall({
      ...(admitted && { identity: admitted }),
      signal: request.signal,
      peer,
      inFull,
      span: watched.span,
      headers: request.header,
    });
    const key = request.header.get("idempotency-key");
    if (key !== null && body !== undefined) {
      const known = tools.idempotency.begin(JSON.stringify([call.tenant, call.user, call.key, path]), key, body.bytes);
      if ("body" in known) {
        finish("done");
        return again(known, headers);
      }
      begun = known;
    }
    const asked = { call, inFull, body: body?.json, name: found.name, spend: () => (spent = true) };
    const reply = await endpoint.answer(asked, tools);
    if (tools.marks && made.has(endpoint.rpc)) headers.set(...disclosure);
    return answer(reply, headers, { finish, begun, isHead: request.method === "HEAD" });
  } catch (error) {
    begun?.free();
    const isOurFault = !(error instanceof Failure || error instanceof ConnectError);
    if (isOurFault && !request.signal.aborted)
      tools.turn.log.error({ cause: describeCause(error) }, "a call failed because of an internal error of the edge");
    finish(request.signal.aborted ? "left" : { thrown: error });
    const refused = toErrorAnswer(toFailure(error), { spent, inFull });
    for (const [name, value] of Object.entries(refused.headers)) headers.set(name, value);
    return toJson(refused.status, headers, refused.body);
  }
}

interface Ending {
  readonly finish: (end: End) => void;
  readonly begun: Begun | undefined;
  readonly isHead: boolean;
}

function answer(reply: Reply, headers: Headers, { finish, begun, isHead }: Ending): UniversalServerResponse {
  if ("json" in reply) {
    finish("done");
    const response = toJson(200, headers, reply.json, isHead);
    begun?.keep(givenOf(200, headers, Buffer.from(JSON.stringify(reply.json))));
    return response;
  }
  headers.set("content-type", reply.contentType);
  // Proxies must neither buffer nor change the stream.
  headers.set("cache-control", "no-store, no-transform");
  headers.set("x-accel-buffering", "no");
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers.set(name, value);
  return { status: 200, header: headers, body: watchStream(reply.stream) };

  async function* watchStream(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let end: End = "left";
    const kept: Uint8Array[] = [];
    let bytes = 0;
    try {
      for await (const piece of stream) {
        bytes += piece.length;
        if (begun !== undefined && bytes <= mostKeptBytes) kept.push(piece);
        yield piece;
      }
      end = "done";
      if (bytes <= mostKeptBytes) begun?.keep(givenOf(200, headers, Buffer.concat(kept)));
    } catch (error) {
      end = { thrown: error };
      throw error;
    } finally {
      begun?.free();
      finish(end);
    }
  }
}

/** Begins to observe a call: its span, and its outcome in the call metrics. */
function watch(
  endpoint: Endpoint,
  { header, signal, contextValues }: UniversalServerRequest,
  { tracer, calls }: OpenAiTools,
) {
  const believeSampled = contextValues?.get(inFullKey) ?? false;
  const { name, attributes } = turnSpans[endpoint.rpc ?? ""] ?? { name: endpoint.path, attributes: {} };
  const span: Span = tracer.start(name, {
    kind: "server",
    parent: tracer.read(header),
    attributes,
    believeSampled,
  });
  let ended = false;
  const finish = (end: End) => {
    if (ended) return;
    ended = true;
    signal.removeEventListener("abort", onLeft);
    calls.inc({ rpc: `${endpoint.method} ${endpoint.path}`, code: codeOf(end) });
    endSpan(span, end, (code) => serverFaults.has(code));
  };
  const onLeft = () => finish("left");
  signal.addEventListener("abort", onLeft, { once: true });
  return { span, finish };
}

function refuseClaims(header: Headers): void {
  if ([...header.keys()].some((name) => name.startsWith("duet-")))
    throw new Failure(
      "INVALID_ARGUMENT",
      "INVALID_HEADER",
      "headers that begin with duet- are reserved for the edge: leave them out",
    );
}

/** Sets the headers that tell OpenAI's clients how many requests are left. */
function tellStanding(headers: Headers, admitted: Admitted | undefined): void {
  if (admitted?.standing === undefined) return;
  const { limit, remaining, resetMs } = admitted.standing;
  headers.set("x-ratelimit-limit-requests", String(limit));
  headers.set("x-ratelimit-remaining-requests", String(remaining));
  headers.set("x-ratelimit-reset-requests", `${Math.ceil(resetMs)}ms`);
}

function toJson(status: number, header: Headers, json: object, isHead = false): UniversalServerResponse {
  const bytes = Buffer.from(JSON.stringify(json));
  header.set("content-type", "application/json");
  header.set("content-length", String(bytes.length));
  return { status, header, body: once(isHead ? new Uint8Array() : bytes) };
}

const notKept = new Set(["x-request-id", "content-length"]);

function givenOf(status: number, headers: Headers, body: Uint8Array): GivenAnswer {
  const kept = [...headers].filter(([name]) => !notKept.has(name) && !name.startsWith("x-ratelimit-"));
  return { status, headers: kept, body };
}

/** Sends the answer that was already given to the same request. */
function again({ status, headers: given, body }: GivenAnswer, header: Headers): UniversalServerResponse {
  for (const [name, value] of given) header.set(name, value);
  header.set("content-length", String(body.length));
  header.set("idempotent-replayed", "true");
  return { status, header, body: once(body) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
