import assert from "node:assert/strict";
import { test } from "vitest";
import { OpenerMode } from "../../../services/gen/duet/synthesize/v1/synthesize.ts";
import { until } from "../../support/until.ts";
import { type Saying, start } from "./fixture.ts";

const openings = ["这个问题问得好。", "我来说一说。"];
const listed: Saying = { opener: OpenerMode.LIST, openings };
/** Whatever it holds up. */
const always = { DUET_SYNTHESIZE_OPENER_LIST_FROM_MS: "0" };
const answer = "天空是蓝色的，因为空气散射短波的光。";

/** How often a process has told that what was to be prepared is. */
const timesMade = ({ written }: { readonly written: string }) =>
  written.split("prepared texts is in the cache").length - 1;

test("openings are made when a voice is first used, and are then heard without the engine", async (context) => {
  const { service, speak, asked } = await start(context, { settings: always });
  const first = await speak(openings[0] + answer, listed);
  assert.deepEqual(first.admitted?.openings, [], "none is at hand");
  assert.equal(first.admitted?.openerMode, OpenerMode.LIST);
  await until("they are made", () => timesMade(service) === 1);
  const before = asked().length;
  // Written in pieces that cut the opening, and as one.
  for (const pieces of [[openings[0] + answer], ["这个问题", "问得", "好。天空是", answer.slice(3)]]) {
    const { admitted, sources, words } = await speak(pieces, listed);
    assert.deepEqual(admitted?.openings, openings);
    assert.equal(sources[0], "opener");
    assert.deepEqual([words[0], words.join("").replace(/\s/g, "")], [openings[0], openings[0] + answer]);
  }
  assert.ok(
    !asked()
      .slice(before)
      .some((text) => text.includes("问得好")),
    "the engine is not asked for it",
  );
  // Another voice has none yet, though the first has.
  assert.deepEqual((await speak(answer, { ...listed, voice: "emma" })).admitted?.openings, []);
  await until("hers are made", () => timesMade(service) === 2);
  assert.deepEqual((await speak(answer, { ...listed, voice: "emma" })).admitted?.openings, openings);
});

test("where openings are the rule, the default voice has them from the start, once nobody else needs the engine", async (context) => {
  const settings = {
    ...always,
    DUET_SYNTHESIZE_OPENER_MODE: "list",
    DUET_OPENINGS: JSON.stringify({ zh: openings, en: ["Good question!"] }),
  };
  const { service, speak } = await start(context, { settings });
  await until("they are made", () => timesMade(service) === 1);
  const { admitted, sources } = await speak(openings[0] + answer, { openings, voice: "" });
  assert.deepEqual([admitted?.openings, sources[0]], [openings, "opener"]);
  assert.deepEqual(
    (await speak(answer, { openings, voice: "xiaolin" })).admitted?.openings,
    [],
    "hers come with her first text",
  );
});

test("an opening is one where it stands first and whole, and was offered; else it is text as any other", async (context) => {
  const { service, speak } = await start(context, { settings: always });
  await speak(answer, listed);
  await until("they are made", () => timesMade(service) === 1);
  const sources = async (text: string, saying: Saying = listed) => (await speak(text, saying)).sources;
  assert.deepEqual(await sources(openings[0] ?? ""), ["opener"]);
  assert.ok(!(await sources(`${answer}${openings[0]}`)).includes("opener"));
  assert.ok(!(await sources(`这个问题问得好，${answer}`)).includes("opener"));
  assert.equal((await sources(`${openings[0]}${answer}`, {}))[0], "cache", "nobody asked for it");
});

test("where first words would be heard soon, none is worth it", async (context) => {
  const { service, speak } = await start(context);
  await speak(answer, listed);
  await until("they are made", () => timesMade(service) === 1);
  assert.deepEqual((await speak(answer, listed)).admitted?.openings, []);
});

test("behind an engine that takes seconds they are, as far as they last until its first words", async (context) => {
  const { service, speak } = await start(context, {
    settings: always,
    twin: { timeScale: 1, cost: { startMs: 2000, realTimeFactor: 0.1 } },
  });
  const [, short = ""] = openings;
  const long = "这个问题问得好极了我真的要好好想一想。";
  const offered = [short, long];
  await speak(answer, { ...listed, openings: offered });
  await until("they are made", () => timesMade(service) === 1, 15_000);
  const { admitted, sources } = await speak(`${long}${answer}`, { ...listed, openings: offered });
  assert.deepEqual([admitted?.openings, sources[0]], [[long], "opener"]);
});

test("a call that does not ask for them gets none", async (context) => {
  const { speak, asked } = await start(context, { settings: always });
  const { admitted } = await speak(answer, { openings });
  assert.deepEqual(admitted?.openings, []);
  assert.notEqual(admitted?.openerMode, OpenerMode.LIST);
  assert.ok(!asked().some((text) => text.includes("问得好")));
});

test("more than 32 openings, or one that is too long, are refused", async (context) => {
  const { speak } = await start(context);
  const many = Array.from({ length: 33 }, (_, at) => `第${at}个。`);
  await assert.rejects(speak(answer, { ...listed, openings: many }), /config\.openings: must be at most 32 texts/);
  await assert.rejects(speak(answer, { ...listed, openings: ["好", "好".repeat(101)] }), /config\.openings\[1\]/);
});
