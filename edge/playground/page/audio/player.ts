import { createPlayback, type Playback, startFrames } from "./playback.ts";
import { openSpeech } from "./speech.ts";
import type { FromWorklet, Speech } from "./worklet.ts";

// The audio device is let go when nothing has sounded for so long.
const idleMs = 15_000;

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
  /** How loud it is at this moment: root mean square, 0 to 1. */
  level(): number;
}

interface Device {
  readonly context: AudioContext;
  readonly analyser: AnalyserNode;
  readonly speech: Promise<Speech>;
}

/** Makes a player. `onChange` is called when the device's state or the played position has changed. */
export function createPlayer(workletUrl: string, onChange: () => void): Player {
  let device: Device | undefined;
  let turn = 0;
  let playback: Playback | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const samples = new Float32Array(512);

  const receive = (data: FromWorklet) => {
    if (data.turn !== turn || playback === undefined) return;
    playback.receive(data);
    clearTimeout(idle);
    if (playback.over) idle = setTimeout(() => device?.context.suspend(), idleMs);
    onChange();
  };
  const open = (): Device => {
    const context = new AudioContext({ latencyHint: "interactive" });
    context.addEventListener("statechange", onChange);
    const analyser = new AnalyserNode(context, { fftSize: samples.length });
    analyser.connect(context.destination);
    const speech = openSpeech(context, analyser, workletUrl, receive);
    return { context, analyser, speech };
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
      const next = createPlayback(sampleRate, context, (message, transfer = []) => {
        speech.then(
          (speech) => mine === turn && speech.post(message, transfer),
          // Where nothing can play it the turn is read, not heard.
          () => next.receive({ turn: mine, played: 0, state: "drained", underruns: 0 }),
        );
      });
      speech.then((speech) => speech.post({ type: "begin", turn: mine, startFrames: startFrames(context) }), onChange);
      playback = next;
      return next;
    },
    get blocked() {
      return playback?.over === false && device?.context.state !== "running";
    },
    get state() {
      return device?.context.state ?? "closed";
    },
    level() {
      if (device === undefined) return 0;
      device.analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    },
  };
}
