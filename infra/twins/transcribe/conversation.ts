import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { sleep } from "../../clock/clock.ts";
import { parseJson } from "../../text/json.ts";
import { garbage } from "./answer.ts";
import { type Trigger, triggerOf } from "./faults.ts";
import { answerOf } from "./hear.ts";
import type { SeenRecording } from "./options.ts";
import type { EarsContext } from "./recording.ts";
import { measure } from "./wave.ts";

/** Handles one recording that a client sends over a WebSocket with FunASR's protocol. */
export class Conversation {
  readonly #socket: WebSocket;
  readonly #wire: Duplex;
  readonly #entry: SeenRecording;
  readonly #context: EarsContext;
  readonly #isWhole: boolean;
  readonly #parts: Buffer[] = [];
  readonly #left = new AbortController();
  /** Whether the imitated server's event loop is blocked: pings that arrive meanwhile are answered afterwards. */
  #isBlocked = false;
  #pings: Buffer[] = [];

  constructor(socket: WebSocket, wire: Duplex, entry: SeenRecording, context: EarsContext) {
    this.#socket = socket;
    this.#wire = wire;
    this.#entry = entry;
    this.#context = context;
    this.#isWhole = context.kind.socket === "whole";
  }

  /** Starts to handle the client's messages. */
  listen(): void {
    this.#socket.on("ping", (ping) => {
      this.#pings.push(ping);
      this.#pong();
    });
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => {
      this.#pings = [];
      if (this.#entry.state === "reading" || this.#entry.state === "running") this.#entry.state = "stopped";
      this.#left.abort();
    });
    this.#socket.on("message", (data, isBinary) => {
      if (isBinary) this.#parts.push(data as Buffer);
      else this.#told(parseJson(String(data))?.parsed as Record<string, unknown>);
    });
  }

  #pong(): void {
    if (!this.#isBlocked) for (const ping of this.#pings.splice(0)) this.#socket.pong(ping);
  }

  #told(said: Record<string, unknown>): void {
    if (said.is_speaking === false) {
      this.#answer().catch(() => {
        this.#entry.state = "stopped";
      });
      return;
    }
    this.#entry.fields = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)]));
    // The real server requires this field, and closes the connection without it.
    if (!this.#isWhole && said.chunk_size === undefined) this.#socket.close(1000);
  }

  async #answer(): Promise<void> {
    const { made, kind, closing } = this.#context;
    const entry = this.#entry;
    const samples = Buffer.concat(this.#parts);
    const rate = Number(entry.fields.audio_fs ?? 16_000);
    entry.file = { name: entry.fields.wav_name ?? "", type: entry.fields.wav_format ?? "", bytes: samples.length };
    entry.wave = measure(samples, rate, 1);
    const trigger = triggerOf(entry.fields.hotwords ?? "", made.faults, made.fault);
    if (this.#instead(trigger)) return;
    entry.state = "running";
    this.#isBlocked = !this.#isWhole;
    const ms = (made.delayMs + (trigger?.slowSeconds ?? 0) * 1000) * made.timeScale;
    if (ms > 0) await sleep(made.clock, ms, AbortSignal.any([this.#left.signal, closing]));
    const as = { model: "", format: "json", streams: false };
    this.#tell(answerOf({ ...made, kind, trigger, wave: entry.wave, ...as }).text, trigger);
    if (trigger?.middle === "freeze") return;
    this.#isBlocked = false;
    this.#pong();
  }

  /** If the trigger's fault replaces the whole answer, produces that fault and returns true; otherwise false. */
  #instead(trigger: Trigger | undefined): boolean {
    const { instead, refuses, answer } = trigger ?? {};
    if (instead === "hang") this.#isBlocked = true;
    else if (instead === "restart") this.#context.restart();
    else if (instead === "reset") {
      if (this.#wire instanceof Socket) this.#wire.resetAndDestroy();
      else this.#wire.destroy();
    } else if (refuses !== undefined) {
      this.#entry.state = "refused";
      this.#socket.close(closeCodeOf(refuses.status), refuses.message);
    } else if (answer !== undefined) this.#socket.send(answer.body);
    else return false;
    return true;
  }

  #tell(text: string, trigger: Trigger | undefined): void {
    const [first, ...rest] = this.#isWhole ? [text] : partsOf(text);
    if (trigger?.middle === "error") {
      this.#socket.send(JSON.stringify(this.#context.kind.error(500, "EngineDeadError")));
      return;
    }
    if (trigger?.middle !== undefined) {
      if (rest.length > 0) this.#send(first as string, true);
      // Any fault but `garbage` sends the first bytes of a longer WebSocket frame, and never completes the frame.
      this.#wire.write(trigger.middle === "garbage" ? garbage : Buffer.from([0x81, 0x7d, 0x7b]));
      if (trigger.middle === "cut") this.#wire.end(() => this.#wire.destroy());
      return;
    }
    if (this.#isWhole) this.#send(text, false);
    else if (first !== undefined) {
      if (rest.length > 0) this.#send(first, true);
      this.#send(rest[0] ?? first, false);
    }
    this.#entry.state = "finished";
  }

  #send(text: string, is_final: boolean): void {
    this.#socket.send(JSON.stringify({ mode: "offline", text, wav_name: this.#entry.fields.wav_name, is_final }));
  }
}

function closeCodeOf(status: number): number {
  if (status === 429 || status === 503) return 1013;
  return status >= 500 ? 1011 : 1008;
}

/** Splits a transcript in two, as if the speaker had paused in the middle; omits empty parts. */
function partsOf(text: string): readonly string[] {
  const words = text.match(/\S+/g) ?? [];
  const middle = words.length >> 1;
  return [words.slice(0, middle), words.slice(middle)].map((part) => part.join(" ")).filter((part) => part !== "");
}
