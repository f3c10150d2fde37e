import { parseArgs } from "node:util";

/** A command-line option. */
export interface CliOption {
  /** The placeholder for the option's value in the help: `PORT`. */
  value: string;
  /** The option's description in the help. */
  does: string;
}

/** Parses `--name value` options; prints the help and exits if requested, or if an option is unknown. */
export function readOptions<Name extends string>(
  about: string,
  options: Record<Name, CliOption>,
  notes: string,
): Partial<Record<Name, string>> {
  const named = Object.entries<CliOption>(options);
  try {
    const { values } = parseArgs({
      options: {
        help: { type: "boolean", short: "h" },
        ...Object.fromEntries(named.map(([name]) => [name, { type: "string" as const }])),
      },
    });
    if (values.help) {
      process.stdout.write(
        `${about}\n\n${table(named.map(([name, { value, does }]) => [`--${name} ${value}`, does]))}\n\n${notes}\n`,
      );
      process.exit(0);
    }
    return values as Partial<Record<Name, string>>;
  } catch (error) {
    throw new Error(`${(error as Error).message} Try --help.`);
  }
}

/** Formats rows of two texts as a table: one line per row, with the second texts aligned. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join("\n");
}

/** Parses the number given for an option; `undefined` if the option is not given. Throws if `text` is not a number. */
export function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text === "" || !Number.isFinite(value) || value < 0)
    throw new Error(`--${name} ${text}: must be a number, at least 0`);
  return value;
}

/** Returns the value of an option if the value is a key of `names`; throws otherwise. */
export function oneOf<Name extends string>(option: string, value: string, names: Record<Name, unknown>): Name {
  if (!Object.hasOwn(names, value))
    throw new Error(`--${option} ${value}: must be one of ${Object.keys(names).join(", ")}`);
  return value as Name;
}

/** Whether the value given for an option is `on`; throws if it is neither `on` nor `off`. */
export function flagOf(option: string, value: string): boolean {
  return oneOf(option, value, { on: true, off: false }) === "on";
}

/** Copies an object without its undefined values, so that these do not override defaults when the copy is spread. */
export function given<T extends object>(values: { [K in keyof T]?: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
