import type { SeenTts } from "../../../infra/twins/fish/seen.ts";
import type { SeenSpeech } from "../../../infra/twins/speaking/seen.ts";
import type { SeenChat } from "../../../infra/twins/vllm/seen.ts";
import type { EngineWork } from "../record.ts";

/** What the stand-in of vLLM saw of a request; one that still runs is taken to end now. */
export const writtenWork =
  (now: number) =>
  ({ body, state, receivedAtMs, tokensAtMs, tookMs }: SeenChat): EngineWork => ({
    kind: "write",
    text: (body as { messages?: { content?: string }[] }).messages?.at(-1)?.content ?? "",
    receivedAtMs,
    startedAtMs: receivedAtMs,
    writtenAtMs: tokensAtMs,
    endedAtMs: receivedAtMs + (tookMs ?? now - receivedAtMs),
    left: state === "aborted",
  });

/**
 * What a stand-in of Fish-Speech saw of a request; one that still waits or runs is taken to end now, one that was
 * refused never began.
 */
export const spokenWork =
  (now: number) =>
  ({ body, receivedAtMs, startedAtMs, partsAtMs, workMs, state, clientLeft }: SeenTts): EngineWork => {
    const isOpen = state === "queued" || state === "running";
    const beganAtMs = startedAtMs ?? (isOpen ? now : receivedAtMs);
    return {
      kind: "speak",
      text: (body as { text?: string } | undefined)?.text ?? "",
      receivedAtMs,
      startedAtMs: beganAtMs,
      writtenAtMs: partsAtMs,
      endedAtMs: isOpen ? now : beganAtMs + workMs,
      left: clientLeft,
    };
  };

/** What a stand-in of a voice that batches saw of a request; one that still runs is taken to end now. */
export const batchedWork =
  (now: number) =>
  ({ body, receivedAtMs, piecesAtMs, endedAtMs, state, clientLeft }: SeenSpeech): EngineWork => ({
    kind: "speak",
    text: (body as { input?: string } | undefined)?.input ?? "",
    receivedAtMs,
    startedAtMs: receivedAtMs,
    writtenAtMs: piecesAtMs,
    endedAtMs: endedAtMs ?? (state === "refused" ? receivedAtMs : now),
    left: clientLeft,
  });
