import { toWav } from "../../../services/synthesize/audio/wav.ts";
import * as sounds from "../../ears/sounds.ts";
import { liveVoices, missing, serve } from "../voices.ts";

/** A voice that asks questions. */
export interface Mouth {
  readonly name: string;
  readonly language: "en" | "zh";
  /** A WAV file of a text. */
  speak(text: string): Promise<Uint8Array>;
}

/**
 * espeak-ng, then each real voice that is installed, whose server runs as long as it is the one that speaks. Whisper
 * base understands espeak-ng's English, and not its Chinese. `chosen` are names of those to hear; empty: all.
 */
export async function* mouths(chosen: readonly string[]): AsyncGenerator<Mouth> {
  const isChosen = (name: string) => chosen.length === 0 || chosen.includes(name);
  const espeak = await sounds.createVoice();
  if (espeak !== undefined && isChosen("espeak-ng"))
    yield {
      name: "espeak-ng, en",
      language: "en",
      speak: async (text) => toWav(sounds.join(sounds.silence(0.5), espeak(text), sounds.silence(0.5)), sounds.rate),
    };
  for (const live of liveVoices) {
    if (live.variable !== "DUET_SPEECH_URL" || !isChosen(live.name) || missing(live.python, live.modules) !== undefined)
      continue;
    const server = await serve(live);
    try {
      yield {
        name: `${live.name}, ${live.language}`,
        language: live.language,
        speak: (text) => ask(`${server.url}/v1/audio/speech`, text),
      };
    } finally {
      await server.stop();
    }
  }
}

async function ask(url: string, text: string): Promise<Uint8Array> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ input: text, response_format: "wav" }),
  });
  if (!response.ok) throw new Error(`the voice answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
