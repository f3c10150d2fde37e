import { createSampleQueue, type SampleQueue } from "./sample-queue.ts";

/** Messages from the page to the audio thread. */
export type ToWorklet =
  | { type: "begin"; turn: number; startFrames: number }
  | { type: "push"; samples: Float32Array }
  | { type: "end" }
  | { type: "clear" }
  | { type: "hold"; held: boolean };

/** Reports from the audio thread to the page, about 45 times a second and on every change of state. */
export interface FromWorklet {
  /** The turn's number, as given in the message `begin`. */
  turn: number;
  /** Frames of this turn played so far, at the context's sample rate. */
  played: number;
  /** The field of the same name in the `SampleQueue` that plays the turn. */
  state: SampleQueue["state"];
  /** How often playback of this turn stopped because samples came too late. */
  underruns: number;
}

/** Plays samples: handles messages in order, and reports what was played. */
export interface Speech {
  post(message: ToWorklet, transfer?: Transferable[]): void;
}

/** Called with each playback report. */
export type Report = (report: FromWorklet) => void;

// The globals of an AudioWorklet, which the `dom` library leaves out.
declare const sampleRate: number;
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

const reportSeconds = 0.022;

class SpeechProcessor extends AudioWorkletProcessor {
  #queue = createSampleQueue(0);
  #turn = 0;
  #sinceReport = 0;
  #reported: SampleQueue["state"] = "filling";

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ToWorklet>) => this.#receive(data);
  }

  #receive(message: ToWorklet): void {
    switch (message.type) {
      case "begin":
        this.#turn = message.turn;
        this.#queue = createSampleQueue(message.startFrames);
        this.#reported = "filling";
        break;
      case "push":
        this.#queue.push(message.samples);
        break;
      case "end":
        this.#queue.end();
        break;
      case "clear":
        this.#queue.clear();
        break;
      case "hold":
        this.#queue.hold(message.held);
    }
  }

  process(_inputs: unknown, outputs: Float32Array[][]): boolean {
    const output = outputs[0]?.[0];
    if (output === undefined) return true;
    this.#queue.read(output);
    this.#sinceReport += output.length;
    const { state, played, underruns } = this.#queue;
    const due = state === "playing" && this.#sinceReport >= sampleRate * reportSeconds;
    if (due || state !== this.#reported) {
      this.#sinceReport = 0;
      this.#reported = state;
      this.port.postMessage({ turn: this.#turn, played, state, underruns } satisfies FromWorklet);
    }
    return true;
  }
}

registerProcessor("speech", SpeechProcessor);
