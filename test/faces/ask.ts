import assert from "node:assert/strict";

/** What an answer in OpenAI's form says of an error. */
export interface ToldError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** What came, of which a test looks at what it likes. */
// biome-ignore lint/suspicious/noExplicitAny: an assertion says what it is
export type Came = any;

/** Posts JSON. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });
}

/** Reads an error, and holds it to its form: JSON, all four keys, an id, and whether to try again. */
export async function readError(response: Response): Promise<ToldError> {
  assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
  assert.match(response.headers.get("x-request-id") ?? "", /^req_\w+$/);
  assert.match(response.headers.get("x-should-retry") ?? "", /^(?:true|false)$/);
  const { error, ...rest } = (await response.json()) as { error: ToldError };
  assert.deepEqual(rest, {});
  assert.deepEqual(Object.keys(error).sort(), ["code", "message", "param", "type"]);
  assert.ok(error.message.length > 0);
  return error;
}

/** The events of a stream, without `[DONE]`; `done` says whether that came. */
export async function readEvents(response: Response): Promise<{ events: Came[]; done: boolean }> {
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  const lines = (await response.text()).split("\n\n").filter((line) => line.startsWith("data: "));
  const data = lines.map((line) => line.slice("data: ".length));
  return {
    events: data.filter((line) => line !== "[DONE]").map((line) => JSON.parse(line)),
    done: data.at(-1) === "[DONE]",
  };
}
