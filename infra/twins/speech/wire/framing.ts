import { unknownBytes, wavHeader } from "../../sound/wav.ts";

/** The format in which a server streams audio: what surrounds the samples in the response's body. */
export interface Framing {
  readonly contentType: string;
  /** The bytes to send before the first piece of audio; undefined if there are none. */
  head(): Buffer | undefined;
  piece(pcm: Buffer, index: number): Buffer;
  /** The bytes to send after the last piece of audio; undefined if there are none. */
  end(): Buffer | undefined;
  /** The bytes that report an error after the answer has begun; undefined: the connection is cut instead. */
  error(message: string): Buffer | undefined;
}

const nothing = () => undefined;

/** Raw samples without a header. */
export function rawPcm(contentType = "audio/pcm"): Framing {
  return { contentType, head: nothing, piece: (pcm) => pcm, end: nothing, error: nothing };
}

/** A WAV header with unknown sizes, followed by samples. */
export function rawWav(sampleRateHertz: number): Framing {
  const head = () => wavHeader({ sampleRateHertz, dataBytes: unknownBytes, riffBytes: unknownBytes });
  return { ...rawPcm("audio/wav"), head };
}

/**
 * OpenAI's `speech.audio.*` events. With `names`, as in vllm-omni, each event is preceded by its name and states the
 * audio format, and there is an event for errors.
 */
export function speechEvents({ names }: { readonly names: boolean }): Framing {
  const event = (type: string, fields: object) =>
    Buffer.from(`${names ? `event: ${type}\n` : ""}data: ${JSON.stringify({ type, ...fields })}\n\n`);
  const usage = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
  return {
    contentType: "text/event-stream; charset=utf-8",
    head: nothing,
    piece: (pcm) =>
      event("speech.audio.delta", { audio: pcm.toString("base64"), ...(names && { response_format: "pcm" }) }),
    end: () => event("speech.audio.done", names ? { usage } : { token_usage: usage }),
    error: (message) =>
      names
        ? event("speech.audio.error", { error: { message, type: "server_error", param: null, code: 500 } })
        : undefined,
  };
}

/** Events of sglang-omni. Each piece was a complete WAV file in spring 2026, and raw samples from early summer on. */
export function chunkEvents(id: string, format: "wav" | "pcm", sampleRateHertz: number): Framing {
  const data = (value: object) => Buffer.from(`data: ${JSON.stringify(value)}\n\n`);
  const mime_type = format === "wav" ? "audio/wav" : "audio/pcm";
  let count = 0;
  const chunk = (audio: object | null, finish_reason: string | null) => ({
    id,
    object: "audio.speech.chunk",
    index: count++,
    audio,
    finish_reason,
  });
  return {
    contentType: "text/event-stream; charset=utf-8",
    head: nothing,
    piece(pcm) {
      const bytes =
        format === "wav" ? Buffer.concat([wavHeader({ sampleRateHertz, dataBytes: pcm.length }), pcm]) : pcm;
      return data(chunk({ data: bytes.toString("base64"), format, mime_type, sample_rate: sampleRateHertz }, null));
    },
    end: () => Buffer.concat([data({ ...chunk(null, "stop"), usage: {} }), Buffer.from("data: [DONE]\n\n")]),
    error: (message) => data({ error: { message, type: "server_error", param: null, code: null } }),
  };
}
