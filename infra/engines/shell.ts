/** An argument with a secret value: it is passed to the program, but never printed. */
export interface SecretArgument {
  /** The flag, such as `--api-key`. */
  readonly flag: string;
  /** The variable that contains the value in the environment where the program is started. */
  readonly variable: string;
}

/** A program to start. */
export interface ProgramStart {
  /** Variables to add to the program's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The program and its arguments. */
  readonly args: readonly string[];
  /** Secret arguments, to be appended to `args`. */
  readonly secretArgs: readonly SecretArgument[];
  /**
   * Variables with secret values: maps the name that the program uses to the variable that contains the value where the
   * program is started.
   */
  readonly secretEnv?: Readonly<Record<string, string>>;
}

/** A POSIX shell command that starts the program: one option per line, quoted where necessary. */
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

/** Quotes a word for a POSIX shell. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
