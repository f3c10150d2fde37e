import type { SpeechListing } from "../../../../infra/engines/speech/listing.ts";
import type { Voice } from "../engine.ts";

/** The features of a server by which its kind is recognized: what it lists, and how it responds. */
export interface Signs extends SpeechListing {
  /** The HTTP status of the response to a speech request without fields: 404 if the server has no such path. */
  readonly speech: number;
}

/** The ids of the models that are listed as able to speak or, if none is, the ids of all models. */
export function modelIds({ models = [] }: Signs): string[] {
  const speaking = models.filter(({ task }) => task === "text-to-speech");
  return (speaking.length > 0 ? speaking : models).flatMap(({ id }) => (typeof id === "string" ? [id] : []));
}

/**
 * The voices in a listing of any format: names, or objects with an id, a name and a language; at the top level, or
 * under `voices` or `data`.
 */
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

/** The languages of Kokoro's voices, keyed by the first letter of a voice's name. */
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

/** Describes the voice of a given name; the names of Kokoro's voices tell their languages. */
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
