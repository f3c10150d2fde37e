import { styleText } from "node:util";

/** One line of the log in which the launcher prints the lines of all processes. */
export interface LogLine {
  /** The name of the process that wrote the line. */
  name: string;
  /** The text of the line: one of pino's JSON lines, or anything else. */
  text: string;
  /** The level of a line, which decides its color; used if the line is not JSON, since a JSON line states its level. */
  level?: Level;
}

/** The levels that have their own color. */
export type Level = "debug" | "info" | "warn" | "error";

/** Writes one line of the log of all processes: `10:15:03 edge        turn finished total_ms=812`. */
export type Print = (line: LogLine) => void;

const colours = { debug: "gray", info: "white", warn: "yellow", error: "red" } as const;
const nameColours = ["cyan", "green", "magenta", "blue", "yellow"] as const;
const nameWidth = 10;

/** Creates a function that prints through `write`, in color if `stream` is a terminal that supports colors. */
export function createPrint(stream: NodeJS.WriteStream, write: (text: string) => void): Print {
  const names: string[] = [];
  const paint = (colour: Parameters<typeof styleText>[0], text: string) => styleText(colour, text, { stream });
  return ({ name, text, level = "info" }) => {
    if (!names.includes(name)) names.push(name);
    const entry = parseEntry(text) ?? { level, message: text, time: new Date(), fields: "" };
    const nameColour = nameColours[names.indexOf(name) % nameColours.length] as (typeof nameColours)[number];
    const message = entry.level === "info" ? entry.message : paint(colours[entry.level], entry.message);
    const fields = entry.fields === "" ? "" : ` ${paint("gray", entry.fields)}`;
    write(`${paint("gray", clockTime(entry.time))} ${paint(nameColour, name.padEnd(nameWidth))} ${message}${fields}\n`);
  };
}

/** Parses one of pino's JSON lines; undefined if the text is not one. */
export function parseEntry(text: string): { level: Level; message: string; time: Date; fields: string } | undefined {
  if (!text.startsWith("{")) return undefined;
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { level, time, service: _service, msg, ...fields } = entry;
  if (typeof level !== "string" || !(level in colours)) return undefined;
  return {
    level: level as Level,
    message: String(msg ?? ""),
    time: new Date(String(time)),
    fields: Object.entries(fields)
      .map(([key, value]) => `${key}=${show(value)}`)
      .join(" "),
  };
}

function show(value: unknown): string {
  if (typeof value === "object" && value !== null && "message" in value) return JSON.stringify(value.message);
  if (typeof value === "number" && !Number.isInteger(value)) return value.toFixed(1);
  if (typeof value === "string" && /^[^\s"=]+$/.test(value)) return value;
  return JSON.stringify(value) ?? "";
}

function clockTime(time: Date): string {
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => `${part}`.padStart(2, "0")).join(":");
}
