import type { RpcName } from "../../access/scopes.ts";
import { Failure } from "../../errors.ts";
import { createChatCompletion } from "./chat/chat.ts";
import type { readJsonBody } from "./json-body.ts";
import type { Asked, Reply } from "./reply.ts";
import { createSpeech } from "./speech.ts";
import type { OpenAiTools } from "./tools.ts";
import { readForm } from "./transcriptions/form.ts";
import { createTranscription } from "./transcriptions/transcriptions.ts";
import { listVoices } from "./voices.ts";

/** An endpoint of the OpenAI-compatible API. */
export interface Endpoint {
  readonly method: "GET" | "POST";
  /** The endpoint's path; `{}` stands for a name. */
  readonly path: string;
  /** The RPC whose scopes and limits apply; undefined: no authentication is needed. */
  readonly rpc: RpcName | undefined;
  /** Reads the body of a POST request. Default: a function that reads it as JSON. */
  readonly read?: typeof readJsonBody;
  answer(asked: Asked, tools: OpenAiTools): Promise<Reply>;
}

/** All endpoints. */
export const endpoints: readonly Endpoint[] = [
  { method: "POST", path: "/v1/audio/speech", rpc: "Speak", answer: createSpeech },
  { method: "POST", path: "/v1/audio/transcriptions", rpc: "Transcribe", read: readForm, answer: createTranscription },
  { method: "POST", path: "/v1/chat/completions", rpc: "Converse", answer: createChatCompletion },
  {
    method: "GET",
    path: "/v1/audio/voices",
    rpc: "ListVoices",
    answer: async ({ call }, { ports }) => ({ json: await listVoices(call, ports) }),
  },
  {
    method: "GET",
    path: "/v1/models",
    rpc: "ListVoices",
    answer: async (_asked, { models }) => ({ json: await models.list() }),
  },
  {
    method: "GET",
    path: "/v1/models/{}",
    rpc: "ListVoices",
    answer: async ({ name }, { models }) => ({ json: await models.get(name) }),
  },
  // Some clients open their connection with this request before they have anything to ask.
  { method: "GET", path: "/v1", rpc: undefined, answer: async () => ({ json: { object: "list", data: paths() } }) },
];

/**
 * The endpoint for a request's path and method, and the name that the path contains, such as a model's. Throws
 * NOT_FOUND if no endpoint has the path, or INVALID_ARGUMENT if the endpoint does not support the method.
 */
export function findEndpoint(method: string, path: string): { readonly endpoint: Endpoint; readonly name: string } {
  const plain = path.replace(/\/+$/, "");
  const found = endpoints.flatMap((endpoint) => {
    const [before, after] = endpoint.path.split("{}") as [string, string | undefined];
    if (after === undefined) return plain === before ? [{ endpoint, name: "" }] : [];
    const name = plain.slice(before.length);
    return plain.startsWith(before) && name !== "" ? [{ endpoint, name: decode(name) }] : [];
  });
  const matching = found.find(({ endpoint }) => endpoint.method === (method === "HEAD" ? "GET" : method));
  if (matching !== undefined) return matching;
  if (found.length > 0)
    throw new Failure(
      "INVALID_ARGUMENT",
      "METHOD_NOT_ALLOWED",
      `this path supports only ${found.map(({ endpoint }) => endpoint.method).join(", ")}`,
      {
        metadata: {
          allow: found.map(({ endpoint: { method } }) => (method === "GET" ? "GET, HEAD" : method)).join(", "),
        },
      },
    );
  throw new Failure("NOT_FOUND", "UNKNOWN_URL", "there is nothing at this path: GET /v1 lists the paths that exist");
}

function paths(): string[] {
  return endpoints.map(({ method, path }) => `${method} ${path.replace("{}", "{id}")}`);
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
