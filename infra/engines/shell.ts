/** An argument whose value is a secret: the program is given it, and nothing that is printed holds it. */
export interface SecretArgument {
  /** `--api-key`. */
  readonly flag: string;
  /** The variable that holds the value where the program is started. */
  readonly variable: string;
}

/** A program to start. */
export interface ProgramStart {
  /** Variables that it needs besides those of its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The program and its arguments. */
  readonly args: readonly string[];
  /** Arguments after these. */
  readonly secretArgs: readonly SecretArgument[];
  /** Variables whose values are secrets: what the program calls them, and what holds them where it is started. */
  readonly secretEnv?: Readonly<Record<string, string>>;
}

/** A POSIX shell's line that starts it: an option a line, quoted where it has to be. */
export function shellCommand({ env, args, secretArgs, secretEnv = {} }: ProgramStart): string {
  const keys = Object.entries(secretEnv).map(([name, variable]) => `${name}="$${variable}"`);
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
  const lines: string[] = [];
  for (const arg of args)
    if (lines.length === 0 || arg.startsWith("--")) lines.push(quote(arg));
    else lines[lines.length - 1] += ` ${quote(arg)}`;
  const secrets = secretArgs.map(({ flag, variable }) => `${flag} "$${variable}"`);
  return [...keys, ...variables, ...lines, ...secrets].join(" \\\n  ");
}

/** A word as a POSIX shell takes it. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
