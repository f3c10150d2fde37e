import type { Log } from "../../../infra/log/log.ts";

// The most names that are logged: anybody could send any number of different ones.
const mostNames = 64;
const mostCharacters = 200;

/** Logs a name, such as a host or an origin, that was refused. */
export type Complain = (name: string) => void;

/** Creates a function that logs each refused name once, up to a maximum. `message` says which setting allows it. */
export function createComplaint(log: Log, field: string, message: string): Complain {
  const told = new Set<string>();
  return (whole) => {
    const name = whole.slice(0, mostCharacters);
    if (told.has(name) || told.size > mostNames) return;
    told.add(name);
    if (told.size <= mostNames) log.warn({ [field]: name }, message);
    else log.warn(`${message} (further cases are not logged)`);
  };
}
