import { createPlayback, latencySeconds, type Playback, type Send, startFrames } from "./playback.ts";
import type { FromWorklet } from "./worklet.ts";

// The audio device is let go when nothing has sounded for so long.
const idleMs = 15_000;
// A gain that jumps clicks.
const gainSeconds = 0.015;

/** The page's loudspeaker: one turn at a time. */
export interface Player {
  /** Opens the audio device; to be called inside a click or a key press, or the browser keeps it shut. */
  unlock(): void;
  /** Begins a turn's sound; the one before falls silent. */
  play(sampleRate: number): Playback;
  /** Whether sound waits for a click because the browser keeps the device shut. */
  readonly blocked: boolean;
  /** The device's state as the browser tells it; `closed` before it was first opened. */
  readonly state: AudioContextState;
  /** Makes it louder or softer, now and later: 0 is silence, 1 as the voice is. */
  setGain(gain: number): void;
  /** How loud it is at this moment: root mean square, 0 to 1. */
  level(): number;
}

interface Device {
  readonly context: AudioContext;
  readonly gain: GainNode;
  readonly analyser: AnalyserNode;
  readonly speech: Promise<AudioWorkletNode>;
}

/** Makes a player. `onChange` is called when the device's state or the played position has changed. */
export function createPlayer(workletUrl: string, onChange: () => void): Player {
  let device: Device | undefined;
  let gainNow = 1;
  let turn = 0;
  let playback: Playback | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const samples = new Float32Array(512);

  const receive = ({ data }: MessageEvent<FromWorklet>) => {
    if (data.turn !== turn || playback === undefined) return;
    playback.receive(data);
    clearTimeout(idle);
    onChange();
    if (data.state !== "drained" || device === undefined) return;
    const { context } = device;
    // The last samples are heard a little later; no picture may be drawn then, as the tab may be hidden.
    setTimeout(onChange, 1000 * latencySeconds(context) + 1);
    idle = setTimeout(() => context.suspend(), idleMs);
  };
  const open = (): Device => {
    const context = new AudioContext({ latencyHint: "interactive" });
    context.addEventListener("statechange", onChange);
    const analyser = new AnalyserNode(context, { fftSize: samples.length });
    const gain = new GainNode(context, { gain: gainNow });
    gain.connect(analyser).connect(context.destination);
    const speech = loadWorklet(context, workletUrl).then(() => {
      const node = new AudioWorkletNode(context, "speech", { numberOfInputs: 0, outputChannelCount: [1] });
      node.connect(gain);
      node.port.onmessage = receive;
      return node;
    });
    return { context, gain, analyser, speech };
  };
  const opened = (): Device => {
    device ??= open();
    return device;
  };

  return {
    unlock() {
      clearTimeout(idle);
      const { context } = opened();
      // A browser that refuses rejects this or leaves it open: `blocked` tells either way.
      if (context.state !== "running") context.resume().then(onChange, onChange);
    },
    play(sampleRate) {
      playback?.stop();
      const mine = ++turn;
      const { context, speech } = opened();
      const send: Send = (message, transfer = []) => {
        speech.then(
          (node) => mine === turn && node.port.postMessage(message, transfer),
          // Without the worklet the turn is read, not heard.
          () => next.receive({ turn: mine, played: 0, state: "drained", underruns: 0 }),
        );
      };
      const next = createPlayback(sampleRate, context, send, () => performance.now());
      speech.then(
        (node) => node.port.postMessage({ type: "begin", turn: mine, startFrames: startFrames(context) }),
        onChange,
      );
      playback = next;
      return next;
    },
    get blocked() {
      return playback?.over === false && device?.context.state !== "running";
    },
    get state() {
      return device?.context.state ?? "closed";
    },
    setGain(gain) {
      gainNow = gain;
      device?.gain.gain.setTargetAtTime(gain, device.context.currentTime, gainSeconds);
    },
    level() {
      if (device === undefined) return 0;
      device.analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    },
  };
}

async function loadWorklet(context: AudioContext, url: string): Promise<void> {
  // Typed as always there; a page from an insecure origin has none.
  const worklet: AudioWorklet | undefined = context.audioWorklet;
  if (worklet === undefined) throw new Error("no audio worklet on an insecure origin");
  await worklet.addModule(url);
}
