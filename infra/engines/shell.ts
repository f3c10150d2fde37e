/** A program to start. */
export interface ProgramStart {
  /** Variables that it needs besides those of its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The program and its arguments. */
  readonly args: readonly string[];
}

/** A POSIX shell's line that starts it: an option a line, quoted where it has to be. */
export function shellCommand({ env, args }: ProgramStart): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
  const lines: string[] = [];
  for (const arg of args) {
    if (lines.length === 0 || arg.startsWith("--")) lines.push(quote(arg));
    else lines[lines.length - 1] += ` ${quote(arg)}`;
  }
  return [...variables, ...lines].join(" \\\n  ");
}

function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
