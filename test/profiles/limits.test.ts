import assert from "node:assert/strict";
import type { ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, it, type TestContext } from "vitest";
import { loadConfig } from "../../infra/config/load.ts";
import type { Profiles } from "../../infra/settings/profiles.ts";
import { bearer, createKeysFile } from "../access/credentials.ts";
import { eventually, startEdges, startOne, told } from "../access/edges.ts";
import { readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";

const { profiles = new Map() as Profiles } = loadConfig(
  {},
  `profiles:
  busy: { limits: { requestsPerMinute: 4 } }
  narrow: { limits: { turnsAtOnce: 2 } }
  short: { limits: { audioSecondsPerDay: 12 } }
`,
).config.settings;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.02 });
});
afterAll(() => stack.close());

/** An edge, and callers of two tenants. */
async function start(context: TestContext) {
  const file = createKeysFile();
  context.onTestFinished(() => file.remove());
  const callers = file.write(["tenant: acme", "tenant: other"]).map(bearer);
  const { client } = await startOne(context, stack, { access: "keys", keys: { file: file.path }, profiles });
  const speak = (profile: string, caller = 0) =>
    readTurn(client.speak({ text: "This is about as long as two seconds are.", profile }, callers[caller])).then(
      () => "let in",
      (error: ConnectError) => ({ ...told(error), retryAfter: undefined }),
    );
  return { client, callers, speak };
}

describe("the limits of a profile", () => {
  it("count the turns that begin in a minute, of all tenants together, and no other calls", async (context) => {
    const { client, callers, speak } = await start(context);
    for (let count = 0; count < 6; count++) await client.listVoices({ profile: "busy" }, callers[0] ?? {});
    for (let count = 0; count < 4; count++) assert.equal(await speak("busy", count % 2), "let in");
    const refusal = {
      reason: "TOO_MANY_REQUESTS",
      quota: [["profile busy", "4 requests a minute"]],
      retrySeconds: 45,
      retryAfter: undefined,
    };
    assert.deepEqual([await speak("busy"), await speak("busy", 1)], [refusal, refusal]);
    assert.equal(await speak("narrow"), "let in", "another profile has its own");
    assert.equal(await speak(""), "let in");
  });

  it("hold back audio of a day", async (context) => {
    const { speak } = await start(context);
    const answers: unknown[] = [];
    for (let count = 0; count < 8; count++) answers.push(await speak("short", count % 2));
    assert.deepEqual(
      [answers[0], answers.at(-1)],
      [
        "let in",
        {
          reason: "AUDIO_QUOTA_USED",
          quota: [["profile short", "12 seconds of audio a day"]],
          retrySeconds: 43_185,
          retryAfter: undefined,
        },
      ],
    );
  });

  it("hold turns at once over two edges, and give their slots back", async (context) => {
    const { edges } = await startEdges(context, stack, 2, { profiles });
    const leaving = new AbortController();
    const { signal } = leaving;
    const read = (index: number, profile: string) =>
      Array.fromAsync(
        edges[index % 2]?.client.converse({ text: "[[tokens:2000]]", profile }, { signal }) as never,
      ).then(
        () => "ended",
        (error: ConnectError) => told(error).reason ?? "left",
      );
    const running = [read(0, "narrow"), read(1, "narrow")];
    await eventually(
      async () => edges.map(({ edge }) => edge.turnCount).join(),
      (counts) => counts === "1,1",
    );
    assert.equal(await read(0, "narrow"), "TOO_MANY_TURNS_OF_PROFILE");
    assert.equal(await read(1, "narrow"), "TOO_MANY_TURNS_OF_PROFILE");
    leaving.abort();
    assert.deepEqual(await Promise.all(running), ["left", "left"]);
    await eventually(
      () =>
        readTurn(edges[0]?.client.speak({ text: "And now?", profile: "narrow" }) as never).then(
          () => "let in",
          () => "full",
        ),
      (answer) => answer === "let in",
    );
  });
});
