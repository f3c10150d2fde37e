import type { Key } from "../i18n/strings.ts";

/** An open microphone. */
export interface Microphone {
  /** Lets it go: the browser shows that nobody listens any more. */
  close(): void;
}

/** Why there is no microphone, for the person before the page. */
export interface NoMicrophone {
  readonly problem: Key;
}

/** Whom a microphone tells. */
export interface MicrophoneListener {
  /** What it hears, frame by frame. */
  onFrame(frame: Float32Array<ArrayBuffer>): void;
  /** It was unplugged, or the person has taken it away. */
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

/** Asks for the microphone and opens it; the browser may ask the person first. */
export async function openMicrophone(
  workletUrl: string,
  { onFrame, onGone }: MicrophoneListener,
): Promise<Microphone | NoMicrophone> {
  // Typed as always there; a page from an insecure origin has none.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return { problem: "ear.insecure" };
  let stream: MediaStream | undefined;
  let context: AudioContext | undefined;
  const close = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    void context?.close().catch(() => undefined);
  };
  try {
    // The answer comes out of the speaker while the microphone is open: without its echo taken away it would hear that.
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
