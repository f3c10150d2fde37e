import { toVoice } from "../whole/engine.ts";
import type { Known, WholeDialect } from "../whole/server.ts";

/** How to speak; see the settings. */
export interface PiperSpeech {
  readonly speed: number;
}

/** What `GET /voices` has of a voice: its `.onnx.json`. */
interface VoiceConfig {
  readonly language?: { readonly code?: string };
  readonly espeak?: { readonly voice?: string };
  readonly inference?: { readonly length_scale?: number };
  readonly speaker_id_map?: Readonly<Record<string, number>>;
}

/**
 * Piper's HTTP server, piper/http_server.py of piper1-gpl: until 1.4 it was asked at `/`, since 1.5 at `/synthesize`, where `/info` came
 * with it. A voice that it does not know it speaks with its default one, without a word: only what it lists is asked for.
 */
export function piperDialect({ speed }: PiperSpeech): WholeDialect {
  return {
    name: "piper",
    title: "Piper",
    speed,
    keyed: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
    health: "/voices",
    // Its view returns bytes, which Flask calls a page.
    mistyped: true,
    // A fault of its own is Flask's page, which says nothing of it.
    whatItSaid: () => "",
    async learn(ask): Promise<Known> {
      const { status, value } = await ask("/voices");
      if (status !== 200 || !isVoices(value)) throw new Error("is no server of Piper 1.3 or later: it has no /voices");
      const info = await ask("/info");
      const isNew = info.status === 200;
      // It lists them by the alphabet; which one it was started with, only newer ones tell.
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
          // The name of a file is right where what is listed of it is not.
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

/** It strips letters of `.onnx.json` off the ends of names, and not that ending: `mason` is listed as `ma`. */
function asListed(name: string): string {
  return name.replace(/[.onxjs]+$/, "");
}

/** What `GET /info` has. */
interface Info {
  readonly voice?: { readonly name?: string };
}

interface Speaker {
  readonly voice: string;
  readonly id: number | undefined;
  readonly config: VoiceConfig;
}

/** A voice, which speaks as its first speaker; and, where it has several, each of them as `VOICE:SPEAKER`. */
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
