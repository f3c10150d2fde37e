import { type AudioForm, type AudioFormName, audioForms } from "./formats.ts";
import type { AudioOutput } from "./output.ts";

/** The audio format that each media type in an `Accept` header selects. */
const types: Readonly<Record<string, AudioFormName>> = {
  "audio/*": "wav",
  "audio/wav": "wav",
  "audio/x-wav": "wav",
  "audio/wave": "wav",
  "audio/mpeg": "mp3",
  "audio/mp3": "mp3",
  "audio/ogg": "opus",
  "audio/opus": "opus",
  "audio/pcm": "pcm",
  "audio/pcmu": "ulaw",
  "audio/basic": "ulaw",
  "audio/pcma": "alaw",
};

/** The media types listed in the error message to a caller who asks for any other audio type. */
export const acceptedTypes = ["audio/wav", "audio/mpeg", "audio/ogg", "audio/pcm", "audio/pcmu", "audio/pcma"] as const;

/**
 * The audio that an `Accept` header asks for. Undefined if the header asks for no audio, or prefers something else; an
 * error message if the requested audio is not available here. The media type may have three parameters: `rate` in
 * samples per second; `speed`, 0.25 to 4; `pacing=real-time`.
 */
export function readAccept(accept: string | null): AudioOutput | string | undefined {
  const [range = "", ...parameters] =
    (accept ?? "")
      .split(",")[0]
      ?.split(";")
      .map((part) => part.trim()) ?? [];
  const type = range.toLowerCase();
  if (!type.startsWith("audio/")) return undefined;
  const form = types[type];
  if (form === undefined) return `${type} is not supported: ask for one of ${acceptedTypes.join(", ")}`;
  const given = new Map(parameters.map((part) => part.split("=", 2).map((side) => side.trim()) as [string, string]));
  const { rates, bare }: AudioForm = audioForms[form];
  const rate = Number(given.get("rate") ?? rates[0]);
  if (!rates.includes(rate)) return `rate must be one of ${rates.join(", ")} for ${type}`;
  const speed = Number(given.get("speed") ?? 1);
  if (!(speed >= 0.25 && speed <= 4)) return "speed must be 0.25 to 4";
  const pacing = given.get("pacing");
  if (pacing !== undefined && pacing !== "real-time") return "pacing must be real-time, or left out";
  if (pacing !== undefined && bare === undefined)
    return "pacing=real-time is allowed only with audio/pcm, audio/pcmu and audio/pcma: other types have a header";
  return { form, rate, speed, realTime: pacing !== undefined };
}
