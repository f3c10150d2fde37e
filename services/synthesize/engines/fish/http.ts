import { Agent, type Dispatcher, request as send } from "undici";

/** HTTP to the workers of Fish-Speech. Throws what the socket or the signal says; a status is no error. */
export interface FishHttp {
  /** Asks. */
  get(url: string, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  /** Sends a body: text as JSON, bytes as MessagePack. */
  post(url: string, body: string | Uint8Array, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  /** Destroys all sockets. */
  close(): Promise<void>;
}

/** Below uvicorn's 5 s, after which it closes an idle connection under our feet. */
const keepAliveTimeoutMs = 4000;

interface Request {
  method?: "POST";
  headers: Record<string, string>;
  body?: string | Uint8Array;
  signal: AbortSignal;
}

/** Makes the connections to all workers; `apiKey` is sent as a bearer token. */
export function createFishHttp(apiKey: string | undefined): FishHttp {
  // The server holds its headers back while it speaks, and answers nobody else: time is kept by the caller.
  const options: Agent.Options = {
    keepAliveTimeout: keepAliveTimeoutMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 5000 },
  };
  const pooled = new Agent(options);
  const unpooled = new Agent({ ...options, pipelining: 0 });
  const headers: Record<string, string> = {
    accept: "application/json",
    ...(apiKey && { authorization: `Bearer ${apiKey}` }),
  };

  const attempts = new Map<string, number>();
  const onConnect = (origin: URL) => attempts.set(origin.origin, attemptsTo(origin.origin) + 1);
  const attemptsTo = (origin: string) => attempts.get(origin) ?? 0;
  pooled.on("connect", onConnect).on("connectionError", onConnect);

  async function request(url: string, request: Request): Promise<Dispatcher.ResponseData> {
    const { origin } = new URL(url);
    const before = attemptsTo(origin);
    try {
      return await send(url, { dispatcher: pooled, ...request });
    } catch (error) {
      // A socket that was closed while it lay idle fails without a byte, and says nothing of the worker: once more, on a new one.
      const wasReused = attemptsTo(origin) === before;
      if (request.signal.aborted || !wasReused) throw error;
      return await send(url, { dispatcher: unpooled, ...request });
    }
  }

  return {
    get: (url, signal) => request(url, { headers, signal }),
    post(url, body, signal) {
      const contentType = typeof body === "string" ? "application/json" : "application/msgpack";
      return request(url, { method: "POST", headers: { ...headers, "content-type": contentType }, body, signal });
    },
    async close() {
      await Promise.all([pooled.destroy(), unpooled.destroy()]);
    },
  };
}
