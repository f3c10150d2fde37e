import type { Log } from "../../../infra/log/log.ts";

// Whoever likes can send any number of names: what is told of them has an end.
const mostNames = 64;
const mostCharacters = 200;

/** Tells the log of a name that was refused. */
export type Complain = (name: string) => void;

/** Tells of each name once, and of no more than some: `message` names the setting that would let it in. */
export function createComplaint(log: Log, field: string, message: string): Complain {
  const told = new Set<string>();
  return (whole) => {
    const name = whole.slice(0, mostCharacters);
    if (told.has(name) || told.size > mostNames) return;
    told.add(name);
    if (told.size <= mostNames) log.warn({ [field]: name }, message);
    else log.warn(`${message}: more of them are not told`);
  };
}
