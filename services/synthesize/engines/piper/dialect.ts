import { toVoice } from "../whole/engine.ts";
import type { Known, WholeDialect } from "../whole/server.ts";

/** The operator's settings for how Piper speaks. */
export interface PiperSpeech {
  readonly speed: number;
}

/** A voice in `GET /voices`: the contents of its `.onnx.json`. */
interface VoiceConfig {
  readonly language?: { readonly code?: string };
  readonly espeak?: { readonly voice?: string };
  readonly inference?: { readonly length_scale?: number };
  readonly speaker_id_map?: Readonly<Record<string, number>>;
}

/**
 * Piper's HTTP server, piper/http_server.py of piper1-gpl: up to 1.4 the path was `/`, since 1.5 it is `/synthesize`,
 * and `/info` exists too. It silently replaces an unknown voice by its default one, so only voices that it lists are
 * requested.
 */
export function piperDialect({ speed }: PiperSpeech): WholeDialect {
  return {
    name: "piper",
    title: "Piper",
    speed,
    keyed: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
    health: "/voices",
    // The server hands its WAV files to Flask as mere bytes, which Flask labels as HTML.
    mistyped: true,
    // The server's own errors are Flask's generic page, which says nothing specific.
    whatItSaid: () => "",
    async learn(ask): Promise<Known> {
      const { status, value } = await ask("/voices");
      if (status !== 200 || !isVoices(value))
        throw new Error("is not a Piper server of version 1.3 or later: it has no /voices");
      const info = await ask("/info");
      const isNew = info.status === 200;
      // The voice that the server was started with comes first. Only newer versions tell which voice that is.
      const first = asListed((info.value as Info | undefined)?.voice?.name ?? "");
      const listed = Object.entries(value).sort(([one], [other]) => Number(other === first) - Number(one === first));
      const speakers = new Map(listed.flatMap(([name, config]) => [...speakersOf(name, config)]));
      return {
        version: isNew ? "1.5 or later" : "1.3 or 1.4",
        voices: [...speakers].map(([name, { config }]) => toVoice(name, languagesOf(config))),
        toRequest(name, text) {
          const speaker = speakers.get(name) ?? speakers.get(asListed(name));
          if (speaker === undefined) return undefined;
          const { voice, id, config } = speaker;
          // A name that is not in the list is the full name of a voice's file: the server's list truncates some names.
          const file = speakers.has(name) ? voice : name;
          const scale = (config.inference?.length_scale ?? 1) / speed;
          return {
            path: isNew ? "/synthesize" : "/",
            body: {
              text,
              voice: file,
              ...(id !== undefined && { speaker_id: id }),
              ...(speed !== 1 && { length_scale: scale }),
            },
          };
        },
      };
    },
  };
}

/**
 * The server strips all the letters of `.onnx.json` from the end of a name, instead of that suffix: `mason` is listed
 * as `ma`.
 */
function asListed(name: string): string {
  return name.replace(/[.onxjs]+$/, "");
}

/** The fields of the answer to `GET /info` that are used. */
interface Info {
  readonly voice?: { readonly name?: string };
}

interface Speaker {
  readonly voice: string;
  readonly id: number | undefined;
  readonly config: VoiceConfig;
}

/** Yields the voice itself, which means its first speaker, then each of several speakers as `VOICE:SPEAKER`. */
function* speakersOf(voice: string, config: VoiceConfig): Generator<[string, Speaker]> {
  yield [voice, { voice, id: undefined, config }];
  const ids = Object.entries(config.speaker_id_map ?? {});
  if (ids.length > 1) for (const [name, id] of ids) yield [`${voice}:${name}`, { voice, id, config }];
}

function languagesOf({ language, espeak }: VoiceConfig): string[] {
  const tag = language?.code ?? espeak?.voice;
  return tag === undefined ? [] : [tag.replaceAll("_", "-")];
}

function isVoices(value: unknown): value is Record<string, VoiceConfig> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const configs: unknown[] = Object.values(value);
  return (
    configs.length > 0 && configs.every((config) => typeof config === "object" && config !== null && "audio" in config)
  );
}
