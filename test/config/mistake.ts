/** A mistake in a config, and what is said of it. */
export interface Mistake {
  /** What somebody has done. */
  readonly what: string;
  /** The config file. */
  readonly yaml: string;
  /** The line that is named. */
  readonly line: number;
  readonly path: string;
  readonly says: RegExp;
  readonly remedy: RegExp;
  /** It is doubtful, and no error. */
  readonly doubtful?: true;
  /** Files beside the config. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The config of one vLLM server, from the YAML below `engine.vllm`: its first line is line 4. */
export const vllm = (yaml: string, host = "gpuCount: 1"): string =>
  `engine:\n  host: { ${host} }\n  vllm:\n${yaml.replace(/^/gm, "    ")}\n`;

/** The same with Fish-Speech. */
export const fish = (yaml: string, above = "synthesize: { maxSessions: 8 }"): string =>
  `engine:\n  host: { gpuCount: 4 }\n  fish:\n${yaml.replace(/^/gm, "    ")}\n${above}\n`;

/** A mistake in one line of a table. */
export function m(
  what: string,
  yaml: string,
  line: number,
  path: string,
  says: RegExp,
  remedy: RegExp,
  doubtful?: "doubtful",
): Mistake {
  return { what, yaml, line, path, says, remedy, ...(doubtful === undefined ? {} : { doubtful: true }) };
}
