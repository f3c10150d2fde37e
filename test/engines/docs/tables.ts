import { describedEngines } from "../../../infra/config/described.ts";
import { loadConfig } from "../../../infra/config/load.ts";
import { fishReleases } from "../../../infra/engines/fish/releases.ts";
import { speechServers } from "../../../infra/engines/speech/servers.ts";
import { transcribeServers } from "../../../infra/engines/transcribe/servers.ts";
import { fishModes } from "../../../services/synthesize/engines/fish/modes.ts";
import { type Dialect, dialects } from "../../../services/synthesize/engines/speech/dialects.ts";
import { models } from "../../../services/synthesize/engines/vits/models.ts";

/** The document with its tables made current. Throws if it has no place for one. */
export function withTables(document: string): string {
  return replace(replace(document, "how Duet speaks with them", spokenWith()), "what starts them", startedBy());
}

function replace(document: string, name: string, table: string): string {
  const begin = `<!-- The table of ${name}: npm run docs writes it. -->`;
  const end = `<!-- End of the table of ${name}. -->`;
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the document has no place for a table: ${begin} … ${end}`);
  return `${document.slice(0, from)}${begin}\n${table}\n${document.slice(to)}`;
}

function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const head = [
  "address",
  "server",
  "streams",
  "texts at once",
  "stops when left",
  "samples a second",
  "speed",
  "style",
  "language",
];

/** What the adapters know of each server. */
function spokenWith(): string {
  const fish = Object.entries(fishModes).map(([name, { streams }]) => [
    ...["`DUET_FISH_URL`", `Fish-Speech ${name}`, streams ? "by sentence" : "no", "1", "no", "44,100", "no"],
    ...["by reference", "of the text"],
  ]);
  const speech = Object.entries(dialects).map(([name, dialect]) => ["`DUET_SPEECH_URL`", name, ...cellsOf(dialect)]);
  const vits = Object.entries(models).map(([name, { emotions }]) => [
    ...["`DUET_VITS_URL`", `vits-simple-api, ${name}`, "no", "1 (`DUET_VITS_SLOTS`)", "no", "of the voice", "yes"],
    ...[emotions ? "`DUET_VITS_EMOTION`" : "no", "`DUET_VITS_LANGUAGE`"],
  ]);
  const piper = [
    ...["`DUET_PIPER_URL`", "Piper 1.3 and later", "no", "1 (`DUET_PIPER_SLOTS`)", "no", "of the voice", "yes", "no"],
    "of the voice",
  ];
  return toTable(head, [...speech, ...vits, piper, ...fish]);
}

function cellsOf({ stream, slots, stops, takes, sampleRateHertz }: Dialect): string[] {
  return [
    stream === undefined ? "no" : "yes",
    slots === undefined ? "learnt" : `${slots}`,
    stops === "samples" ? "where it sends samples" : stops ? "yes" : "no",
    takes.sampleRate ? "as asked" : toldOr(sampleRateHertz),
    takes.speed === "whole" ? "in whole answers" : "yes",
    takes.instructions ? "`DUET_SPEECH_INSTRUCTIONS`" : "no",
    takes.language === undefined ? "of the voice or text" : `\`${takes.language}\``,
  ];
}

/** Where neither a header of the answer nor one of the file tells it, it is the usual one. */
function toldOr(hertz: number | undefined): string {
  return `told, else ${(hertz ?? 24_000).toLocaleString("en")}`;
}

/** A command line with its variables, as a cell; empty if the image says all of it. */
function toCommand({
  env,
  args,
}: {
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}) {
  const words = [...Object.entries(env).map(([variable, value]) => `${variable}=${value}`), ...args];
  return words.length === 0 ? "" : `\`${words.join(" ").replaceAll("|", "\\|")}\``;
}

/** What `duet render` makes of each server's record. */
function startedBy(): string {
  const speech = Object.keys(speechServers).map((name) => ["speech", `server: ${name}`] as const);
  const fish = Object.keys(fishReleases).map((name) => ["fish", `version: ${JSON.stringify(name)}`] as const);
  const rest = [["vits", "device: cuda"] as const, ["piper", "device: cpu"] as const];
  const ears = Object.keys(transcribeServers).map((name) => ["transcribe", `server: ${name}`] as const);
  const rows = [...speech, ...rest, ...fish, ...ears].map(([engine, line]) => {
    const { config } = loadConfig({}, `engine: { ${engine}: { ${line} } }`);
    return describedEngines(config).map(({ engine: record, plan }) => {
      const [{ env, args } = { env: {}, args: [] }] = record.commands(plan);
      const [server] = record.servers(plan);
      const inside = { env: server?.env ?? {}, args: server?.args ?? [] };
      const memory = record.cards(plan).map(({ memoryGib }) => `${memoryGib} GiB`);
      return [
        ...[`\`${engine}: { ${line} }\``, toCommand({ env, args }), `\`${server?.image}\``],
        ...[toCommand(inside), `${server?.port}`, memory[0] ?? "none"],
      ];
    });
  });
  const columns = ["command", "image", "in its container", "port there", "memory of a card"];
  return toTable(["`engine` in duet.yaml", ...columns], rows.flat());
}
