/**
 * One recognizer over FunASR's WebSocket. Each recording has a connection of its own: a message announces the
 * recording, its samples follow in pieces, and a message ends it. No answer reliably says that it is the last:
 * `is_final: true` means only that the client was still going to send more. So the last answer is recognized in other
 * ways. The C++ runtime, known by its `server` header, gives exactly one answer, even if nobody spoke. The Python
 * server gives one answer per pause, and `is_final: false` only after the recording's end; if it understood nothing, it
 * gives no answer. So when the Python server stays silent, it is pinged. It handles frames in order and reads none
 * while it transcribes, so it sends a second pong only when it has nothing left to answer.
 */
import WebSocket, { type ClientOptions } from "ws";
import type { Clock } from "../../../infra/clock/clock.ts";
import { earRateHertz } from "../recording/recording.ts";
import { mostAnswerBytes, readMessage, type Written } from "./answer.ts";
import { authorizationOf } from "./authorization.ts";
import { EarsError, faultOf } from "./ears-error.ts";
import { codeOf, connectTimeoutMs, delayOf, type EarsServerOptions, type WriteOptions } from "./server.ts";

/** A recognizer that is reached over FunASR's WebSocket. */
export interface EarsSocket {
  /**
   * Has samples (16 bits, little-endian, mono, at `earRateHertz`) transcribed. Throws EarsError if that fails, or the
   * signal's reason.
   */
  write(samples: Uint8Array, options: WriteOptions): Promise<Written>;
  /** Destroys all sockets. */
  close(): void;
}

// The voice activity detection of FunASR's Python server (runtime/python/websocket/funasr_wss_server.py) takes pieces
// of chunk_size[1] * 60 / chunk_interval ms, here 60 ms.
const chunks = { chunk_size: [5, 10, 5], chunk_interval: 10 };
const pieceBytes = (earRateHertz / 1000) * 60 * 2;
// How much the server favors each of the caller's terms: as in FunASR's runtime/docs/websocket_protocol.md.
const termWeight = 20;
/**
 * How long a server may be silent before it is pinged, in milliseconds: an eighth of the recording's length, plus an
 * allowance for the network. SenseVoice transcribes at 17 times real time on a CPU (FunASR examples/openai_api/README).
 */
const quietMs = (seconds: number) => 500 + seconds * 125;
const pongsOfIdle = 2;
// How long a connection may take to close after its last answer.
const closeTimeoutMs = 1_000;

/** Creates the client of a recognizer. It opens a connection of its own for each recording. */
export function createEarsSocket({ url, apiKey, clock }: EarsServerOptions & { readonly clock: Clock }): EarsSocket {
  const address = new URL(url);
  const authorization = authorizationOf(url, apiKey);
  address.protocol = address.protocol.replace("http", "ws");
  address.username = address.password = "";
  const sockets = new Set<WebSocket>();
  let isClosed = false;

  return {
    async write(samples, { trace, terms, signal }) {
      signal.throwIfAborted();
      if (isClosed)
        throw new EarsError("unreachable", "could not be asked: this process has closed its connections to it");
      const { promise, resolve, reject } = Promise.withResolvers<Written>();
      const options: ClientOptions & { readonly closeTimeout: number } = {
        headers: { ...authorization, ...trace },
        handshakeTimeout: connectTimeoutMs,
        closeTimeout: closeTimeoutMs,
        maxPayload: mostAnswerBytes,
        perMessageDeflate: false,
      };
      const socket = new WebSocket(address, options);
      sockets.add(socket);
      const texts: string[] = [];
      let answersAlways = false;
      let bytesRead = () => 0;
      let pongs = 0;
      let cancelQuiet = () => {};
      const finish = () =>
        resolve({ text: texts.reduce(join, ""), segments: undefined, language: undefined, seconds: undefined });
      const listen = () => {
        cancelQuiet();
        pongs = 0;
        if (answersAlways) return;
        cancelQuiet = clock.after(quietMs(samples.length / 2 / earRateHertz), () => socket.ping());
      };

      socket.on("upgrade", ({ headers, socket: { bytesRead: before }, socket: wire }) => {
        answersAlways = /websocket\+\+/i.test(String(headers.server));
        bytesRead = () => wire.bytesRead - before;
      });
      socket.on("unexpected-response", (_, { statusCode = 0, headers }) => {
        const retryDelayMs = delayOf(headers["retry-after"]);
        const message = `answers ${statusCode} instead of opening a WebSocket`;
        reject(new EarsError(faultOf(statusCode), message, { status: statusCode, retryDelayMs }));
      });
      socket.on("open", () => {
        for (const message of messagesOf(samples, terms)) socket.send(message);
        listen();
      });
      socket.on("message", (data) => {
        try {
          const { text, isFinal } = readMessage(String(data));
          texts.push(text);
          if (texts.reduce((sum, { length }) => sum + length, 0) > mostAnswerBytes)
            throw new EarsError("broken", "sent an answer that is far too long");
          if (answersAlways || isFinal === false) finish();
          else listen();
        } catch (error) {
          reject(error);
        }
      });
      socket.on("pong", () => (++pongs < pongsOfIdle ? socket.ping() : finish()));
      socket.on("error", (error) => reject(toEarsError(error)));
      socket.on("close", (code) => {
        sockets.delete(socket);
        reject(closedBy(code, bytesRead() > 0));
      });
      const onAbort = () => reject(signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
      try {
        const written = await promise;
        socket.close(1000);
        return written;
      } catch (error) {
        socket.terminate();
        throw error;
      } finally {
        cancelQuiet();
        signal.removeEventListener("abort", onAbort);
      }
    },
    close() {
      isClosed = true;
      for (const socket of sockets) socket.terminate();
    },
  };
}

/** All messages to send. The last piece is padded: the Python server fails on a piece shorter than a millisecond. */
function* messagesOf(samples: Uint8Array, terms: string): Generator<string | Uint8Array> {
  const words = terms.split(/[,，、;；\n]/).flatMap((term) => term.trim() || []);
  const hotwords = JSON.stringify(Object.fromEntries(words.map((word) => [word, termWeight])));
  const sound = { wav_name: "speech", wav_format: "pcm", audio_fs: earRateHertz, itn: true };
  yield JSON.stringify({
    mode: "offline",
    ...sound,
    ...chunks,
    is_speaking: true,
    ...(words.length > 0 && { hotwords }),
  });
  for (let at = 0; at < samples.length; at += pieceBytes) {
    const piece = samples.subarray(at, at + pieceBytes);
    yield piece.length === pieceBytes ? piece : Buffer.concat([piece], pieceBytes);
  }
  yield JSON.stringify({ is_speaking: false });
}

/** Joins the text of what was said before a pause with the text of what was said after it. */
function join(before: string, after: string): string {
  const first = after.replace(/^(?:<\|[^|]*\|>)+/, "");
  return /[\p{Script=Latin}\p{N}.,?!]$/u.test(before) && /^[\p{Script=Latin}\p{N}]/u.test(first)
    ? `${before} ${after}`
    : before + after;
}

function toEarsError(error: Error): EarsError {
  const code = codeOf(error);
  if (code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH")
    return new EarsError("broken", "sent an answer that is far too long");
  if (code.startsWith("WS_ERR_"))
    return new EarsError("broken", "sent a response that does not follow the WebSocket protocol", { cause: error });
  return new EarsError("unreachable", `does not answer (${code})`, { cause: error });
}

/** The error for a connection that was closed too early; it depends on the close code (RFC 6455, 7.4.1). */
function closedBy(code: number, hasAnswered: boolean): EarsError {
  switch (code) {
    case 1006:
      return hasAnswered
        ? new EarsError("broken", "broke off its response")
        : new EarsError("unreachable", "cut the connection before it answered");
    case 1008:
      return new EarsError("rejected", "refuses the connection because of its policy (1008)");
    case 1009:
      return new EarsError("rejected", "does not accept a recording of this size (1009)", { status: 413 });
    case 1013:
      return new EarsError("overloaded", "is overloaded (1013)");
    default:
      return new EarsError(
        "broken",
        `closed the connection before it answered (${code}): if it serves one client at a time, set DUET_TRANSCRIBE_MAX_AT_ONCE to 1`,
      );
  }
}
