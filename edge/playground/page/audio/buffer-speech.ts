/**
 * Plays samples through a chain of AudioBufferSourceNodes, each scheduled to start at the exact frame at which the
 * previous one ends. Everything is scheduled as soon as it arrives, so that a page in the background, whose timers are
 * throttled, keeps playing; the timer only sends reports.
 */
import type { FromWorklet, Report, Speech, ToWorklet } from "./worklet.ts";

// The time between two reports, in milliseconds: the same as between two reports of the worklet.
const reportMs = 22;
// Sources are scheduled this far ahead: one scheduled to start immediately would start late, since scheduling takes
// some time.
const leadSeconds = 0.02;
// How long audio fades out before it stops, in seconds: an abrupt stop would be heard as a click.
const fadeSeconds = 0.005;

/** The parts of the Web Audio API that this module uses. */
export type Device = Pick<
  BaseAudioContext,
  "currentTime" | "sampleRate" | "createBuffer" | "createBufferSource" | "createGain"
>;

interface Part {
  readonly source: AudioBufferSourceNode;
  readonly samples: Float32Array<ArrayBuffer>;
  /** When these samples start to play, in frames of the device's time. */
  readonly start: number;
  readonly length: number;
}

/**
 * Creates a Speech that plays through a chain of AudioBufferSourceNodes. `report` is called just as the worklet would
 * call it: during playback, and on every change of state.
 */
export function createBufferSpeech(context: Device, destination: AudioNode, report: Report): Speech {
  return new BufferSpeech(context, destination, report);
}

class BufferSpeech implements Speech {
  readonly #context: Device;
  readonly #destination: AudioNode;
  readonly #report: Report;
  #turn = 0;
  #startFrames = 0;
  #state: FromWorklet["state"] = "filling";
  /** Samples that are not scheduled yet. */
  #waiting: Float32Array<ArrayBuffer>[] = [];
  #parts: Part[] = [];
  /** How many frames of the turn were played in parts that have been removed from `#parts`. */
  #past = 0;
  #underruns = 0;
  #ended = false;
  #held = false;
  /** Whether the next samples continue a playback that was paused. */
  #resumes = false;
  #gain: GainNode | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(context: Device, destination: AudioNode, report: Report) {
    this.#context = context;
    this.#destination = destination;
    this.#report = report;
  }

  post(message: ToWorklet): void {
    switch (message.type) {
      case "begin":
        this.#begin(message);
        break;
      case "push":
        this.#waiting.push(message.samples as Float32Array<ArrayBuffer>);
        break;
      case "end":
        this.#ended = true;
        break;
      case "clear":
        this.#silence();
        this.#waiting = [];
        this.#ended = true;
        break;
      case "hold":
        this.#hold(message.held);
    }
    this.#schedule();
  }

  #begin({ turn, startFrames }: Extract<ToWorklet, { type: "begin" }>): void {
    this.#silence();
    this.#open();
    this.#turn = turn;
    this.#startFrames = startFrames;
    this.#state = "filling";
    this.#waiting = [];
    this.#past = 0;
    this.#underruns = 0;
    this.#ended = false;
    this.#held = false;
    this.#resumes = false;
    this.#timer ??= setInterval(() => this.#tick(), reportMs);
  }

  /** If `held`, pauses, and puts all samples not played yet back in the queue. Otherwise continues from there. */
  #hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    if (!held) {
      this.#open();
      this.#resumes = this.#state === "playing";
      return;
    }
    const at = Math.round(this.#now);
    const left = this.#parts.map(({ samples, start, length }) =>
      samples.subarray(Math.min(length, Math.max(0, at - start))),
    );
    this.#silence();
    this.#waiting = [...left.filter(({ length }) => length > 0), ...this.#waiting];
  }

  /** Schedules the samples that wait, if it is time to play them. */
  #schedule(): void {
    if (this.#held || this.#state === "drained" || this.#waiting.length === 0) return;
    if (this.#state === "playing" && !this.#resumes && this.#end <= this.#now) this.#breakOff();
    if (this.#state === "filling" && !this.#ended && count(this.#waiting) < this.#startFrames) return;
    const runsOn = this.#state === "playing" && !this.#resumes;
    let at = runsOn ? this.#end : Math.ceil(this.#now + leadSeconds * this.#context.sampleRate);
    for (const samples of this.#waiting) {
      this.#parts.push({ source: this.#start(samples, at), samples, start: at, length: samples.length });
      at += samples.length;
    }
    this.#waiting = [];
    this.#resumes = false;
    this.#enter("playing");
  }

  #start(samples: Float32Array<ArrayBuffer>, at: number): AudioBufferSourceNode {
    const buffer = this.#context.createBuffer(1, samples.length, this.#context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#gain as GainNode);
    source.start(at / this.#context.sampleRate);
    return source;
  }

  #tick(): void {
    const isSilent = this.#state === "playing" && !this.#held ? this.#end <= this.#now : this.#waiting.length === 0;
    if (isSilent && this.#ended) this.#enter("drained");
    else if (this.#held || this.#state !== "playing") return;
    else if (isSilent) this.#breakOff();
    else this.#tell();
  }

  #breakOff(): void {
    this.#underruns++;
    this.#resumes = false;
    this.#enter("filling");
  }

  #enter(next: FromWorklet["state"]): void {
    if (this.#state === next) return;
    this.#state = next;
    if (next === "drained") {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    this.#tell();
  }

  #tell(): void {
    const played = Math.round(this.#played());
    this.#report({ turn: this.#turn, played, state: this.#state, underruns: this.#underruns });
  }

  /** Fades out the samples that are scheduled, and forgets them. */
  #silence(): void {
    const at = this.#context.currentTime;
    this.#gain?.gain.setValueAtTime(1, at);
    this.#gain?.gain.linearRampToValueAtTime(0, at + fadeSeconds);
    for (const { source } of this.#parts) source.stop(at + fadeSeconds);
    this.#past = Math.round(this.#played());
    this.#parts = [];
  }

  #open(): void {
    this.#gain = this.#context.createGain();
    this.#gain.connect(this.#destination);
  }

  /** How many frames have been played so far. */
  #played(): number {
    const at = this.#now;
    for (const { start, length } of this.#parts) if (start + length <= at) this.#past += length;
    this.#parts = this.#parts.filter(({ start, length }) => start + length > at);
    return this.#past + this.#parts.reduce((sum, { start }) => sum + Math.max(0, at - start), 0);
  }

  /** The device's time, in frames. */
  get #now(): number {
    return this.#context.currentTime * this.#context.sampleRate;
  }

  /** When the last scheduled sample will have been played, in frames of the device's time. */
  get #end(): number {
    return this.#parts.reduce((latest, { start, length }) => Math.max(latest, start + length), 0);
  }
}

function count(samples: readonly Float32Array[]): number {
  return samples.reduce((sum, { length }) => sum + length, 0);
}
