import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { bearer, createKeysFile, secret, signToken } from "../access/credentials.ts";
import { readTurn } from "../support/events.ts";
import { type Client, type ProfileHouse, saidOf, startHouse } from "./fixture.ts";

let house: ProfileHouse;
let edge: Awaited<ReturnType<ProfileHouse["startEdge"]>>;
const file = createKeysFile();
/** Who calls, by what their key or token says of profiles. */
const callers: Record<string, ReturnType<typeof bearer>> = {};
beforeAll(async () => {
  const keys = file.write([
    "tenant: acme",
    "tenant: acme, profile: shop",
    "tenant: acme, profiles: [museum]",
    "tenant: acme, profile: plain, profiles: [museum, plain]",
  ]);
  const said = ["free", "shop by default", "museum alone", "museum and plain"];
  for (const [index, name] of said.entries()) callers[name] = bearer(keys[index] as string);
  const tokens = {
    "token for shop": { profile: "shop" },
    "token for museum alone": { profiles: ["museum"] },
    "token of words": { profiles: "plain museum" },
    "token for shop beside museum": { profile: "shop", profiles: ["museum"] },
    "token for what is gone": { profiles: ["gone"] },
    "token for what is gone by default": { profile: "gone" },
  };
  for (const [name, claims] of Object.entries(tokens)) callers[name] = bearer(await signToken(claims));
  house = await startHouse();
  edge = await house.startEdge({
    DUET_EDGE_ACCESS: "jwt",
    DUET_EDGE_JWT_SECRET: secret,
    DUET_EDGE_KEYS_FILE: file.path,
  });
});
afterAll(async () => {
  await edge?.end();
  await house?.close();
  file.remove();
});

const text = "[[say:Yes, of course.]]";
/** The profile that an RPC was done for, or what it was refused with. */
const rpcs: Record<string, (client: Client, profile: string, by: ReturnType<typeof bearer>) => Promise<string>> = {
  Converse: async (client, profile, by) => (await readTurn(client.converse({ text, profile }, by))).started.profile,
  Speak: async (client, profile, by) => (await readTurn(client.speak({ text: "Yes.", profile }, by))).started.profile,
  // Of the three only one has a voice of its own, so that it stands first.
  ListVoices: async (client, profile, by) => (await client.listVoices({ profile }, by)).voices[0]?.name ?? "",
};

const denied = "PermissionDenied: PROFILE_NOT_ALLOWED";
const unknown = (ids: string) => `InvalidArgument: profile must be one of ${ids}, or empty`;
const rows: [caller: string, asked: string, expected: string][] = [
  ["free", "", ""],
  ["free", "shop", "shop"],
  ["free", "museum", "museum"],
  ["free", "shopp", unknown("shop, museum, plain")],
  ["free", "constructor", unknown("shop, museum, plain")],
  ["shop by default", "", "shop"],
  ["shop by default", "museum", "museum"],
  ["museum alone", "", "museum"],
  ["museum alone", "museum", "museum"],
  ["museum alone", "shop", denied],
  ["museum alone", "shopp", unknown("museum")],
  ["museum and plain", "", "plain"],
  ["museum and plain", "museum", "museum"],
  ["museum and plain", "shop", denied],
  ["museum and plain", "nope", unknown("museum, plain")],
  ["token for shop", "", "shop"],
  ["token for shop", "plain", "plain"],
  ["token for museum alone", "", "museum"],
  ["token for museum alone", "plain", denied],
  ["token of words", "", "plain"],
  ["token of words", "museum", "museum"],
  ["token of words", "shop", denied],
  ["token for shop beside museum", "", "shop"],
  ["token for shop beside museum", "plain", denied],
  ["token for what is gone", "", denied],
  ["token for what is gone", "shop", denied],
  ["token for what is gone", "nope", "InvalidArgument: profile must be empty: this deployment has no profiles"],
  ["token for what is gone by default", "", denied],
  ["token for what is gone by default", "shop", "shop"],
];

describe.each(Object.keys(rpcs))("%s", (rpc) => {
  it.each(rows)("by %s, asked for %j: %s", async (caller, asked, expected) => {
    const ask = rpcs[rpc] as (typeof rpcs)[string];
    const got = await ask(edge.client, asked, callers[caller] as ReturnType<typeof bearer>).catch(saidOf);
    const isRefusal = expected.includes(":");
    const voice = expected === "shop" ? "fish/hans" : "fish/emma";
    assert.equal(got, rpc === "ListVoices" && !isRefusal ? voice : expected);
  });
});

it("a session whose profile its caller may not use is refused, before anything is said of it", async () => {
  const ask = (caller: string, profile: string) =>
    readTurn(edge.client.converse({ text, profile, sessionId: "shared" }, callers[caller])).then(
      ({ started }) => started.profile,
      saidOf,
    );
  assert.equal(await ask("shop by default", ""), "shop");
  assert.equal(await ask("free", ""), "shop");
  assert.equal(await ask("free", "museum"), "FailedPrecondition: SESSION_OF_OTHER_PROFILE");
  for (const profile of ["", "shop", "plain"]) assert.equal(await ask("museum alone", profile), denied);
});

it("GetStatus offers each caller what they may name, and says what counts where they name none", async () => {
  const offered = async (caller: string) => {
    const { profiles, defaultProfile } = await edge.client.getStatus({}, callers[caller]);
    return [profiles.map(({ id }) => id).join(" "), defaultProfile];
  };
  assert.deepEqual(await offered("free"), ["shop museum plain", ""]);
  assert.deepEqual(await offered("shop by default"), ["shop museum plain", "shop"]);
  assert.deepEqual(await offered("museum alone"), ["museum", "museum"]);
  assert.deepEqual(await offered("museum and plain"), ["museum plain", "plain"]);
  assert.deepEqual(await offered("token for what is gone by default"), ["shop museum plain", ""]);
  const { profiles } = await edge.client.getStatus({}, callers.free);
  assert.deepEqual(
    profiles.map(({ displayName, voice, language }) => [displayName, voice, language]),
    [
      ["Shop", "hans", "en"],
      ["museum", "", "zh-CN"],
      ["plain", "", ""],
    ],
  );
});
