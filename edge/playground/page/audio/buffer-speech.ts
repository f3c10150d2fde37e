/**
 * Plays samples through a chain of AudioBufferSourceNodes, each scheduled to start at the exact frame at which the
 * previous one ends. Everything is scheduled as soon as it arrives, so that a page in the background, whose timers are
 * throttled, keeps playing; the timer only sends reports.
 */
import type { FromWorklet, Report, Speech, ToWorklet } from "./worklet.ts";

// As often as the worklet reports.
const reportMs = 22;
// A source scheduled to start immediately would start late, by the time that scheduling takes.
const leadSeconds = 0.02;
// Audio that stops abruptly clicks.
const fadeSeconds = 0.005;

/** The parts of the Web Audio API that this module uses. */
export type Device = Pick<
  BaseAudioContext,
  "currentTime" | "sampleRate" | "createBuffer" | "createBufferSource" | "createGain"
>;

interface Part {
  readonly source: AudioBufferSourceNode;
  /** When it starts, in frames of the device's time. */
  readonly start: number;
  readonly length: number;
}

/** Makes the chain. `report` is called as by the worklet, during playback and when the state changes. */
export function createBufferSpeech(context: Device, destination: AudioNode, report: Report): Speech {
  let turn = 0;
  let startFrames = 0;
  let state: FromWorklet["state"] = "filling";
  let waiting: Float32Array<ArrayBuffer>[] = [];
  let parts: Part[] = [];
  let past = 0;
  let underruns = 0;
  let ended = false;
  let gain: GainNode | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;

  const now = () => context.currentTime * context.sampleRate;
  const end = () => parts.reduce((latest, { start, length }) => Math.max(latest, start + length), 0);
  const count = (samples: readonly Float32Array[]) => samples.reduce((sum, { length }) => sum + length, 0);
  const played = () => {
    const at = now();
    for (const { start, length } of parts) if (start + length <= at) past += length;
    parts = parts.filter(({ start, length }) => start + length > at);
    return past + parts.reduce((sum, { start }) => sum + Math.max(0, at - start), 0);
  };
  const tell = () => report({ turn, played: Math.round(played()), state, underruns });
  const enter = (next: FromWorklet["state"]) => {
    if (state === next) return;
    state = next;
    if (next === "drained") {
      clearInterval(timer);
      timer = undefined;
    }
    tell();
  };
  const breakOff = () => {
    underruns++;
    enter("filling");
  };
  const schedule = () => {
    if (state === "drained" || waiting.length === 0) return;
    if (state === "playing" && end() <= now()) breakOff();
    if (state === "filling" && !ended && count(waiting) < startFrames) return;
    let at = state === "playing" ? end() : Math.ceil(now() + leadSeconds * context.sampleRate);
    for (const samples of waiting) {
      const buffer = context.createBuffer(1, samples.length, context.sampleRate);
      buffer.copyToChannel(samples, 0);
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(gain as GainNode);
      source.start(at / context.sampleRate);
      parts.push({ source, start: at, length: samples.length });
      at += samples.length;
    }
    waiting = [];
    enter("playing");
  };
  const tick = () => {
    const isSilent = state === "playing" ? end() <= now() : waiting.length === 0;
    if (isSilent && ended) enter("drained");
    else if (isSilent && state === "playing") breakOff();
    else if (state === "playing") tell();
  };
  const silence = () => {
    const at = context.currentTime;
    gain?.gain.setValueAtTime(1, at);
    gain?.gain.linearRampToValueAtTime(0, at + fadeSeconds);
    for (const { source } of parts) source.stop(at + fadeSeconds);
    past = Math.round(played());
    parts = [];
    waiting = [];
  };
  const begin = (message: Extract<ToWorklet, { type: "begin" }>) => {
    silence();
    gain = context.createGain();
    gain.connect(destination);
    ({ turn, startFrames } = message);
    [state, past, underruns, ended] = ["filling", 0, 0, false];
    timer ??= setInterval(tick, reportMs);
  };

  return {
    post(message) {
      if (message.type === "begin") begin(message);
      else if (message.type === "push") waiting.push(message.samples as Float32Array<ArrayBuffer>);
      else if (message.type === "end") ended = true;
      else {
        silence();
        ended = true;
      }
      schedule();
    },
  };
}
