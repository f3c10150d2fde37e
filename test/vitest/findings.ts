/** What is wrong with test files apart from their tests, as the pool finds it and the reporter tells it. */
export interface Findings {
  /** Notes that something is wrong with a file; `problem` reads on from the file's name. */
  add(file: string, problem: string): void;
  /** All that was noted, by file. */
  readonly problems: ReadonlyMap<string, readonly string[]>;
}

/** An empty list of findings. */
export function createFindings(): Findings {
  const problems = new Map<string, string[]>();
  return {
    problems,
    add(file, problem) {
      problems.set(file, [...(problems.get(file) ?? []), problem]);
    },
  };
}
