import type { Voice } from "../engine.ts";
import type { DialectName } from "./dialects.ts";

/** What a server lists and how it answers, as far as it tells who it is. */
export interface Signs {
  /** What `GET /v1/models` has; undefined if nothing that could be read. */
  readonly models: readonly Readonly<Record<string, unknown>>[] | undefined;
  /** What `GET /v1/audio/voices` has; undefined if there is none. */
  readonly voices: unknown;
  /** The status of an empty request to speak: 404 where there is nobody who could. */
  readonly speech: number;
}

/** Tells who a server is by what it lists. */
export function dialectOf({ models = [], voices }: Signs): DialectName {
  const owners = models.map(({ owned_by }) => String(owned_by ?? ""));
  if (isObject(voices) && "uploaded_voices" in voices) return "vllm-omni";
  if (owners.some((owner) => owner.startsWith("sglang"))) return "sglang-omni";
  if (owners.includes("kokoro")) return "kokoro-fastapi";
  if (models.some(({ task }) => task === "text-to-speech")) return "speaches";
  if (owners.includes("user") && models.every(({ id }) => /^tts-1(?:-hd)?$/.test(String(id)))) return "openedai-speech";
  // The only one that does not say whose its models are.
  if (models.length > 0 && models.every((model) => !("owned_by" in model) && !("created" in model))) return "localai";
  return "openai";
}

/** Ids of the models that may be spoken with, those that say so first. */
export function modelIds({ models = [] }: Signs): string[] {
  const speaking = models.filter(({ task }) => task === "text-to-speech");
  return (speaking.length > 0 ? speaking : models).flatMap(({ id }) => (typeof id === "string" ? [id] : []));
}

/** The voices of a listing, in whichever shape: names, or objects with an id, a name, a language; alone or under `voices` or `data`. */
export function readVoices(listing: unknown): Voice[] {
  const inside = isObject(listing) ? (listing.voices ?? listing.data) : listing;
  const items: unknown[] = Array.isArray(inside) ? inside : isObject(inside) ? Object.keys(inside) : [];
  return items.flatMap((item): Voice[] => {
    if (typeof item === "string") return [toVoice(item)];
    if (!isObject(item)) return [];
    const id = item.id ?? item.voice_id ?? item.name;
    const languages = [item.language].flat().filter((one) => typeof one === "string");
    return typeof id === "string" && id !== "" ? [toVoice(id, languages)] : [];
  });
}

/** Kokoro's voices are called by the first letter of their language. */
const kokoroLanguages: Readonly<Record<string, string>> = {
  a: "en-US",
  b: "en-GB",
  e: "es",
  f: "fr",
  h: "hi",
  i: "it",
  j: "ja",
  p: "pt-BR",
  z: "zh",
};

/** A voice by its name. */
export function toVoice(name: string, languages: readonly string[] = []): Voice {
  const kokoro = /^([abefhijpz])[fm]_\w+$/.exec(name)?.[1] ?? "";
  const known = kokoroLanguages[kokoro];
  return {
    name,
    displayName: name.replace(/[-_]+/g, " ").trim() || "default",
    languages: languages.length > 0 ? languages : known === undefined ? [] : [known],
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
