import { type DescField, ScalarType } from "@bufbuild/protobuf";
import { fields } from "../../engines/fields.ts";
import { EngineConfigSchema } from "../../gen/duet/config/v1/engine_pb.ts";
import { notes } from "../../gen/duet/config/v1/notes.ts";
import { profile } from "../../settings/profiles.ts";
import { settingsOf } from "../../settings/setting.ts";
import { aliases } from "../aliases.ts";
import { listProfiles } from "../profiles.ts";
import { describeSettings, type SettingDescription } from "./describe.ts";

const head = `# duet.yaml

<!-- Written by \`npm run docs\` from infra/settings, infra/engines and proto/duet/config. -->

One file says what you have and what you want: the settings of all processes, and what the engines are started with. It is
\`duet.yaml\` in the folder that a process is started in, or what \`DUET_CONFIG\` names. Nothing in it is required.

\`\`\`sh
npm run --silent duet -- config check
npm run --silent duet -- config show
npm run --silent duet -- render vllm
\`\`\`

**Environment variables come before the file.** A variable's name is \`DUET_\` and the path in capitals, with \`_\` between words:
\`vllm.url\` is \`DUET_VLLM_URL\`, \`engine.vllm.batching.maxNumSeqs\` is \`DUET_ENGINE_VLLM_BATCHING_MAX_NUM_SEQS\`. Lists are written with
commas. An empty variable counts as unset. Some names that other programs use work too, unless the variable that begins with
\`DUET_\` is set: ALIASES. Those of an engine count only if the file has that engine. Former names of settings are refused with an
error that gives the new name; the [changelog](../CHANGELOG.md#renamed-settings) lists them.

**Traces** are turned on by the standard \`OTEL_*\` variables (\`OTEL_EXPORTER_OTLP_ENDPOINT\` and so on), in the environment alone; those of vLLM
by \`engine.vllm.tracing\`.

**Secrets are never written into the file**, but named: \`apiKey: { env: NAME }\` or \`apiKey: { file: PATH }\`.

**Editors** complete and explain the file by [duet.schema.json](duet.schema.json):
\`# yaml-language-server: $schema=docs/duet.schema.json\` as its first line.

`;

/** The reference of duet.yaml: docs/config.md. */
export function configReference(): string {
  const names = Object.entries(aliases).map(([name, path]) => `\`${name}\` (\`${path}\`)`);
  return [
    head.replace("ALIASES", names.join(", ")),
    "## Profiles\n",
    table(
      ["name", "for"],
      listProfiles().map(({ name, about }) => [`\`${name}\``, about]),
    ),
    "\n`npm run --silent duet -- config show 4x4090d-voice` prints a whole profile; the files are in infra/config/profiles.\n",
    "## Settings\n",
    "Settings are grouped under the process that reads them, or under the engine to which they apply.\n",
    ...describeSettings().flatMap(({ readBy, settings }) => [
      `### ${readBy}\n`,
      table(["path", "value", "default", "what it does"], settings.flatMap(settingRow)),
      "",
    ]),
    "### Fields of `profiles.ID`\n",
    "None of these fields has a default: one that is not set behaves as if no profile were used.\n",
    table(
      ["path", "value", "what it says"],
      [...settingsOf(profile)].map(([path, { kind, does }]) => [`\`${path}\``, kind.values, does]),
    ),
    "",
    "## Engines\n",
    `${notes["duet.config.v1.EngineConfig"]}\n`,
    ...EngineConfigSchema.fields.flatMap((field) => section(field, `engine.${field.jsonName}`)),
  ].join("\n");
}

function settingRow({ path, values, fallbackInFile, does }: SettingDescription): string[][] {
  return path === undefined
    ? []
    : [[`\`${path}\``, values, fallbackInFile === "" ? "" : `\`${fallbackInFile}\``, does]];
}

function section(field: DescField, path: string): string[] {
  if (field.message === undefined) return [];
  const { message } = field;
  const rows = message.fields.flatMap((below) => fieldRow(below, `${path}.${below.jsonName}`));
  const list = field.fieldKind === "list";
  return [
    `### ${path}${list ? "[]" : ""}\n`,
    `${notes[`${field.parent.typeName}.${field.name}`]}\n`,
    ...(rows.length > 0 ? [table(["field", "value", "default", "what it is", "why"], rows), ""] : []),
    ...message.fields.flatMap((below) => section(below, `${path}${list ? "[]" : ""}.${below.jsonName}`)),
  ];
}

function fieldRow(field: DescField, path: string): string[][] {
  if (field.message !== undefined) return [];
  const { range, words, fallback, otherwise, reason } = fields[path] ?? {};
  const value =
    words !== undefined
      ? words.map((word) => `\`${word}\``).join(", ")
      : range !== undefined
        ? `${range[0]} to ${range[1]}`
        : field.scalar === ScalarType.BOOL
          ? "true, false"
          : "text";
  const kind = field.fieldKind === "list" ? `list: ${value}` : value;
  const standard = fallback === undefined ? (otherwise ?? "") : `\`${fallback}\``;
  return [
    [`\`${field.jsonName}\``, kind, standard, notes[`${field.parent.typeName}.${field.name}`] ?? "", reason ?? ""],
  ];
}

function table(titles: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("*", "\\*")).join(" | ")} |`;
  return [line(titles), `|${titles.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}
