/**
 * Puts small faults into the code, one at a time, and tells which of them no test notices:
 * `npm run mutate -- PATH ...`, where a path is a folder or a file of a room (`rooms.ts`); without one, every room.
 * What has not changed since the last run is not tried again: the results lie in .cache/mutation. With MUTATE_FRESH=1
 * each mutant has a process of its own. MUTATE_AT_ONCE mutants are tried at a time: by default one, since the tests
 * share two cores with whoever works on them. With MUTATE_LINES=20 only one line in twenty is tried, in blocks of ten,
 * the same ones each time; MUTATE_SEED draws others.
 */
import { globSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { createRandom } from "../../infra/random/random.ts";
import { mayLive } from "./living.ts";
import { beyond, type Room, rooms } from "./rooms.ts";

type MutantResult = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

const root = resolve(import.meta.dirname, "../..");
process.chdir(root);
// A mutant that a few hundred random texts do not show is hardly shown by more, which take long for each that lives.
process.env.WORDS_RUNS ??= "300";
process.env.WORDS_ROWS ??= "200";
const paths = process.argv.slice(2).map((path) => path.replace(/\/$/, ""));
const oneLineIn = Number(process.env.MUTATE_LINES ?? 1);
const seed = Number(process.env.MUTATE_SEED ?? 1);
/** What is drawn together: a condition and what stands under it. */
const blockLines = 10;
const isInside = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);

let isBelow = false;
for (const room of rooms) {
  const files = filesOf(room).filter((file) => paths.length === 0 || paths.some((path) => isInside(file, path)));
  if (files.length === 0) continue;
  const results = await mutate(room, files);
  const score = tell(room, results);
  isBelow ||= paths.length === 0 && score < room.floor;
}
// What has ended may leave a handle of a tool that is not ours.
process.exit(isBelow ? 1 : 0);

/** The files of a room that mutants are made of. */
function filesOf({ folder }: Room): string[] {
  return globSync(`${folder}/**/*.ts`)
    .filter((file) => !beyond.some(({ what }) => what.test(`/${file}`)))
    .sort();
}

/**
 * The files, or the blocks of their lines that are drawn, as Stryker takes them. Each pattern is held against every
 * file of the tree: few are fast.
 */
function drawnOf(files: readonly string[]): string[] {
  if (oneLineIn === 1) return [...files];
  const random = createRandom(seed);
  return files.flatMap((file) => {
    const count = readFileSync(file, "utf8").split("\n").length;
    return Array.from({ length: Math.ceil(count / blockLines) }, (_, block) => block * blockLines)
      .filter(() => random() * oneLineIn < 1)
      .map((before) => `${file}:${before + 1}-${before + blockLines}`);
  });
}

async function mutate({ folder, tests, first, without, load }: Room, files: string[]): Promise<MutantResult[]> {
  const tried = globSync([`${folder}/**/*.test.ts`, ...tests]).filter((file) => file !== without);
  process.env.MUTATE_TESTS = tried.sort((a, b) => Number(b === first) - Number(a === first)).join(",");
  process.env.MUTATE_LOAD = load ?? "";
  return await new Stryker({
    mutate: drawnOf(files),
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner", join(import.meta.dirname, "defaults.ts")],
    ignorers: ["defaults"],
    // "forks" is what the setting takes; the config has a pool that keeps its process.
    vitest: { configFile: "test/mutation/vitest.config.ts", pool: "forks", related: false },
    coverageAnalysis: "perTest",
    concurrency: Number(process.env.MUTATE_AT_ONCE ?? 1),
    // A loop that ends no more is found by its turns; the clock is for what waits for ever, and the machine may be
    // busy.
    timeoutMS: 10_000,
    dryRunTimeoutMinutes: 30,
    incremental: true,
    incrementalFile: join(
      ".cache/mutation",
      `${folder.replaceAll("/", "-")}${oneLineIn === 1 ? "" : `-1-in-${oneLineIn}-${seed}`}.json`,
    ),
    // Of its own: a run takes the whole folder away when it ends.
    tempDirName: `.cache/mutation/trees-${process.pid}`,
    ignorePatterns: ["/.cache", "/docs/*", "!/docs/words.md", "/examples", "/test/.out"],
    // It would be read by TypeScript's own reader, which version 7 has no more; nothing is compiled.
    tsconfigFile: "none",
    // It would parse every file of the tree, for longer than most tests run; Node does not check types.
    disableTypeChecks: false,
    reporters: ["progress-append-only"],
    logLevel: "warn",
    allowConsoleColors: false,
  } as ConstructorParameters<typeof Stryker>[0]).runMutationTest();
}

/**
 * Prints what was not noticed, and why it may be where that is known, then a line for each file and one for the room;
 * gives the room's score in percent.
 */
function tell({ folder, floor }: Room, results: readonly MutantResult[]): number {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const { status, fileName, location, mutatorName, replacement } of results) {
    if (status !== "Survived" && status !== "NoCoverage") continue;
    const file = relative(root, fileName);
    const why = mayLive(file, readFileSync(fileName, "utf8").split("\n")[location.start.line - 1] ?? "");
    const what = status === "Survived" ? "unnoticed" : "unreached";
    const place = `${file}:${location.start.line}:${location.start.column}`;
    say(`${what} ${place} ${mutatorName}: ${short(replacement)}${why === undefined ? "" : ` (may live: ${why})`}`);
  }
  for (const [file, inside] of Map.groupBy(results, ({ fileName }) => fileName))
    say(`${scoreOf(inside)} ${relative(root, file)}`);
  say(`${scoreOf(results)} ${folder}, of which ${floor} % are wanted`);
  return share(results);
}

/** Of the mutants that could be tried; one that cannot even be loaded says nothing about the tests. */
function share(results: readonly MutantResult[]): number {
  const { noticed, tried } = count(results);
  return tried === 0 ? 100 : (100 * noticed) / tried;
}

function scoreOf(results: readonly MutantResult[]): string {
  const { noticed, tried } = count(results);
  return `${share(results).toFixed(1).padStart(5)} % (${noticed} of ${tried})`;
}

function count(results: readonly MutantResult[]): { noticed: number; tried: number } {
  const noticed = results.filter(({ status }) => status === "Killed" || status === "Timeout").length;
  const missed = results.filter(({ status }) => status === "Survived" || status === "NoCoverage").length;
  return { noticed, tried: noticed + missed };
}

function short(replacement: string): string {
  const line = replacement.replace(/\s+/g, " ");
  return line.length > 90 ? `${line.slice(0, 87)}...` : line;
}
