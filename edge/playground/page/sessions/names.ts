import { recall, recallInTab, remember, rememberInTab } from "../memory.ts";

// 128 bits, so that nobody can guess a conversation's name: where no API key is needed, the name alone gives access.
const nameBytes = 16;

/** A new, random name for a conversation. */
export function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(nameBytes));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The id of this browser's user; where credentials name a person, the server uses that name instead. */
export function personName(): string {
  const known = recall("person") ?? newName();
  remember("person", known);
  return known;
}

/** The conversation that this tab had open before a reload; undefined if it had none. */
export function rememberedSession(): string | undefined {
  return recallInTab("session") || undefined;
}

/** Remembers which conversation this tab shows; an empty name stands for a new conversation. */
export function rememberSession(name: string): void {
  rememberInTab("session", name);
}
