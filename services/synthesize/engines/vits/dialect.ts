import { toVoice } from "../whole/engine.ts";
import type { Ask, Known, WholeDialect } from "../whole/server.ts";
import { type ModelName, models } from "./models.ts";

/** How the server is asked to speak, as the operator has set it. */
export interface VitsSpeech {
  readonly model: ModelName | "auto";
  readonly language: string;
  readonly emotion: number | undefined;
  readonly speed: number;
}

/** An entry of `/voice/speakers`. */
interface Speaker {
  readonly id: number;
  readonly name: string;
  readonly lang?: readonly string[];
}

/**
 * The length in characters at which the server splits a text: longer than any segment, so that none is split. The
 * default is 50 characters, with half a second of silence between the parts. The length is not set to 0, because VITS
 * would then not split, but Bert-VITS2 would split at every punctuation mark.
 */
const segmentSize = 10_000;

/**
 * The dialect of vits-simple-api (source: tts_app/voice_api/views.py). `streaming` is never sent: it would produce MP3,
 * one file per sentence, and even the text "false" counts as true. A JSON body is only parsed if the content type is
 * exactly `application/json`.
 */
export function vitsDialect({ model, language, emotion, speed }: VitsSpeech): WholeDialect {
  const wanted = (Object.keys(models) as ModelName[]).filter((name) => model === "auto" || model === name);
  return {
    name: "vits",
    title: "VITS",
    speed,
    keyed: (apiKey) => ({ "x-api-key": apiKey }),
    health: "/voice/speakers",
    whatItSaid,
    async learn(ask): Promise<Known> {
      const listed = await speakersOf(ask);
      const found = new Map<string, { model: ModelName; speaker: Speaker }>();
      for (const name of wanted)
        for (const speaker of listed[models[name].group] ?? [])
          found.set(nameOf(speaker, found), { model: name, speaker });
      if (found.size === 0) throw new Error(`has no model of type ${wanted.join(", ")} loaded`);
      await checkKey(ask);
      return {
        version: "vits-simple-api",
        voices: [...found].map(([name, { speaker }]) => toVoice(name, speaker.lang ?? [])),
        toRequest(name, text) {
          const voice = found.get(name);
          if (voice === undefined) return undefined;
          const { path, emotions } = models[voice.model];
          return {
            path,
            body: {
              ...{ text, id: voice.speaker.id, format: "wav", lang: language, segment_size: segmentSize },
              ...(speed !== 1 && { length: 1 / speed }),
              ...(emotions && emotion !== undefined && { emotion }),
            },
          };
        },
      };
    },
  };
}

async function speakersOf(ask: Ask): Promise<Readonly<Record<string, readonly Speaker[]>>> {
  const { status, value } = await ask("/voice/speakers");
  const isListing =
    typeof value === "object" && value !== null && Object.values(value).every((group) => Array.isArray(group));
  if (status !== 200 || !isListing) throw new Error("is not a vits-simple-api server: it has no /voice/speakers");
  return value as Record<string, readonly Speaker[]>;
}

/**
 * Checks the API key: listing voices needs none, but an empty text is refused before any work, with 401 if the key is
 * wrong.
 */
async function checkKey(ask: Ask): Promise<void> {
  await ask(models.vits.path, { text: "" });
}

/** A unique name for a speaker: its own name, with its id appended if another model's speaker has that name. */
function nameOf({ name, id }: Speaker, taken: ReadonlyMap<string, unknown>): string {
  return taken.has(name) ? `${name}:${id}` : name;
}

/**
 * The `message` of the server's JSON, without quoted input: it names ids and languages, never the text. Flask's error
 * pages say nothing specific.
 */
export function whatItSaid(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === "string" ? message : "";
  } catch {
    return body === "parameter error" ? body : "";
  }
}
