import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

/** Asks with the keyboard. */
export async function ask(page: Page, question: string): Promise<void> {
  const field = page.locator("#ask textarea");
  await field.fill(question);
  await field.press("Enter");
}

/** Waits until a turn does what it is expected to do. */
export async function reaches(turn: Locator, state: string): Promise<void> {
  await turn.and(turn.page().locator(`[data-state="${state}"]`)).waitFor({ timeout: 30_000 });
}

/** Calls the edge as a program does, with Connect's JSON. */
export async function call<Answer>(url: string, rpc: string, request: object): Promise<Answer> {
  const response = await fetch(`${url}/duet.assistant.v1.AssistantService/${rpc}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  return (await response.json()) as Answer;
}

/** A message of a conversation, as JSON has it. */
export interface KeptMessage {
  readonly role: string;
  readonly text?: string;
  readonly heardEnd?: number;
  readonly interrupted?: boolean;
}

/** The name of the conversation that a page has open. */
export async function sessionOf(page: Page): Promise<string> {
  const name = await page.evaluate(() => sessionStorage.getItem("duet.session"));
  assert.match(name ?? "", /^[\da-f]{32}$/);
  return name as string;
}

/** What the edge keeps of the conversation that a page has open. */
export async function keptOf(page: Page, url: string): Promise<readonly KeptMessage[]> {
  const { messages = [] } = await call<{ messages?: KeptMessage[] }>(url, "GetSession", {
    sessionId: await sessionOf(page),
  });
  return messages;
}

/** Waits until something that is asked again and again is so. */
export async function until<T>(
  page: Page,
  what: string,
  read: () => Promise<T>,
  isSo: (found: T) => boolean,
): Promise<T> {
  let found = await read();
  for (let tries = 0; tries < 200 && !isSo(found); tries++) {
    await page.waitForTimeout(50);
    found = await read();
  }
  assert.ok(isSo(found), `${what}: ${JSON.stringify(found)}`);
  return found;
}
