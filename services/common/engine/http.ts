import type { Dispatcher } from "undici";
// Importing all of undici would take a fifth of a service's start-up time; these parts are enough.
import request from "undici/lib/api/api-request.js";
import buildConnector from "undici/lib/core/connect.js";
import Agent from "undici/lib/dispatcher/agent.js";
import { EngineError } from "../errors/engine-error.ts";

// HTTP to one engine's server, the same for each kind of engine. It differs from ordinary HTTP in three ways. A request
// is cancelled by destroying its socket, so each socket carries one request at a time. Only the caller knows how long a
// silence may last, so there are no timeouts here. And uvicorn, which most engines run on, closes a connection that was
// idle for 5 s, sometimes just as it is reused; that must not make a request fail.

/** Options of createHttp. */
export interface HttpOptions {
  /** The server's address, with or without `/v1`. */
  readonly url: string;
  /** The bearer token to send with each request; undefined: none. */
  readonly apiKey: string | undefined;
  /**
   * The message if the server cannot be reached, with advice; `code` is the socket's error code, such as
   * `ECONNREFUSED`.
   */
  readonly unreachable: (code: string) => string;
  /**
   * Which requests are retried once on a new connection, if no byte of a response arrived. `died-idle`: requests on a
   * connection that had been used successfully before, since its failure says little about the server. `unanswered`:
   * also requests whose new connection was refused or cut; for callers whose own callers do not retry.
   */
  readonly sendAgain: "died-idle" | "unanswered";
}

/** One HTTP request to an engine's server. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  /** The path, relative to the server's root: `/v1/models`. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  /** Bytes are sent unchanged, with the `content-type` in `headers`; anything else as JSON. */
  readonly body?: object | Uint8Array;
  /** When this signal aborts, the socket is destroyed: most engines can be stopped only in this way. */
  readonly signal: AbortSignal;
}

/** Sends HTTP requests to one engine's server. */
export interface Http {
  /**
   * Resolves when the response headers have arrived, whatever the status. If the signal aborts, throws its reason. If
   * the server cannot be reached, throws EngineError `unreachable`; its `unsent` is true if there was no connection.
   */
  request(request: HttpRequest): Promise<Dispatcher.ResponseData>;
  /** Destroys all sockets. */
  close(): Promise<void>;
}

/** How long an idle socket is kept: less than the 5 s after which uvicorn closes it, so that we close it first. */
const keepAliveMs = 4000;
/** How long to wait for a connection: a host that is up accepts it sooner. */
const connectTimeoutMs = 5000;

/** Creates a client for HTTP requests to one server. */
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
  // Opens a new connection for each request. Used if an idle connection was dead, since others probably are dead too.
  const unpooled = new Agent({ ...options, pipelining: 0 });
  const authorization: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const { origin, pathname } = new URL(url);
  // Many programs expect the URL with `/v1`; both forms mean the same server.
  const prefix = pathname.replace(/(\/v1)?\/*$/, "");

  function send(agent: Agent, { method, path, headers, body, signal }: HttpRequest) {
    const isJson = body !== undefined && !(body instanceof Uint8Array);
    return request.call(agent, {
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
      // Whether no attempt has established a connection. If a connection died just as it was used, the request may
      // still have been delivered.
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
 * Makes three functions: `connect`; `neverConnected`, which says whether an error prevented a connection;
 * `hadAnswered`, which says whether a response had arrived over a connection before an error broke it. Counting
 * connections would not do: of two concurrent requests, one may get a dead socket while the other opens a new one.
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
  // A request fails with the error of its socket, or, if the socket closed without an error, with undici's own error.
  // Both cases are handled here.
  const hadAnswered = (error: unknown) => {
    const { socket } = error as { socket?: { bytesRead?: number } };
    return ofUsed.has(error as Error) || (socket?.bytesRead ?? 0) > 0;
  };
  const neverConnected = (error: unknown) => ofConnecting.has(error as Error);
  return { connect, hadAnswered, neverConnected };
}

/** How many bytes of a text are read at most: more than any engine's list or error message has. */
const maxTextBytes = 1024 * 1024;

/** Reads a body that is not a stream, up to 1 MiB, as text. If the connection breaks, returns the text so far. */
export async function readText(body: Dispatcher.ResponseData["body"]): Promise<string> {
  // Abandoning a body destroys its socket and makes the body emit an error, which nobody else handles.
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
    // The connection broke. A truncated text is better than none.
  }
  return Buffer.concat(chunks).toString("utf8", 0, maxTextBytes);
}

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === "string") return code;
  return typeof cause === "object" && cause !== null ? codeOf(cause) : "no answer";
}
