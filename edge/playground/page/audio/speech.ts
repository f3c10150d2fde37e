import { createBufferSpeech } from "./buffer-speech.ts";
import type { FromWorklet, Report, Speech } from "./worklet.ts";

/**
 * Opens an output that plays samples into `destination`: an audio worklet or, where the browser offers none, as on a
 * page over plain HTTP, a chain of buffers on the page's own thread.
 */
export async function openSpeech(
  context: AudioContext,
  destination: AudioNode,
  workletUrl: string,
  report: Report,
): Promise<Speech> {
  // By its type `audioWorklet` always exists, but a page from an insecure origin has none.
  const worklet: AudioWorklet | undefined = context.audioWorklet;
  if (worklet === undefined) return createBufferSpeech(context, destination, report);
  await worklet.addModule(workletUrl);
  const node = new AudioWorkletNode(context, "speech", { numberOfInputs: 0, outputChannelCount: [1] });
  node.connect(destination);
  node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => report(data);
  return { post: (message, transfer = []) => node.port.postMessage(message, transfer) };
}
