import { readFileSync } from "node:fs";
import { listProfiles } from "../../../infra/config/profiles.ts";

/** What a text must come to, however it is written: a dollar sign, words of YAML 1.1, quotes, letters of all kinds. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is to be one for nobody.
export const awkward = "cost $5 $$6 $(HOME) ${HOME} $(POD_NAMESPACE) 'no' \"yes\" # 12:30 é 你好 \\";

const quoted = JSON.stringify(awkward);

/** Configs that are rendered and read again: every profile that is shipped, and what none of them has. */
export const configs: Readonly<Record<string, string>> = {
  ...Object.fromEntries(listProfiles().map(({ name, file }) => [name, readFileSync(file, "utf8")])),
  nothing: "",
  awkward: `edge: { instructions: ${quoted}, openai: { voices: { alloy: 'no', nova: 'on' } } }\n`,
  files: `
edge: { access: keys, keys: { file: keys.yaml } }
synthesize: { lexicon: words.yaml, cache: { prewarm: hello.txt } }
profiles: { shop: { lexicon: shop/words.yaml }, a.b: { lexicon: 发音.yaml, instructions: ${quoted} } }
`,
  stores: "redis: { url: 'redis://duet-redis', cacheUrl: 'redis://duet-redis-cache:7000', cacheMaxBytes: 100000000 }\n",
  secrets: `
serviceToken: { env: TOKEN }
redis: { url: { env: STATE_URL }, cacheUrl: { env: CACHE_URL } }
vllm: { url: { env: GPU_URL }, apiKey: { env: GPU_KEY } }
fish: { url: 'http://gpu:8080', apiKey: { env: VOICE_KEY } }
`,
  open: "edge: { listen: '[fd00::7]:8443', openToAll: true, allowedHosts: [voice.lan] }\n",
  ...Object.fromEntries(
    ["1.4.3", "1.5.1", "s1", "s2"].map((version) => [
      `fish ${version}`,
      `synthesize: { maxSessions: 5 }\nfish: { mode: ${version === "1.4.3" ? "'1.4'" : version} }\nengine: { fish: { version: ${version} } }\n`,
    ]),
  ),
};

/** Those that are rendered with what watches them. */
export const observed: ReadonlySet<string> = new Set(["nothing", "4x4090d-voice"]);
