import { createPlayback, latencySeconds, type Playback, type Send, startFrames } from "./playback.ts";
import { openSpeech } from "./speech.ts";
import type { FromWorklet, Speech } from "./worklet.ts";

// The audio device is released when nothing has played for this long, in milliseconds.
const idleMs = 15_000;
// How long a change of the gain takes, in seconds: an abrupt change would be heard as a click.
const gainSeconds = 0.015;
// The gain of a lowered voice, −12 dB: softer than a person who speaks over it, yet still audible.
const loweredGain = 0.25;

/** Plays the audio of turns on the page, one turn at a time. */
export interface Player {
  /** Opens the audio device. Call this in a click or key handler, or the browser blocks it. */
  unlock(): void;
  /** Begins a turn's audio, and stops the previous turn's. */
  play(sampleRate: number): Playback;
  /** Whether audio waits for a click because the browser blocks the device. */
  readonly blocked: boolean;
  /** The device's state as the browser reports it; `closed` before it was first opened. */
  readonly state: AudioContextState;
  /** Sets the volume for this turn and later ones: 0 is silence, 1 the voice's own level. */
  setGain(gain: number): void;
  /** Lowers the voice while somebody speaks over it, or restores it. */
  setLowered(lowered: boolean): void;
  /** How long a sample takes from the audio thread to the listener's ear, in milliseconds. */
  readonly latencyMs: number;
  /** The current level of the sound that is played: its root mean square, 0 to 1. */
  level(): number;
}

interface Device {
  readonly context: AudioContext;
  readonly gain: GainNode;
  readonly analyser: AnalyserNode;
  readonly speech: Promise<Speech>;
}

/** Makes a player. `onChange` is called when the device's state or the played position has changed. */
export function createPlayer(workletUrl: string, onChange: () => void): Player {
  let device: Device | undefined;
  let gainNow = 1;
  let isLowered = false;
  let turn = 0;
  let playback: Playback | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const samples = new Float32Array(512);

  const receive = (data: FromWorklet) => {
    if (data.turn !== turn || playback === undefined) return;
    playback.receive(data);
    clearTimeout(idle);
    onChange();
    if (data.state !== "drained" || device === undefined) return;
    const { context } = device;
    // `onChange` is called again once the last samples have been heard. A timer is used because a hidden tab draws no
    // frames.
    setTimeout(onChange, 1000 * latencySeconds(context) + 1);
    idle = setTimeout(() => context.suspend(), idleMs);
  };
  const gainOf = () => gainNow * (isLowered ? loweredGain : 1);
  const applyGain = () => device?.gain.gain.setTargetAtTime(gainOf(), device.context.currentTime, gainSeconds);
  const open = (): Device => {
    const context = new AudioContext({ latencyHint: "interactive" });
    context.addEventListener("statechange", onChange);
    const analyser = new AnalyserNode(context, { fftSize: samples.length });
    const gain = new GainNode(context, { gain: gainOf() });
    gain.connect(analyser).connect(context.destination);
    const speech = openSpeech(context, gain, workletUrl, receive);
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
      // A browser that blocks audio rejects this promise or never settles it; `blocked` is true in both cases.
      if (context.state !== "running") context.resume().then(onChange, onChange);
    },
    play(sampleRate) {
      playback?.stop();
      const mine = ++turn;
      const { context, speech } = opened();
      const send: Send = (message, transfer = []) => {
        speech.then(
          (speech) => mine === turn && speech.post(message, transfer),
          // If the audio output cannot be opened, the turn is shown as text only.
          () => next.receive({ turn: mine, played: 0, state: "drained", underruns: 0 }),
        );
      };
      const next = createPlayback(sampleRate, context, send, () => performance.now());
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
    setGain(gain) {
      gainNow = gain;
      applyGain();
    },
    setLowered(lowered) {
      isLowered = lowered;
      applyGain();
    },
    get latencyMs() {
      return device === undefined ? 0 : 1000 * latencySeconds(device.context);
    },
    level() {
      if (device === undefined) return 0;
      device.analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    },
  };
}
