import { Agent, buildConnector, type Dispatcher } from "undici";
import { EngineError } from "../errors/engine-error.ts";

// HTTP to one engine's server, the same for each kind of engine. Three things make it another HTTP than that of a web page: a
// request is stopped by destroying its socket, so each socket carries one; nobody but the caller knows how long a silence may
// last, so there is no limit here; and uvicorn, which most engines run on, closes a connection that is idle for 5 s, at times
// in the moment in which it is used again, which must cost nobody an answer.

/** Options of createHttp. */
export interface HttpOptions {
  /** The server's address, with or without `/v1`. */
  readonly url: string;
  /** Sent as a bearer token. */
  readonly apiKey: string | undefined;
  /** What people are told where it cannot be reached, with the remedy; `code` is the socket's word, such as `ECONNREFUSED`. */
  readonly unreachable: (code: string) => string;
  /**
   * What is sent once more, over a connection of its own, where not a byte of an answer came. `died-idle`: a request whose
   * connection had brought an answer before, which tells of the connection and not of the server. `unanswered`: that, and
   * one whose new connection was refused or cut; for callers above whom nobody tries again.
   */
  readonly sendAgain: "died-idle" | "unanswered";
}

/** One HTTP request to an engine's server. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  /** From the server's root: `/v1/models`. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  /** Bytes are sent as they are, with the `content-type` of `headers`; anything else as JSON. */
  readonly body?: object | Uint8Array;
  /** Its abort destroys the socket: the only way to stop most engines. */
  readonly signal: AbortSignal;
}

/** HTTP to one server. */
export interface Http {
  /**
   * Resolves when the head of a response is here, whatever its status. Throws EngineError `unreachable`, `unsent` if no connection
   * came about, or the signal's reason.
   */
  request(request: HttpRequest): Promise<Dispatcher.ResponseData>;
  /** Destroys all sockets. */
  close(): Promise<void>;
}

/** Below the 5 s after which uvicorn closes a socket that is idle: ours must be the side that closes first. */
const keepAliveMs = 4000;
/** A host that lives takes a connection sooner. */
const connectTimeoutMs = 5000;

/** Makes the connections to a server. */
export function createHttp({ url, apiKey, unreachable, sendAgain }: HttpOptions): Http {
  const { connect, hadAnswered, neverConnected } = createConnector();
  const options: Agent.Options = {
    connect,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const pooled = new Agent({ ...options, pipelining: 1 });
  // Connections that lie idle beside a dead one are as likely to be dead.
  const unpooled = new Agent({ ...options, pipelining: 0 });
  const authorization: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const { origin, pathname } = new URL(url);
  // Many programs want the address with `/v1`; both ways mean the same server.
  const prefix = pathname.replace(/(\/v1)?\/*$/, "");

  function send(agent: Agent, { method, path, headers, body, signal }: HttpRequest) {
    const isJson = body !== undefined && !(body instanceof Uint8Array);
    return agent.request({
      origin,
      path: prefix + path,
      method,
      signal,
      headers: { ...headers, ...authorization, ...(isJson && { "content-type": "application/json" }) },
      body: isJson ? JSON.stringify(body) : (body ?? null),
    });
  }

  return {
    async request(request) {
      // Of a connection that died in the moment of its use nobody knows whether it still brought the request.
      let unsent = true;
      try {
        return await send(pooled, request).catch((error: unknown) => {
          unsent = neverConnected(error);
          const again = sendAgain === "unanswered" || hadAnswered(error);
          if (request.signal.aborted || !again) throw error;
          return send(unpooled, request);
        });
      } catch (error) {
        request.signal.throwIfAborted();
        const isUnsent = unsent && neverConnected(error);
        throw new EngineError("unreachable", unreachable(codeOf(error)), { cause: error, unsent: isUnsent });
      }
    },
    async close() {
      await Promise.all([pooled.destroy(), unpooled.destroy()]);
    },
  };
}

/**
 * Connects, and tells of an error whether it kept a connection from coming about, and of one that ended a connection whether an
 * answer had come over it before. A count of connections would
 * not tell: of two requests at once, one may take a dead socket while the other opens one that is new.
 */
function createConnector() {
  const open = buildConnector({ allowH2: false, timeout: connectTimeoutMs });
  const ofUsed = new WeakSet<Error>();
  const ofConnecting = new WeakSet<Error>();
  const connect: buildConnector.connector = (options, callback) =>
    open(options, (...result) => {
      const [failure, socket] = result;
      if (failure !== null) ofConnecting.add(failure);
      socket?.on("error", (error) => {
        if (socket.bytesRead > 0) ofUsed.add(error);
      });
      callback(...result);
    });
  // A request fails with the error of its socket; with undici's own, which says as much, where that closed without one.
  const hadAnswered = (error: unknown) => {
    const { socket } = error as { socket?: { bytesRead?: number } };
    return ofUsed.has(error as Error) || (socket?.bytesRead ?? 0) > 0;
  };
  const neverConnected = (error: unknown) => ofConnecting.has(error as Error);
  return { connect, hadAnswered, neverConnected };
}

/** More than any engine lists or explains. */
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
