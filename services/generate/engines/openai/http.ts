import { Agent, type Dispatcher } from "undici";
import { EngineError } from "../../../common/errors/engine-error.ts";

/** Options of createHttp. */
export interface HttpOptions {
  /** With or without `/v1`. */
  readonly url: string;
  /** Sent as a bearer token. */
  readonly apiKey: string | undefined;
}

/** One HTTP request to the model server. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Record<string, string>;
  /** Sent as JSON. */
  readonly body?: object;
  /** Its abort destroys the socket: the only way to stop a model server. */
  readonly signal: AbortSignal;
}

/** HTTP to one model server. */
export interface Http {
  /** Resolves when the head of a response is here, whatever its status. Throws EngineError `unreachable`, or the signal's reason. */
  request(request: HttpRequest): Promise<Dispatcher.ResponseData>;
  /** Destroys all sockets. */
  close(): Promise<void>;
}

/** Makes the connection pool of a model server. */
export function createHttp({ url, apiKey }: HttpOptions): Http {
  const options: Agent.Options = {
    // uvicorn closes a socket that is idle for 5 s: ours must be the side that closes first.
    keepAliveTimeout: 4000,
    keepAliveMaxTimeout: 4000,
    connect: { timeout: 5000 },
    // One request to a socket, so that destroying it stops that request and no other.
    allowH2: false,
    // Silence is watched over by the caller, who knows what to expect when.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const pooled = new Agent({ ...options, pipelining: 1 });
  const unpooled = new Agent({ ...options, pipelining: 0 });
  const authorization: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const { origin, pathname } = new URL(url);
  // Many programs want the address with `/v1`; both ways mean the same server.
  const prefix = pathname.replace(/(\/v1)?\/*$/, "");

  async function send(agent: Agent, { method, path, headers, body, signal }: HttpRequest) {
    try {
      return await agent.request({
        origin,
        path: prefix + path,
        method,
        signal,
        headers: { ...headers, ...authorization, ...(body && { "content-type": "application/json" }) },
        body: body === undefined ? null : JSON.stringify(body),
      });
    } catch (error) {
      signal.throwIfAborted();
      throw new EngineError(
        "unreachable",
        `the model server cannot be reached (${codeOf(error)}): is it running, and is DUET_VLLM_URL right?`,
        { cause: error },
      );
    }
  }

  return {
    async request(request) {
      try {
        return await send(pooled, request);
      } catch (error) {
        if (!(error instanceof EngineError && error.fault === "unreachable")) throw error;
        // A socket that the server closed while it lay idle fails without a byte. Then, and only then, one more try, on a
        // socket of its own: those that lay beside it are as likely to be closed.
        return await send(unpooled, request);
      }
    },
    async close() {
      await Promise.all([pooled.destroy(), unpooled.destroy()]);
    },
  };
}

/** More than any model server lists or explains. */
const maxTextBytes = 1024 * 1024;

/** The text of a body that is no stream, cut at 1 MiB. A body that breaks off ends there. */
export async function readText(body: Dispatcher.ResponseData["body"]): Promise<string> {
  // Left early, a body destroys its socket and says so.
  body.on("error", () => {});
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= maxTextBytes) break;
    }
  } catch {
    // What there is of an explanation is better than none.
  }
  return Buffer.concat(chunks).toString("utf8", 0, maxTextBytes);
}

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === "string") return code;
  return typeof cause === "object" && cause !== null ? codeOf(cause) : "no answer";
}
