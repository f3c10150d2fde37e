/** Where a value was written. */
export type Origin =
  /** A file; line and column count from 1. */
  | { readonly file: string; readonly line: number; readonly column: number }
  /** An environment variable. */
  | { readonly variable: string }
  /** Nowhere: a default, or what is missing. */
  | undefined;

/** Something that is wrong with the config, or doubtful. */
export interface Problem {
  /** An error keeps the config from being used. */
  readonly severity: "error" | "warning";
  /** Where the value was written. */
  readonly origin: Origin;
  /** Which value, from the file's root: `engine.vllm.parallelism.tensor`; empty for the whole file. */
  readonly path: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly remedy: string;
  /** The rule that found it, such as `vllm/heads`; absent for faults of the file itself. */
  readonly rule?: string;
  /** Where the rule comes from. */
  readonly source?: string;
}

/** The place, for people: `duet.yaml:12:5`, `DUET_VLLM_URL`, or `default`. */
export function writeOrigin(origin: Origin): string {
  if (origin === undefined) return "default";
  return "variable" in origin ? origin.variable : `${origin.file}:${origin.line}:${origin.column}`;
}

/** One problem as people read it: place, path and fault in a line, the remedy below. */
export function writeProblem({ severity, origin, path, message, remedy, rule }: Problem): string {
  // Some messages begin with the path, and a value that is written there.
  const what = [
    /^[=:]/.test(message.startsWith(path) ? message.slice(path.length) : "") ? "" : path,
    rule === undefined ? "" : `[${rule}]`,
  ]
    .filter((part) => part !== "")
    .join(" ");
  return `${writeOrigin(origin)}: ${severity}: ${what === "" ? "" : `${what}: `}${message}\n    ${remedy}`;
}

/** One problem as a process tells it that does not start for it: a line. */
export function writeFault({ origin, path, message, remedy }: Problem): string {
  if (origin === undefined) return `${message}: ${remedy}`;
  if ("variable" in origin) return message.includes(": ") ? `${message}. ${remedy}` : `${message}: ${remedy}`;
  return `${writeOrigin(origin)}: ${message.includes(path) ? "" : `${path}: `}${message}. ${remedy}`;
}
