import { type SettingName, settings } from "./settings.ts";

/** Parts of duet.yaml that group settings: DUET_VLLM_URL is `vllm.url`, DUET_MAX_TURNS is `maxTurns`. */
const groups = ["generate", "synthesize", "vllm", "fish", "log", "redis", "tls"];

/** Where a setting stands in duet.yaml. Its variable is DUET_ and this path in capitals, `_` between words. */
export function pathOf(name: SettingName): string {
  const words = name.toLowerCase().split("_").slice(1);
  const [first = "", ...rest] = words;
  return groups.includes(first) && rest.length > 0 ? `${first}.${camelCase(rest)}` : camelCase(words);
}

/** The variable that sets a path of duet.yaml, by the same rule for settings and engines. */
export function variableOf(path: string): string {
  return `DUET_${path.replace(/\./g, "_").replace(/(?<=[a-z\d])(?=[A-Z])/g, "_")}`.toUpperCase();
}

/** Every setting by its path. */
export const settingPaths: ReadonlyMap<string, SettingName> = new Map(
  (Object.keys(settings) as SettingName[]).map((name) => [pathOf(name), name]),
);

/**
 * Names that the field uses already, and what they set here. The name that begins with DUET_ comes before them.
 * Those of an engine count only where the config has that engine: they are common words, and must not conjure one up.
 */
export const aliases: Readonly<Record<string, string>> = {
  REDIS_URL: "redis.url",
  MODEL_NAME: "engine.vllm.model.name",
  MAX_SEQ_LEN: "engine.vllm.context.maxModelLen",
  TTS_MODEL_PATH: "engine.fish.llamaCheckpointPath",
  DEVICE: "engine.fish.device",
};

function camelCase(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join("");
}
