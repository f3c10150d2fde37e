import type { Key } from "../i18n/strings.ts";

/** An open microphone. */
export interface Microphone {
  /** Closes the microphone; the browser then no longer shows that it is in use. */
  close(): void;
}

/** Why the microphone could not be opened, as a message for the user. */
export interface NoMicrophone {
  readonly problem: Key;
}

/** The callbacks of an open microphone. */
export interface MicrophoneListener {
  /** Called for each frame of audio. */
  onFrame(frame: Float32Array<ArrayBuffer>): void;
  /** Called when the microphone was unplugged or its permission was withdrawn. */
  onGone(): void;
}

const problems: Partial<Record<string, Key>> = {
  NotAllowedError: "ear.refused",
  SecurityError: "ear.refused",
  NotFoundError: "ear.missing",
  OverconstrainedError: "ear.missing",
  NotReadableError: "ear.taken",
  AbortError: "ear.taken",
};

/** Requests and opens the microphone; the browser may ask for permission first. */
export async function openMicrophone(
  workletUrl: string,
  { onFrame, onGone }: MicrophoneListener,
): Promise<Microphone | NoMicrophone> {
  // The type says that `mediaDevices` always exists, but on a page from an insecure origin it is undefined.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return { problem: "ear.insecure" };
  let stream: MediaStream | undefined;
  let context: AudioContext | undefined;
  const close = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    void context?.close().catch(() => undefined);
  };
  try {
    // The answer plays while the microphone is open; without echo cancellation the microphone would pick it up.
    const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    stream = await devices.getUserMedia({ audio });
    stream.getTracks()[0]?.addEventListener("ended", onGone);
    context = new AudioContext({ latencyHint: "interactive" });
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, "ear", {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: "explicit",
    });
    node.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => onFrame(data);
    context.createMediaStreamSource(stream).connect(node);
    if (context.state !== "running") await context.resume();
    return { close };
  } catch (error) {
    close();
    return { problem: problems[error instanceof DOMException ? error.name : ""] ?? "ear.failed" };
  }
}

// How long the microphone stays open after use, in milliseconds: long enough that a user who speaks again need not wait
// for it to open, and short enough that the browser soon shows that nothing is listening.
const lingerMs = 10_000;

/** A microphone that stays open for a while after it is no longer needed. */
export class LingeringMicrophone {
  readonly #openNew: () => Promise<Microphone | NoMicrophone>;
  #opening: Promise<Microphone | NoMicrophone> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(open: () => Promise<Microphone | NoMicrophone>) {
    this.#openNew = open;
  }

  /** Opens the microphone if it is closed. Resolves to why that failed, or to undefined if the microphone is open. */
  async open(): Promise<Key | undefined> {
    clearTimeout(this.#idle);
    this.#opening ??= this.#openNew();
    const microphone = await this.#opening;
    if ("close" in microphone) return undefined;
    this.#opening = undefined;
    return microphone.problem;
  }

  /** Closes the microphone, unless it is opened again within 10 s. */
  closeSoon(): void {
    clearTimeout(this.#idle);
    if (this.#opening !== undefined) this.#idle = setTimeout(() => this.close(), lingerMs);
  }

  close(): void {
    clearTimeout(this.#idle);
    const opened = this.#opening;
    this.#opening = undefined;
    void opened?.then((microphone) => "close" in microphone && microphone.close());
  }
}
