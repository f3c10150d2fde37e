/** Where a value was written. */
export type Origin =
  /** In a file; line and column count from 1. */
  | { readonly file: string; readonly line: number; readonly column: number }
  /** An environment variable. */
  | { readonly variable: string }
  /** No source: the value is a default, or it is missing. */
  | undefined;

/** An error in the config, or something doubtful. */
export interface Problem {
  /** An error means that the config must not be used. */
  readonly severity: "error" | "warning";
  /** Where the value was written. */
  readonly origin: Origin;
  /** The path of the value from the file's root: `engine.vllm.parallelism.tensor`; empty for the whole file. */
  readonly path: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** How to fix the problem, in one sentence. */
  readonly remedy: string;
  /** The rule that found the problem, such as `vllm/heads`; absent for faults of the file itself. */
  readonly rule?: string;
  /** Where the rule comes from: a file of the engine, an issue, a page of its documentation. */
  readonly source?: string;
}

/** The text that shows people where a value was written: `duet.yaml:12:5`, `DUET_VLLM_URL`, or `default`. */
export function writeOrigin(origin: Origin): string {
  if (origin === undefined) return "default";
  return "variable" in origin ? origin.variable : `${origin.file}:${origin.line}:${origin.column}`;
}

/** A problem for people: position, path and fault on one line, the remedy below. */
export function writeProblem({ severity, origin, path, message, remedy, rule }: Problem): string {
  // The path is left out if the message already begins with the path, followed by `=` or `:`.
  const what = [
    /^[=:]/.test(message.startsWith(path) ? message.slice(path.length) : "") ? "" : path,
    rule === undefined ? "" : `[${rule}]`,
  ]
    .filter((part) => part !== "")
    .join(" ");
  return `${writeOrigin(origin)}: ${severity}: ${what === "" ? "" : `${what}: `}${message}\n    ${remedy}`;
}

/** Formats a problem on one line, for a process that cannot start because of it. */
export function writeFault({ origin, path, message, remedy }: Problem): string {
  if (origin === undefined) return `${message}: ${remedy}`;
  if ("variable" in origin) return message.includes(": ") ? `${message}. ${remedy}` : `${message}: ${remedy}`;
  return `${writeOrigin(origin)}: ${message.includes(path) ? "" : `${path}: `}${message}. ${remedy}`;
}
