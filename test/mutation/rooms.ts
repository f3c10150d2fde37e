/** What is mutated, by which tests, and what the tests must notice. */

/** A folder that is mutated as one. */
export interface Room {
  /** From the root of the tree. */
  readonly folder: string;
  /** Globs of the tests that are tried on its mutants, besides those inside the folder. */
  readonly tests: readonly string[];
  /** Of those inside and besides, the ones that notice most, and soon: tried before the others. */
  readonly first?: string;
  /** Of those inside, what is not tried: it would take long for each mutant that lives, and notices no more. */
  readonly without?: string;
  /** Is loaded before the tests, to compute what they would compute at first use: for each mutant anew. */
  readonly load?: string;
  /** The share of its mutants that a full run must notice, in percent. */
  readonly floor: number;
}

const text = "services/synthesize/text/*.test.ts";

/** From the core outwards. Only tests that load the mutated file into their own process can notice anything. */
export const rooms: readonly Room[] = [
  { folder: "services/synthesize/schedule", tests: ["test/stories/*.test.ts"], floor: 85 },
  { folder: "services/synthesize/text/segmenter", tests: [text], floor: 85 },
  {
    folder: "services/synthesize/text/spoken",
    tests: [text, "services/cli/explain.test.ts", "test/words/rulebook/names.test.ts"],
    first: "services/synthesize/text/spoken/readings.test.ts",
    // It asks what a text costs; a mutant that goes on for ever is found by its turns.
    without: "services/synthesize/text/spoken/termination.test.ts",
    load: "test/mutation/load/tables.ts",
    floor: 85,
  },
  { folder: "services/synthesize/speak", tests: ["test/stories/*.test.ts"], floor: 85 },
  { folder: "services/synthesize/audio", tests: [], floor: 85 },
  { folder: "services/synthesize/cache", tests: ["test/synthesize/cache/redis.test.ts"], floor: 75 },
  { folder: "services/synthesize/openings", tests: ["services/synthesize/schedule/**/*.test.ts"], floor: 75 },
  { folder: "services/common/admission", tests: [], floor: 85 },
  { folder: "services/common/engine", tests: ["test/common/engine-http.test.ts"], floor: 75 },
  { folder: "services/common/errors", tests: ["test/common/errors.test.ts"], floor: 75 },
  { folder: "services/generate/pool", tests: [], floor: 85 },
  { folder: "services/generate/layers", tests: [], floor: 85 },
  {
    folder: "services/generate/engines/openai",
    tests: ["test/generate/{answer,hidden,refusals,wire}.test.ts"],
    floor: 75,
  },
  { folder: "edge/turn", tests: [], floor: 85 },
  { folder: "edge/session", tests: ["test/sessions/{heard,store}.test.ts"], floor: 85 },
  {
    folder: "edge/rpc",
    tests: ["test/edge/{bad-input,deadlines,start-turn}.test.ts", "test/faces/chat.test.ts"],
    floor: 75,
  },
  { folder: "infra/balance", tests: [], floor: 75 },
  { folder: "infra/cost", tests: [], floor: 75 },
  { folder: "infra/stream", tests: [], floor: 75 },
];

/** What no mutant is made of, though it lies in a room. */
export const beyond: readonly { readonly what: RegExp; readonly why: string }[] = [
  { what: /\/gen\//, why: "is generated" },
  { what: /\.test\.ts$|\.fixture\.ts$/, why: "is a test" },
  { what: /\/soft\/han\/words\.ts$/, why: "is a table of words: a test of a row would repeat it" },
  { what: /\/segmenter\/oracle\//, why: "is the model that tests hold the segmenter against" },
  {
    what: /\/(?:segment-spans|layers\/spans|stages\/span|call-spans)\.ts$/,
    why: "makes spans: test/tracing reads those of processes of their own",
  },
  { what: /\/main\.ts$/, why: "is a program: tests start it as a process of its own, where no mutant is switched on" },
  { what: /\/edge\/session\/store\/redis\.ts$/, why: "needs Redis, which a test starts as a process for each run" },
  {
    what: /\/spoken\/.*\/(?:table|(?:latex-)?names|units|words)\.ts$/,
    why: "is a table of words: a test of a row would repeat it",
  },
  { what: /\/spoken\/(?:facts|readings)\//, why: "is what tests hold readings against" },
];
