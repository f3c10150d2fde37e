/**
 * The plain HTTP API, for clients without generated code: `POST /chat` and jobs. Each request becomes an RPC in JSON,
 * and the answer is reduced to a few fields: scopes, limits, metrics, traces and errors are those of the RPC.
 */
import type { JsonObject } from "@bufbuild/protobuf";
import type { UniversalServerRequest, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { readAllBytes } from "@connectrpc/connect/protocol";
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from "@connectrpc/connect-node";
import type { Clock } from "../../../infra/clock/clock.ts";
import { Failure } from "../../errors.ts";
import { AssistantService } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import { sendFailure } from "../../http/answers.ts";
import type { Exchange, Face } from "../../http/routes.ts";
import type { Rpc } from "../../rpc/forms/ndjson.ts";
import { readJsonBody } from "../openai/json-body.ts";
import { type Chat, chatBody, type JobJson, jobBody, readBody, toAnswer, toChatRequest, toJob } from "./bodies.ts";

type Method = "POST" | "GET" | "DELETE";

/** An endpoint of the API. */
interface Endpoint {
  readonly method: Method;
  /** The endpoint's path; `{}` stands for an id. */
  readonly path: string;
  readonly rpc: "chat" | "submitChat" | "getJob" | "cancelJob";
  /** Builds the RPC's request. Throws INVALID_ARGUMENT if the body is not valid. */
  toRequest(body: unknown, id: string): JsonObject;
  readonly status: number;
  toAnswer(response: unknown): JsonObject;
}

const jobOf = (response: unknown) => toJob((response as { job: JobJson }).job);

/** All endpoints. */
export const endpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/chat",
    rpc: "chat",
    toRequest: (body) => toChatRequest(readBody(chatBody, body)),
    status: 200,
    toAnswer: (response) => toAnswer(response as Chat),
  },
  {
    method: "POST",
    path: "/jobs",
    rpc: "submitChat",
    toRequest(body) {
      const { request_id: requestId = "", ...chat } = readBody(jobBody, body);
      return { chat: toChatRequest(chat), requestId };
    },
    status: 202,
    toAnswer: jobOf,
  },
  {
    method: "GET",
    path: "/jobs/{}",
    rpc: "getJob",
    toRequest: (_body, jobId) => ({ jobId }),
    status: 200,
    toAnswer: jobOf,
  },
  {
    method: "DELETE",
    path: "/jobs/{}",
    rpc: "cancelJob",
    toRequest: (_body, jobId) => ({ jobId }),
    status: 200,
    toAnswer: jobOf,
  },
];

const mostAnswerBytes = 4 << 20;

/** Creates the plain API, which calls some of the RPCs; `rpcs` contains all RPCs by path. */
export function createPlainFace(rpcs: ReadonlyMap<string, Rpc>, clock: Clock): Face {
  return {
    takes: (path) => path === "/chat" || path === "/jobs" || /^\/jobs\/[^/]+$/.test(path),
    async answer(path, exchange, values) {
      const endpoint = findEndpoint(path, exchange);
      const asked = toUniversal(exchange, values);
      const body = endpoint.method === "POST" ? (await readJsonBody(asked, clock)).json : undefined;
      const message = endpoint.toRequest(body, path.slice(path.lastIndexOf("/") + 1));
      const { typeName, method } = AssistantService;
      const rpc = rpcs.get(`/${typeName}/${method[endpoint.rpc].name}`) as Rpc;
      const answered = await rpc(toCall(asked, message));
      await universalResponseToNodeResponse(await translate(answered, endpoint), exchange.response);
    },
    refuse: (response, failure, inFull) =>
      sendFailure({ request: response.req, response }, statusOf(failure), failure, { inFull }),
  };
}

function findEndpoint(path: string, { request }: Exchange): Endpoint {
  const form = path.startsWith("/jobs/") ? "/jobs/{}" : path;
  const found = endpoints.filter((endpoint) => endpoint.path === form);
  const endpoint = found.find(({ method }) => method === request.method);
  if (endpoint !== undefined) return endpoint;
  const methods = found.map(({ method }) => method).join(", ");
  throw new Failure("UNIMPLEMENTED", "METHOD_NOT_ALLOWED", `this path supports only ${methods}`);
}

function statusOf({ reason }: Failure): number | undefined {
  return { METHOD_NOT_ALLOWED: 405, UNSUPPORTED_MEDIA_TYPE: 415 }[reason];
}

function toUniversal(
  { request, response }: Exchange,
  values: Parameters<Face["answer"]>[2],
): ReturnType<typeof universalRequestFromNodeRequest> {
  try {
    return universalRequestFromNodeRequest(request, response, undefined, values);
  } catch {
    throw new Failure(
      "INVALID_ARGUMENT",
      "HOST_MISSING",
      "the request cannot be read: its Host header contains no host",
    );
  }
}

/** The HTTP request for the RPC: `asked`, with `message` as its body, and without headers about the original body. */
function toCall(asked: UniversalServerRequest, message: JsonObject): UniversalServerRequest {
  const header = new Headers(asked.header);
  for (const name of [...header.keys()])
    if (/^(?:content-|accept|connect-|transfer-|grpc-)/.test(name)) header.delete(name);
  header.set("content-type", "application/json");
  return { ...asked, method: "POST", header, body: once(Buffer.from(JSON.stringify(message))) };
}

/**
 * An RPC's answer in the terms of this API. Errors are passed on unchanged, except that a voice is called a style here.
 */
async function translate(answered: UniversalServerResponse, endpoint: Endpoint): Promise<UniversalServerResponse> {
  const header = new Headers(answered.header);
  for (const name of ["content-length", "content-encoding"]) header.delete(name);
  const text = Buffer.from(
    await readAllBytes(answered.body as AsyncIterable<Uint8Array<ArrayBuffer>>, mostAnswerBytes, null),
  ).toString();
  const isRight = answered.status === 200;
  const json = isRight ? JSON.stringify(endpoint.toAnswer(JSON.parse(text))) : inOurWords(text);
  header.set("content-type", "application/json");
  header.set("cache-control", "no-store");
  const bytes = Buffer.from(json.endsWith("\n") ? json : `${json}\n`);
  header.set("content-length", String(bytes.length));
  return { status: isRight ? endpoint.status : answered.status, header, body: once(bytes) };
}

/** Renames fields in an error as this API calls them: `voice` becomes `voice_style`, and `chat.text` becomes `text`. */
function inOurWords(error: string): string {
  return error.replaceAll(/\bchat\.(?=\w)/g, "").replaceAll(/\bvoice: /g, "voice_style: ");
}

async function* once(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield bytes;
}
