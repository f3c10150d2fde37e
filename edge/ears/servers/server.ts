/**
 * One recognizer over HTTP. A request is a form that is sent whole. If the caller leaves, the request's socket is
 * destroyed: this stops the upload, and with most recognizers also the transcription.
 */
import type { Dispatcher } from "undici";
// Loading all of undici takes long; these parts of it are enough.
import request from "undici/lib/api/api-request.js";
import Agent from "undici/lib/dispatcher/agent.js";
import type { TraceContext } from "../../../infra/telemetry/tracer.ts";
import { parseJson } from "../../../infra/text/json.ts";
import { readAnswer, type Written } from "./answer.ts";
import { authorizationOf } from "./authorization.ts";
import { EarsError, faultOf } from "./ears-error.ts";
import type { Form } from "./form.ts";

/** Options of a connection to a recognizer. */
export interface EarsServerOptions {
  /** The recognizer's base URL, with or without `/v1`. */
  readonly url: string;
  /** The API key, which is sent as a bearer token. */
  readonly apiKey: string | undefined;
}

/** What a request to a recognizer needs besides its form. */
export interface WriteOptions {
  /** The request's trace context. */
  readonly trace: TraceContext;
  /** The caller's terms, which must not be logged: if a refusal quotes any of them, its message is left out. */
  readonly terms: string;
  readonly signal: AbortSignal;
}

/** A recognizer that is reached over HTTP. All methods throw EarsError on failure, or the signal's reason. */
export interface EarsServer {
  readonly url: string;
  /** Posts a form to a path and returns the transcript. */
  write(path: string, form: Form, options: WriteOptions): Promise<Written>;
  /** The names of the recognizer's models; empty if it does not list them. */
  models(signal: AbortSignal): Promise<readonly string[]>;
  /** Destroys all sockets. */
  close(): Promise<void>;
}

// uvicorn closes a socket that was idle for 5 s; we must close it before that.
const keepAliveMs = 4_000;
/** The time limit for connecting. A server that is up accepts a connection within milliseconds. */
export const connectTimeoutMs = 5_000;
const mostExplained = 200;

/** Creates the object that makes HTTP and WebSocket connections to a recognizer. */
export function createEarsServer({ url, apiKey }: EarsServerOptions): EarsServer {
  const agent = new Agent({
    connect: { timeout: connectTimeoutMs },
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    pipelining: 1,
    allowH2: false,
    // No time limits are set here: the caller's signal aborts a request that takes too long.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const { origin, pathname } = new URL(url);
  const prefix = pathname.replace(/(\/v1)?\/*$/, "");
  const authorization = authorizationOf(url, apiKey);

  const ask = async (
    path: string,
    signal: AbortSignal,
    form?: Form,
    trace: TraceContext = {},
  ): Promise<Dispatcher.ResponseData> => {
    try {
      return await request.call(agent, {
        origin,
        path: prefix + path,
        method: form === undefined ? "GET" : "POST",
        headers: { ...authorization, ...trace, ...(form && { "content-type": form.contentType }) },
        body: form === undefined ? null : form.bytes,
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      throw new EarsError("unreachable", `does not answer (${codeOf(error)})`, { cause: error });
    }
  };

  return {
    url,
    async write(path, form, { trace, terms, signal }) {
      const { statusCode, headers, body } = await ask(path, signal, form, trace);
      // A body that is not read to its end destroys its socket and emits an error, which must not go unhandled.
      body.on("error", () => {});
      if (statusCode < 200 || statusCode > 299) {
        const said = statusCode < 500 ? await explain(body, terms) : "";
        if (said === "") body.destroy();
        throw new EarsError(faultOf(statusCode), `answers ${statusCode}${said && `: ${said}`}`, {
          status: statusCode,
          retryDelayMs: delayOf(headers["retry-after"]),
        });
      }
      try {
        return await readAnswer(body, String(headers["content-type"] ?? ""));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof EarsError) throw error;
        throw new EarsError("broken", "broke off its response", { cause: error });
      }
    },
    async models(signal) {
      const { statusCode, body } = await ask("/v1/models", signal);
      const text = await body.text();
      const listed = statusCode === 200 ? parseJson(text)?.parsed : undefined;
      const { data } = (listed ?? {}) as { data?: unknown };
      return Array.isArray(data) ? data.flatMap(({ id }) => (typeof id === "string" ? [id] : [])) : [];
    },
    close: () => agent.destroy(),
  };
}

/**
 * The message of a refusal, if it is a sentence; lists of validation errors are left out, since they quote what was
 * sent. A server that has begun to transcribe may quote the recording's words, so only 4xx answers are explained.
 */
async function explain(body: Dispatcher.ResponseData["body"], terms: string): Promise<string> {
  const parts: Buffer[] = [];
  try {
    for await (const part of body) {
      parts.push(part as Buffer);
      if (parts.length > 16) break;
    }
  } catch {
    // If the body breaks off, the part that was read is used.
  }
  const { error, detail, message } = (parseJson(Buffer.concat(parts).toString())?.parsed ?? {}) as Record<
    string,
    unknown
  >;
  const said = [(error as { message?: unknown } | undefined)?.message, error, detail, message];
  const sentence = said.find((one): one is string => typeof one === "string") ?? "";
  if (quotes(sentence, terms)) return "";
  return sentence.replace(/\s+/g, " ").slice(0, mostExplained);
}

function quotes(sentence: string, terms: string): boolean {
  const lower = sentence.toLowerCase();
  const words = terms.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.some((word) => lower.includes(word));
}

/** The delay of a `retry-after` header, in milliseconds; undefined if it gives none. */
export function delayOf(header: string | readonly string[] | undefined): number | undefined {
  const seconds = Number(header);
  return seconds > 0 ? seconds * 1000 : undefined;
}

/** The system's error code for what went wrong with a connection; `no answer` if there is none. */
export function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === "string") return code;
  return typeof cause === "object" && cause !== null ? codeOf(cause) : "no answer";
}
