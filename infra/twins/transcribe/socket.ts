/** The twin over FunASR's WebSocket: one recording for each connection. */
import { type IncomingMessage, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { sleep } from "../../clock/clock.ts";
import { parseJson } from "../../text/json.ts";
import { remember } from "../remember.ts";
import { garbage } from "./answer.ts";
import { type Trigger, triggerOf } from "./faults.ts";
import { answerOf } from "./hear.ts";
import type { EarsTwinKind } from "./kinds.ts";
import type { EarsTwinOptions, SeenRecording } from "./options.ts";
import { measure } from "./wave.ts";

/** What the twin has besides its options. */
export interface EarsSocketTools {
  readonly kind: EarsTwinKind;
  readonly seen: SeenRecording[];
  readonly closing: AbortSignal;
  readonly restart: () => void;
}

/** Takes connections; options are read anew for each. */
export function createEarsSockets(made: EarsTwinOptions, { kind, seen, closing, restart }: EarsSocketTools) {
  const isWhole = kind.socket === "whole";
  const sockets = new WebSocketServer({ noServer: true, autoPong: false, perMessageDeflate: false });
  sockets.on("headers", (lines) => {
    lines.push(`Server: ${isWhole ? "WebSocket++/0.8.2" : "Python/3.11 websockets/12.0"}`);
  });

  const converse = (socket: WebSocket, wire: Duplex, entry: SeenRecording) => {
    const parts: Buffer[] = [];
    const left = new AbortController();
    // A blocked loop answers no ping; pings that come meanwhile are answered after it.
    let isBlocked = false;
    let pings: Buffer[] = [];
    const pong = () => {
      if (!isBlocked) for (const ping of pings.splice(0)) socket.pong(ping);
    };
    socket.on("ping", (ping) => {
      pings.push(ping);
      pong();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      pings = [];
      if (entry.state === "reading" || entry.state === "running") entry.state = "stopped";
      left.abort();
    });
    const freeze = () => {
      isBlocked = true;
    };

    const answer = async () => {
      const samples = Buffer.concat(parts);
      const rate = Number(entry.fields.audio_fs ?? 16_000);
      entry.file = { name: entry.fields.wav_name ?? "", type: entry.fields.wav_format ?? "", bytes: samples.length };
      entry.wave = measure(samples, rate, 1);
      const trigger = triggerOf(entry.fields.hotwords ?? "", made.faults, made.fault);
      if (trigger?.instead === "hang") return freeze();
      if (trigger?.instead === "restart") return restart();
      if (trigger?.instead === "reset") return wire instanceof Socket ? wire.resetAndDestroy() : wire.destroy();
      if (trigger?.refuses !== undefined) {
        entry.state = "refused";
        return socket.close(closeCodeOf(trigger.refuses.status), trigger.refuses.message);
      }
      if (trigger?.answer !== undefined) return socket.send(trigger.answer.body);
      entry.state = "running";
      isBlocked = !isWhole;
      const ms = (made.delayMs + (trigger?.slowSeconds ?? 0) * 1000) * made.timeScale;
      if (ms > 0) await sleep(made.clock, ms, AbortSignal.any([left.signal, closing]));
      const { text } = answerOf({
        ...made,
        kind,
        trigger,
        wave: entry.wave,
        model: "",
        format: "json",
        streams: false,
      });
      await tell(text, trigger);
      if (trigger?.middle === "freeze") return;
      isBlocked = false;
      pong();
    };

    const tell = async (text: string, trigger: Trigger | undefined) => {
      const send = (words: string, is_final: boolean) =>
        socket.send(JSON.stringify({ mode: "offline", text: words, wav_name: entry.fields.wav_name, is_final }));
      const [first, ...rest] = isWhole ? [text] : partsOf(text);
      if (trigger?.middle === "error") return socket.send(JSON.stringify(kind.error(500, "EngineDeadError")));
      if (trigger?.middle !== undefined) {
        if (rest.length > 0) send(first as string, true);
        // The first bytes of a longer message.
        wire.write(trigger.middle === "garbage" ? garbage : Buffer.from([0x81, 0x7d, 0x7b]));
        if (trigger.middle === "cut") wire.end(() => wire.destroy());
        return;
      }
      if (isWhole) send(text, false);
      else if (first !== undefined) {
        if (rest.length > 0) send(first, true);
        send(rest[0] ?? first, false);
      }
      entry.state = "finished";
    };

    socket.on("message", (data, isBinary) => {
      if (isBinary) {
        parts.push(data as Buffer);
        return;
      }
      const said = parseJson(String(data))?.parsed as Record<string, unknown>;
      if (said.is_speaking === false) {
        answer().catch(() => {
          entry.state = "stopped";
        });
        return;
      }
      entry.fields = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)]));
      // Its Python reads it without a default.
      if (!isWhole && said.chunk_size === undefined) socket.close(1000);
    });
  };

  return (request: IncomingMessage, wire: Duplex, head: Buffer): void => {
    const entry: SeenRecording = {
      headers: request.headers,
      fields: {},
      file: undefined,
      wave: undefined,
      state: "reading",
    };
    remember(seen, entry);
    const always = triggerOf("", made.faults, made.fault);
    const isAllowed = made.apiKey === undefined || request.headers.authorization === `Bearer ${made.apiKey}`;
    if (!isAllowed || always?.refuses !== undefined) {
      entry.state = "refused";
      const { status, message, headers } = always?.refuses ?? { status: 401, message: "Unauthorized" };
      refuse(wire, status, { type: "text/plain", body: message }, headers);
      return;
    }
    if (always?.answer?.type.startsWith("text/html")) {
      refuse(wire, 200, always.answer);
      return;
    }
    sockets.handleUpgrade(request, wire, head, (socket) => {
      if (!isWhole) for (const other of sockets.clients) if (other !== socket) other.close(1000);
      converse(socket, wire, entry);
    });
  };
}

/** Answers a connection by HTTP, as what stands before a server does. */
function refuse(wire: Duplex, status: number, { type, body }: NonNullable<Trigger["answer"]>, headers = {}): void {
  const all = { ...headers, "content-type": type, "content-length": Buffer.byteLength(body), connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  wire.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`);
}

function closeCodeOf(status: number): number {
  if (status === 429 || status === 503) return 1013;
  return status >= 500 ? 1011 : 1008;
}

/** What stands before a pause and after it; less of short words. */
function partsOf(text: string): readonly string[] {
  const words = text.match(/\S+/g) ?? [];
  const middle = words.length >> 1;
  return [words.slice(0, middle), words.slice(middle)].map((part) => part.join(" ")).filter((part) => part !== "");
}
