import assert from "node:assert/strict";
import { it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import type { OpenedEngine } from "../engines/open.ts";
import { createSegmenter } from "../text/segmenter/segmenter.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import { createSpokenForm } from "../text/spoken/spoken.ts";
import { words } from "../text/words.ts";
import { createSegmentCache, type Found } from "./cache.ts";
import { createMemoryTier } from "./memory.ts";
import { openClauseCache } from "./open.ts";

interface Voice {
  readonly kind?: string;
  readonly name?: string;
  readonly config?: string;
  readonly said?: string;
  readonly revisionOf?: (voice: string) => string | undefined;
  readonly fromFirst?: boolean;
}

function open({ kind = "fish", name = "fish", config, said = "", revisionOf, fromFirst = false }: Voice = {}) {
  const cache = createSegmentCache({ memory: createMemoryTier(2 ** 20), clock: createVirtualClock() });
  const engine = { name, sampleRateHertz: 1000, fromFirst: () => fromFirst, ...(revisionOf && { revisionOf }) };
  const opened = { kind, engine, config: config === undefined ? undefined : Buffer.from(config) };
  const counted: (Found | undefined)[] = [];
  const metrics = { looked: (found: Found | undefined) => void counted.push(found) };
  const clauses = openClauseCache(cache, { opened: opened as unknown as OpenedEngine, said, metrics });
  return { cache, clauses, counted };
}

async function greeting(): Promise<SpeakableClause[]> {
  async function* written() {
    yield { text: "您好。" };
  }
  const offers = await Array.fromAsync(words(written(), createSegmenter(), createSpokenForm({ language: "zh" })));
  return offers.flatMap((offer) => offer.clauses);
}

async function keyOf(voice?: Voice): Promise<string | undefined> {
  const { clauses } = open(voice);
  const some = await greeting();
  clauses.want(some, { voice: "emma", tenant: "" });
  return clauses.keyOf(some);
}

it.each<[what: string, voice: Voice]>([
  ["another kind of engine", { kind: "piper" }],
  ["an engine of another name", { name: "second" }],
  ["another config", { config: "{}" }],
  ["voices that the operator describes otherwise", { said: "2" }],
  ["another voice by the same name", { revisionOf: () => "b" }],
])("speech of %s is not the same", async (_, voice) => {
  assert.notEqual(await keyOf(voice), await keyOf());
  assert.equal(await keyOf(voice), await keyOf(voice));
});

it("speech is not kept of a voice that may change, or follows what it said first", async () => {
  assert.equal(await keyOf({ revisionOf: () => undefined }), undefined);
  assert.equal(await keyOf({ fromFirst: true }), undefined);
  assert.notEqual(await keyOf({ revisionOf: (voice) => (voice === "emma" ? "a" : undefined) }), undefined);
});

it("each look-up is counted by the cache and by the engine", async () => {
  const { cache, clauses, counted } = open();
  const some = await greeting();
  await clauses.look(some, [], { voice: "emma", tenant: "" });
  const take = clauses.take(some);
  take?.add(new Int16Array(10));
  take?.keep();
  await clauses.look(some, [], { voice: "emma", tenant: "" });
  assert.deepEqual(counted, [undefined, "memory"]);
  const { lookups, hits } = cache.report();
  assert.deepEqual([lookups, hits], [2, 1]);
});
