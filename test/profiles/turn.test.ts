import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { ConverseRequestSchema } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { readTurn } from "../support/events.ts";
import { type Client, type ProfileHouse, saidOf, startHouse } from "./fixture.ts";

let house: ProfileHouse;
let edge: Awaited<ReturnType<ProfileHouse["startEdge"]>>;
let client: Client;
beforeAll(async () => {
  house = await startHouse();
  edge = await house.startEdge();
  ({ client } = edge);
});
afterAll(async () => {
  await edge?.end();
  await house?.close();
});

/** What came of a turn: what the model was asked, and what was heard. */
async function converse(request: MessageInitShape<typeof ConverseRequestSchema>) {
  const { started, events } = await readTurn(client.converse({ text: "[[say:Zed of ACME.]] Who?", ...request }));
  const body = house.stack.vllm.seen().at(-1)?.body as Sent;
  return {
    instructions: body.messages[0]?.content,
    tokens: body.max_tokens,
    temperature: body.temperature,
    voice: started.voice,
    language: started.language,
    spoken: events.flatMap(({ event }) => (event.case === "segment" ? [event.value.spoken] : [])).join(" "),
  };
}
interface Sent {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly max_tokens: number;
  readonly temperature?: number;
}

const ordinary = {
  instructions: "Answer briefly.",
  tokens: 512,
  temperature: undefined,
  voice: "fish/emma",
  language: "en",
};
type Heard = Awaited<ReturnType<typeof converse>>;
const rows: [
  what: string,
  request: MessageInitShape<typeof ConverseRequestSchema>,
  expected: { [Name in keyof Heard]?: Heard[Name] | undefined },
][] = [
  ["no profile", {}, { ...ordinary, spoken: "zett of a c m e." }],
  [
    "a profile",
    { profile: "shop" },
    {
      instructions: "You sell bicycles.",
      tokens: 40,
      temperature: 0.3,
      voice: "fish/hans",
      language: "en",
      spoken: "zett of ack me.",
    },
  ],
  [
    "another one",
    { profile: "museum" },
    { instructions: "You show a museum.", voice: "fish/emma", language: "zh-CN", spoken: "zett of艾克美。" },
  ],
  ["a profile that says nothing of it", { profile: "plain" }, { ...ordinary, tokens: 60, spoken: "zett of a c m e." }],
  [
    "instructions of the request stand behind",
    { profile: "shop", instructions: "Be kind." },
    { instructions: "You sell bicycles.\n\nBe kind." },
  ],
  ["or alone where the profile has none", { profile: "plain", instructions: "Be kind." }, { instructions: "Be kind." }],
  [
    "voice and language of the request go first",
    { profile: "shop", voice: "emma", language: "de" },
    { voice: "fish/emma", language: "de" },
  ],
  [
    "so do tokens and temperature",
    { profile: "shop", generation: { maxTokens: 12, temperature: 0 } },
    { tokens: 12, temperature: 0 },
  ],
  [
    "but for limits",
    { profile: "shop", generation: { maxTokens: 600, temperature: 2 } },
    { tokens: 60, temperature: 1 },
  ],
];
describe("what a turn is made of", () => {
  it.each(rows)("%s", async (_, request, expected) => {
    const heard = await converse(request);
    const got = Object.fromEntries(Object.keys(expected).map((name) => [name, heard[name as keyof Heard]]));
    assert.deepEqual(got, expected);
  });

  it("is as much so for a text that is given", async () => {
    const speak = async (profile: string, voice = "") => {
      const { started, events } = await readTurn(client.speak({ text: "Zed of ACME.", profile, voice }));
      const spoken = events.flatMap(({ event }) => (event.case === "segment" ? [event.value.spoken] : []));
      return [started.profile, started.voice, started.language, spoken.join(" ")];
    };
    assert.deepEqual(await speak(""), ["", "fish/emma", "", "zett of a c m e."]);
    assert.deepEqual(await speak("shop"), ["shop", "fish/hans", "en", "zett of ack me."]);
    assert.deepEqual(await speak("museum"), ["museum", "fish/emma", "zh-CN", "zett of艾克美。"]);
    assert.deepEqual(await speak("shop", "emma"), ["shop", "fish/emma", "en", "zett of ack me."]);
  });

  it("two assistants at once, each with its own", async () => {
    const turns = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const profile = index % 2 === 0 ? "shop" : "museum";
        const { events } = await readTurn(client.converse({ text: `[[say:ACME ${index}.]]`, profile }));
        return events.flatMap(({ event }) => (event.case === "segment" ? [event.value.spoken] : [])).join(" ");
      }),
    );
    for (const [index, spoken] of turns.entries()) assert.match(spoken, index % 2 === 0 ? /^ack me / : /^艾克美/);
    const asked = house.stack.vllm.seen().slice(-8) as unknown as { body: Sent }[];
    for (const { body } of asked) {
      const even = /ACME [02468]/.test(body.messages.at(-1)?.content ?? "");
      assert.equal(body.messages[0]?.content, even ? "You sell bicycles." : "You show a museum.");
    }
  });
});

it("a lexicon of a profile is read again when it has changed", async () => {
  const lexicon = join(house.files, "shop.yaml");
  writeFileSync(lexicon, "all: { ACME: ack you }\n");
  assert.equal((await converse({ profile: "shop" })).spoken, "zett of ack you.");
  writeFileSync(lexicon, "all: { ACME: ack me, Derby: dar bee }\n");
  assert.equal((await converse({ profile: "shop" })).spoken, "zett of ack me.");
});

const otherProfile = "FailedPrecondition: SESSION_OF_OTHER_PROFILE";

describe("a session", () => {
  const started = async (sessionId: string, profile = "") =>
    (await readTurn(client.converse({ text: "[[say:Yes.]]", sessionId, profile }))).started.profile;

  it("keeps the profile that it was begun with, and refuses another", async () => {
    assert.equal(await started("one", "shop"), "shop");
    assert.equal(await started("one"), "shop");
    assert.equal(await started("one", "shop"), "shop");
    assert.equal(await started("one", "museum").catch(saidOf), otherProfile);
    const { session, messages } = await client.getSession({ sessionId: "one" });
    assert.deepEqual([session?.profile, messages.length], ["shop", 6]);
    const spoken = client.speak({ text: "Well.", sessionId: "one", profile: "museum" });
    assert.equal(await readTurn(spoken).catch(saidOf), otherProfile);
  });

  it("that has none takes the first that is named", async () => {
    assert.equal(await started("two"), "");
    assert.equal(await started("two", "museum"), "museum");
    assert.equal(await started("two"), "museum");
  });

  it("of another person is refused as such, whatever its profile", async () => {
    const ask = (userId: string, profile: string) =>
      readTurn(client.converse({ text: "[[say:Yes.]]", sessionId: "theirs", userId, profile })).then(
        ({ started }) => started.profile,
        saidOf,
      );
    assert.equal(await ask("ada", "shop"), "shop");
    for (const profile of ["", "shop", "museum"])
      assert.equal(await ask("bob", profile), "PermissionDenied: SESSION_OF_ANOTHER");
  });

  it("that two begin at once has one profile", async () => {
    const both = await Promise.all(["shop", "museum"].map((profile) => started("three", profile).catch(saidOf)));
    const { session } = await client.getSession({ sessionId: "three" });
    const lost = both.find((one) => one.includes(":"));
    assert.equal(lost ?? otherProfile, otherProfile);
    assert.ok(both.includes(session?.profile ?? ""), `${both} ${session?.profile}`);
  });
});

it("log and metrics name the profile, and no other id", async () => {
  await converse({ profile: "plain" });
  await converse({});
  await converse({ profile: "none" }).catch(() => {});
  const metrics = await (await fetch(`${edge.program.url}/metrics`)).text();
  assert.match(metrics, /duet_edge_turns_total\{rpc="Converse",profile="plain",outcome="completed",code="OK"\} \d+\n/);
  assert.match(metrics, /duet_edge_ttfa_seconds_count\{rpc="Speak",profile="shop"\} \d+\n/);
  assert.match(metrics, /duet_edge_turns_total\{rpc="Converse",outcome="completed",code="OK"\} \d+\n/);
  const named = new Set([...metrics.matchAll(/profile="(.*?)"/g)].map(([, id]) => id));
  assert.deepEqual([...named].toSorted(), ["museum", "plain", "shop"]);
});
