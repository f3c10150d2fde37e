import { toVoice } from "../whole/engine.ts";
import type { Ask, Known, WholeDialect } from "../whole/server.ts";
import { type ModelName, models } from "./models.ts";

/** How to speak; see the settings. */
export interface VitsSpeech {
  readonly model: ModelName | "auto";
  readonly language: string;
  readonly emotion: number | undefined;
  readonly speed: number;
}

/** A row of `/voice/speakers`. */
interface Speaker {
  readonly id: number;
  readonly name: string;
  readonly lang?: readonly string[];
}

/**
 * Longer than any segment: by default it cuts a text after 50 characters, and puts half a second of silence between the pieces. Not 0, for
 * which VITS does not cut, since Bert-VITS2 then cuts at every mark.
 */
const segmentSize = 10_000;

/**
 * vits-simple-api, tts_app/voice_api/views.py. `streaming` is never sent: it would be MP3, one file a sentence, and the text "false" counts
 * as yes. A JSON body is only read as one under `application/json` alone.
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
      if (found.size === 0) throw new Error(`has no model of the kind ${wanted.join(", ")} loaded`);
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
  if (status !== 200 || !isListing) throw new Error("is no vits-simple-api: it has no /voice/speakers");
  return value as Record<string, readonly Speaker[]>;
}

/** Listing needs no key, and an empty text is refused before any work, with 401 where the key is wrong. */
async function checkKey(ask: Ask): Promise<void> {
  await ask(models.vits.path, { text: "" });
}

/** Models are trained apart, and name their speakers alike: the second of a name has its number behind it. */
function nameOf({ name, id }: Speaker, taken: ReadonlyMap<string, unknown>): string {
  return taken.has(name) ? `${name}:${id}` : name;
}

/** `message` of its JSON, but for what quotes the request: it names ids and languages, never words. Flask's pages say nothing. */
export function whatItSaid(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === "string" ? message : "";
  } catch {
    return body === "parameter error" ? body : "";
  }
}
