import { recall, recallInTab, remember, rememberInTab } from "../memory.ts";

// 128 bits: nobody guesses a name, and with a name alone a conversation can be read where no key is needed.
const nameBytes = 16;

/** A name that nobody else has. */
export function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(nameBytes));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The person who uses this browser; where credentials name one, the server goes by them. */
export function personName(): string {
  const known = recall("person") ?? newName();
  remember("person", known);
  return known;
}

/** The conversation that this tab had open before it was loaded again; undefined if it had none. */
export function rememberedSession(): string | undefined {
  return recallInTab("session") || undefined;
}

/** Remembers which conversation this tab has open; empty for one in which nothing was said yet. */
export function rememberSession(name: string): void {
  rememberInTab("session", name);
}
