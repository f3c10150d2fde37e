import { address, choice, decimal, file, name, text, whole } from "./kinds.ts";
import { pairs } from "./pairs.ts";
import { optional, setting } from "./setting.ts";

/** The settings of Synthesize: `synthesize` in duet.yaml. The settings of its engines are declared in infra/engines. */
export const synthesize = {
  listen: setting(address, { host: "127.0.0.1", port: 50_052 }, "Where Synthesize listens for gRPC."),
  adminListen: setting(
    address,
    { host: "127.0.0.1", port: 9052 },
    "Where Synthesize serves /metrics and health over HTTP.",
  ),
  maxSessions: optional(
    whole(1, 10_000),
    "The most texts that Synthesize speaks concurrently; more are refused. Unset: as many as its engines can carry, judged by how fast they have been.",
  ),
  engine: optional(
    name,
    "The engine, such as `speech`, that speaks where a request names no voice, or names a voice without its engine. All engines that have an address speak: their voices are called `fish/emma`, `speech/zf_xiaoxiao`. Unset: the first of them, in the order of docs/config.md.",
  ),
  substitutes: setting(
    pairs,
    {},
    "For each voice, the one that takes over when its engine cannot speak: `fish/emma: speech/zf_xiaoxiao`, in an environment variable `fish/emma=speech/zf_xiaoxiao`. An engine's name alone stands for all its voices that are not listed. A voice without a substitute is unavailable while its engine cannot speak.",
  ),
  segmentMaxCharacters: setting(
    whole(20, 120),
    80,
    "The most characters of written text in one engine request. Longer ones make Fish-Speech repeat or skip words.",
  ),
  lexicon: optional(
    file,
    "A YAML file of pronunciations, by language, for words that would be said wrongly (docs/words.md). It is read again when it has changed.",
  ),
  cache: {
    maxBytes: setting(
      whole(0, 64 * 2 ** 30),
      64 * 2 ** 20,
      "The size of the speech cache in memory, in bytes: a clause that comes again is not synthesized again; 0: no cache. 64 MiB: 12 minutes at 44.1 kHz, several hundred clauses.",
    ),
    revision: setting(
      text,
      "",
      "Any text. Change it when a voice sounds different under the same name: speech cached before is then no longer used.",
    ),
    prewarm: optional(
      file,
      "A file of texts, one per line, whose speech in the default voice is made in advance and cached while nobody else needs the engine: greetings, and what is said often.",
    ),
  },
  opener: {
    minSeconds: optional(
      decimal(0, 10),
      "The least length of a text's first segment, in seconds of speech. Unset: computed by weighing how often the engine garbles very short speech, as Fish-Speech does (fish-speech#451), against the wait for more text.",
    ),
    mode: setting(
      choice(["soft", "written", "list"]),
      "soft",
      "How much of a text must have arrived before its first words are spoken. written: everything up to its first punctuation mark. soft: the same if that mark comes in time, else everything up to the best place between two words once there is enough to speak. list: as soft, and where an answer would be late, the model is asked to begin with a listed opening (docs/openings.md).",
    ),
    listFromMs: setting(
      whole(0, 60_000),
      600,
      "A listed opening is used only where the first words of an answer would otherwise be heard later than this, and only an opening that ends in time for them. 600 ms: an idle engine is faster, and an opening would only delay the answer. 0: always used, even where it delays the answer.",
    ),
    waitMs: setting(
      whole(0, 10_000),
      400,
      "When the model has written nothing for this long, the first segment is spoken as it is, however short.",
    ),
  },
};
