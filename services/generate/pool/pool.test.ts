import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import type { Chat, ChatEvent, ChatRequest } from "../chat.ts";
import type { Page } from "../engines/openai/pages.ts";
import type { ModelServer } from "../engines/openai/server.ts";
import { createPool } from "./pool.ts";
import { createWindow } from "./window.ts";

const stallTimeoutMs = 10_000;
const firstTokenTimeoutMs = 30_000;
const never = new AbortController().signal;
const request = { messages: [{ role: "user", content: "Hm?" }] } as unknown as ChatRequest;
const started: ChatEvent = { type: "started", model: "m" };
const accepted: ChatEvent = { type: "accepted", model: "m" };
const thinking: ChatEvent = { type: "thinking", elapsedMs: 1, done: false };
const say = (text: string): ChatEvent => ({ type: "delta", text });
const finished: ChatEvent = { type: "finished", reason: "stop", usage: undefined };
const whole = [started, say("Yes."), finished];
const broken = new EngineError("broken", "it broke");
const stalled = new EngineError("stalled", "it said nothing");
const overloaded = new EngineError("overloaded", "it has too much to do");

/**
 * A model server whose answers and pages are given; an answer that is a promise waits for it, and goes on to its end.
 */
interface Server extends ModelServer {
  answers: readonly (readonly (ChatEvent | Error | Promise<void>)[])[];
  asked: number;
  left: number;
  looks: number;
  isClosed: boolean;
  /** Whether it shows no page at all. */
  isMute: boolean;
  health: Page;
  prefixes: { queries: number; hits: number };
  tokens: number | undefined;
  running: number;
  models: readonly object[];
  tokenized: object[];
  /** The paths of pages that never come. */
  stalls: readonly string[];
}

function createServer(name: string): Server {
  const chat: Chat = async function* () {
    const answer = server.answers[Math.min(server.asked, server.answers.length - 1)] ?? [];
    server.asked++;
    let isOver = false;
    try {
      for (const event of answer) {
        if (event instanceof Promise) await event;
        else if (event instanceof Error) {
          isOver = true;
          throw event;
        } else {
          isOver ||= event.type === "finished";
          yield event;
        }
      }
    } finally {
      if (!isOver) server.left++;
    }
  };
  const server: Server = {
    url: `http://${name}`,
    model: undefined,
    chat,
    async page(path, signal, body) {
      signal.throwIfAborted();
      if (server.isMute || server.stalls.includes(path))
        return await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      if (path === "/health") {
        server.looks++;
        return server.health;
      }
      if (path === "/v1/models") return { status: 200, text: JSON.stringify({ data: server.models }) };
      if (path === "/version") return { status: 200, text: '{"version":"0.32.0"}' };
      if (path === "/tokenize") {
        server.tokenized.push(body ?? {});
        return { status: 200, text: '{"count":1234}' };
      }
      if (server.tokens === undefined) return { status: 404, text: "" };
      return {
        status: 200,
        text: [
          `vllm:num_requests_running ${server.running}`,
          `vllm:generation_tokens_total ${server.tokens}`,
          `vllm:prefix_cache_queries_total ${server.prefixes.queries}`,
          `vllm:prefix_cache_hits_total ${server.prefixes.hits}`,
        ].join("\n"),
      };
    },
    async close() {
      server.isClosed = true;
    },
    answers: [whole],
    asked: 0,
    left: 0,
    looks: 0,
    isClosed: false,
    isMute: false,
    prefixes: { queries: 0, hits: 0 },
    health: { status: 200, text: "" },
    tokens: undefined,
    running: 1,
    models: [{ id: "m", max_model_len: 4096 }],
    tokenized: [],
    stalls: [],
  };
  return server;
}

/** So many servers behind a pool, in virtual time. */
function create(count: number, { always = false } = {}) {
  const clock = createVirtualClock();
  const servers = Array.from({ length: count }, (_, i) => createServer(String(i)));
  let sightings = 0;
  const onSighting = () => void sightings++;
  const pool = createPool(servers, { stallTimeoutMs, firstTokenTimeoutMs, always, onSighting, clock });
  const ask = (more: Partial<ChatRequest> = {}, signal = never) =>
    Array.fromAsync(pool.chat({ ...request, ...more }, signal));
  const reasons = () => pool.members.map(({ reason }) => reason);
  const [first, second] = servers as [Server, Server];
  return { clock, servers, first, second, pool, ask, reasons, sightings: () => sightings };
}

describe("an answer", () => {
  it("comes from the server that has the least to do, in turn, or from that of its conversation", async () => {
    const { servers, ask, pool } = create(3);
    for (let i = 0; i < 6; i++) assert.deepEqual(await ask(), whole);
    assert.deepEqual(
      servers.map(({ asked }) => asked),
      [2, 2, 2],
    );
    for (let i = 0; i < 6; i++) await ask({ sessionId: "s" });
    assert.deepEqual(servers.map(({ asked }) => asked).sort(), [2, 2, 8]);
    const [busy] = pool.members;
    const held = pool.chat(request, never)[Symbol.asyncIterator]();
    await held.next();
    assert.equal(
      pool.members.reduce((sum, { inFlight }) => sum + inFlight, 0),
      1,
    );
    const at = pool.members.findIndex(({ inFlight }) => inFlight === 1);
    const before = servers[at]?.asked;
    for (let i = 0; i < 4; i++) await ask();
    assert.equal(servers[at]?.asked, before, "it is busy");
    await held.return?.(undefined);
    assert.deepEqual([busy?.inFlight, servers.reduce((sum, { left }) => sum + left, 0)], [0, 1]);
  });

  it("is asked of another server if one fails before its text, and told as one", async () => {
    for (const fault of [broken, new EngineError("unreachable", ""), new EngineError("empty", "")]) {
      const { first, second, ask } = create(2);
      first.answers = [[started, fault]];
      assert.deepEqual(await ask(), whole);
      assert.deepEqual([first.asked, second.asked], [1, 1]);
    }
    const { first, ask } = create(2);
    first.answers = [[started, thinking, broken]];
    const once = "that it has started is told once";
    assert.deepEqual(await ask(), [started, thinking, say("Yes."), finished], once);
  });

  it("ends with what failed, if it had text, nobody waits, there is no other, or another would do no better", async () => {
    const rows: [what: string, servers: number, answer: (ChatEvent | Error)[], signal?: AbortSignal][] = [
      ["it had text", 2, [started, say("Y"), broken]],
      ["it had text, and something else since", 2, [started, say("Y"), { type: "leftOut" }, broken]],
      ["nobody waits", 2, [started, broken], AbortSignal.abort()],
      ["there is no other", 1, [started, broken]],
      ["it has spent the caller's time", 2, [started, stalled]],
      ["it says so of the others too", 2, [started, overloaded]],
    ];
    for (const [what, count, answer, signal] of rows) {
      const { servers, first, ask } = create(count);
      first.answers = [answer];
      await assert.rejects(ask({}, signal), answer.at(-1) as Error, what);
      assert.equal(
        servers.reduce((sum, { asked }) => sum + asked, 0),
        1,
        what,
      );
    }
    const { first, second, ask } = create(2);
    first.answers = [[broken]];
    second.answers = [[new EngineError("unreachable", "so is the other")]];
    await assert.rejects(ask(), { message: "so is the other" });
    assert.deepEqual([first.asked, second.asked], [1, 1], "it is asked for once more, not for ever");
  });

  it("says at once that it is accepted, by each server that takes it, though another may take over", async () => {
    const { first, second, pool } = create(2);
    const { promise, resolve } = Promise.withResolvers<void>();
    first.answers = [[accepted, started, broken]];
    second.answers = [[accepted, promise, started, say("Yes."), finished]];
    const events = pool.chat(request, never)[Symbol.asyncIterator]();
    for (const event of [accepted, accepted]) assert.deepEqual((await events.next()).value, event);
    resolve();
    for (const event of [started, say("Yes."), finished]) assert.deepEqual((await events.next()).value, event);
    await events.next();
  });

  it("says at once that it has started where nobody else could take over", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const one = create(1);
    one.first.answers = [[started, promise, finished]];
    const events = one.pool.chat(request, never)[Symbol.asyncIterator]();
    assert.deepEqual((await events.next()).value, started);
    resolve();
    assert.deepEqual((await events.next()).value, finished);
    await events.next();
    assert.equal(one.clock.pending, 0, "nobody looks at a server that is not used");
  });
});

describe("a server that fails", () => {
  it("is left out after three failures, then tried after a second, and is well after one success", async () => {
    const { clock, first, second, ask, reasons, pool } = create(2);
    first.answers = [[broken], [broken], [broken], [broken], whole];
    for (let i = 0; first.asked < 3; i++) assert.ok(i < 9 && (await ask()));
    assert.deepEqual([reasons(), pool.available()], [["the model server's last answers failed", undefined], 1]);
    const others = second.asked;
    for (let i = 0; i < 4; i++) await ask();
    assert.deepEqual([first.asked, second.asked], [3, others + 4]);
    await clock.advance(1_000);
    assert.equal(pool.available(), 2);
    for (let i = 0; first.asked < 4; i++) assert.ok(i < 3 && (await ask()));
    assert.equal(pool.available(), 1, "its trial has failed");
    await clock.advance(1_999);
    assert.equal(pool.available(), 1);
    await clock.advance(1);
    for (let i = 0; first.asked < 5; i++) assert.ok(i < 3 && (await ask()));
    assert.deepEqual(reasons(), [undefined, undefined]);
  });

  it("is asked all the same where it is alone, so that its own words tell what is wrong", async () => {
    const { first, ask, pool } = create(1);
    first.answers = [[broken]];
    for (let i = 0; i < 5; i++) await assert.rejects(ask(), broken);
    assert.equal(first.asked, 5);
    assert.equal(await pool.notReady(), undefined);
  });

  it("is left out for each fault that is its own", async () => {
    for (const fault of ["unreachable", "broken", "stalled"] as const) {
      const { first, ask, pool } = create(1);
      first.answers = [[new EngineError(fault, "")]];
      for (let i = 0; i < 3; i++) await assert.rejects(ask(), { fault });
      assert.equal(pool.available(), 0, fault);
    }
  });

  it("is asked rather than one that is silent, so that its own words tell what is wrong", async () => {
    const { first, second, pool, ask } = create(2);
    for (const server of [first, second]) server.answers = [[server === first ? stalled : broken]];
    for (let i = 0; pool.available() > 0; i++) {
      await ask().catch(() => {});
      assert.ok(i < 20);
    }
    const before = first.asked;
    for (let i = 0; i < 4; i++) await assert.rejects(ask(), broken);
    assert.equal(first.asked, before);
    assert.equal(await pool.notReady(), undefined, "it may be asked");
  });

  it("is said to be unwell, if it is, rather than to have failed", async () => {
    const { first, ask, pool, reasons } = create(1);
    first.answers = [[broken]];
    for (let i = 0; i < 3; i++) await assert.rejects(ask(), broken);
    assert.deepEqual(reasons(), ["the model server's last answers failed"]);
    first.health = { status: 503, text: "out of order" };
    assert.match((await pool.notReady()) ?? "", /out of order|503/);
    assert.match(reasons()[0] ?? "", /out of order|503/);
    await pool.close();
  });

  it("is not blamed for what its caller asked, or that it is full", async () => {
    const { first, ask, pool } = create(1);
    for (const fault of [
      overloaded,
      new EngineError("rejected", ""),
      new EngineError("empty", ""),
      new Error("a bug"),
    ]) {
      first.answers = [[fault]];
      for (let i = 0; i < 4; i++) await assert.rejects(ask());
      assert.equal(pool.available(), 1);
    }
  });

  it("by silence is tried by one caller at a time, and the others are told at once", async () => {
    const { clock, first, ask, pool, reasons } = create(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    first.answers = [[stalled], [stalled], [stalled], [started, promise, say("Yes."), finished]];
    for (let i = 0; i < 3; i++) await assert.rejects(ask(), stalled);
    assert.match(reasons()[0] ?? "", /FIRST_TOKEN_TIMEOUT/);
    assert.match((await pool.notReady()) ?? "", /FIRST_TOKEN_TIMEOUT/);
    const trial = ask();
    await clock.advance(0);
    await assert.rejects(ask(), { fault: "silent", retryDelayMs: 2_000, forLog: /FIRST_TOKEN_TIMEOUT/ });
    assert.equal(first.asked, 4);
    resolve();
    assert.deepEqual(await trial, whole);
    assert.deepEqual([await ask().then(() => first.asked), reasons()], [5, [undefined]]);
  });

  it("by silence is no more taken for silent once it says something, and is tried by the next where a trial is left", async () => {
    const { clock, first, ask, pool, reasons } = create(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    first.answers = [
      [stalled],
      [stalled],
      [stalled],
      [started, promise],
      [started, thinking, promise, finished],
      whole,
    ];
    for (let i = 0; i < 3; i++) await assert.rejects(ask(), stalled);
    const left = pool.chat(request, never)[Symbol.asyncIterator]();
    await left.next();
    await assert.rejects(ask(), { fault: "silent" });
    await left.return?.(undefined);
    const trial = pool.chat(request, never)[Symbol.asyncIterator]();
    for (const event of [started, thinking]) assert.deepEqual((await trial.next()).value, event);
    assert.deepEqual(await ask(), whole, "the trial has shown that it lives");
    resolve();
    await trial.next();
    await trial.next();
    assert.deepEqual([reasons(), clock.pending], [[undefined], 0]);
  });

  it("may be tried again at once where the caller of its trial has left", async () => {
    const { clock, first, ask, pool } = create(2);
    first.answers = [[broken], [broken], [broken], [started, say("Y"), say("es.")], whole];
    for (let i = 0; first.asked < 3; i++) assert.ok(i < 9 && (await ask()));
    await clock.advance(1_000);
    for (let i = 0; first.asked < 4; i++) {
      const events = pool.chat(request, never)[Symbol.asyncIterator]();
      await events.next();
      if (first.asked === 4) assert.equal(pool.available(), 1, "one tries it at a time");
      await events.return?.(undefined);
      assert.ok(i < 3);
    }
    assert.equal(pool.available(), 2);
  });
});

describe("a server that is looked at", () => {
  it("is looked at every two seconds while it is used, and no more", async () => {
    const { clock, first, pool, sightings } = create(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    first.answers = [[started, promise, finished]];
    const events = pool.chat(request, never)[Symbol.asyncIterator]();
    await events.next();
    const another = pool.chat(request, never)[Symbol.asyncIterator]();
    await another.next();
    await another.return?.(undefined);
    await clock.advance(1_999);
    assert.equal(first.looks, 0);
    await clock.advance(4_001);
    assert.deepEqual([first.looks, sightings()], [3, 3]);
    resolve();
    await events.next();
    await events.next();
    assert.equal(clock.pending, 0);
  });

  it("is looked at always, if that is wanted, until the pool closes", async () => {
    const { clock, first, pool } = create(1, { always: true });
    await clock.advance(10_000);
    assert.equal(first.looks, 5);
    await pool.close();
    assert.deepEqual([clock.pending, first.isClosed], [0, true]);
    await clock.advance(500);
    await assert.rejects(pool.members[0]?.watch.ask() ?? Promise.resolve());
  });

  it("is not silent while nothing is asked of it, nor for what it was not asked then, nor if it tells nothing", async () => {
    const { clock, first, pool, reasons } = create(1, { always: true });
    for (const tokens of [7, undefined]) {
      first.tokens = tokens;
      await clock.advance(3 * firstTokenTimeoutMs);
      assert.deepEqual(reasons(), [undefined]);
      first.answers = [[started, say("Y"), say("es.")]];
      const events = pool.chat(request, never)[Symbol.asyncIterator]();
      for (const _ of [started, say("Y")]) await events.next();
      await clock.advance(tokens === undefined ? 3 * firstTokenTimeoutMs : stallTimeoutMs / 2 - 1_000);
      assert.deepEqual(reasons(), [undefined]);
      await events.return?.(undefined);
    }
    await pool.close();
    assert.equal(clock.pending, 0);
  });

  it("is given no work while it is unwell, and is looked at until it is well", async () => {
    const { clock, first, second, ask, pool, reasons } = create(2);
    first.health = { status: 503, text: "out of order" };
    assert.equal(await pool.notReady(), undefined, "the other is well");
    assert.match(reasons()[0] ?? "", /out of order|503/);
    for (let i = 0; i < 4; i++) await ask();
    assert.deepEqual([first.asked, second.asked], [0, 4]);
    second.health = first.health;
    await clock.advance(500);
    assert.match((await pool.notReady()) ?? "", /out of order|503/);
    // Nobody has asked it for anything since it was first looked at.
    await ask().catch(() => {});
    const { looks } = first;
    await clock.advance(6_000);
    assert.equal(first.looks, looks + 3);
    first.health = { status: 200, text: "" };
    second.health = first.health;
    await clock.advance(2_000);
    assert.deepEqual([reasons(), clock.pending], [[undefined, undefined], 0]);
  });

  for (const [stalls, isWell, isSilent] of [
    [["/health"], false, false],
    [["/v1/models"], false, false],
    [["/health", "/v1/models"], false, true],
    [["/version", "/metrics"], true, false],
  ] as const)
    it(`${isWell ? "is well" : isSilent ? "is silent" : "is unwell, not silent,"} if it does not show ${stalls.join(" and ")}`, async () => {
      const { clock, first, pool } = create(1);
      first.stalls = stalls;
      const reason = pool.notReady();
      await clock.advance(2_000);
      assert.equal((await reason) === undefined, isWell);
      assert.equal(pool.members[0]?.watch.isSilent, isSilent);
      await pool.close();
    });

  it("costs a crowd one look, which is the present for half a second", async () => {
    const { clock, first, pool } = create(1);
    assert.equal(clock.pending, 0, "nobody looks before it is used");
    await clock.advance(10_000);
    await Promise.all([pool.notReady(), pool.notReady()]);
    await clock.advance(499);
    await pool.notReady();
    assert.equal(first.looks, 1);
    await clock.advance(1);
    await pool.notReady();
    assert.equal(first.looks, 2);
  });

  for (const [what, before, limitMs] of [
    ["an answer that it has not begun", [started], firstTokenTimeoutMs],
    ["an answer that it has begun", [started, say("Y")], stallTimeoutMs / 2],
  ] as const)
    it(`is silent if it writes nothing for as long as ${what} may wait`, async () => {
      const { clock, first, second, pool, ask, reasons } = create(2);
      const { promise, resolve } = Promise.withResolvers<void>();
      for (const server of [first, second]) {
        server.tokens = 7;
        server.answers = [[started, overloaded], whole, [...before, promise, finished]];
      }
      // What came before, with text and without, counts no more.
      for (let nth = 0; nth < 4; nth++) await ask().catch(() => {});
      assert.deepEqual([first.asked, second.asked], [2, 2]);
      const events = pool.chat(request, never)[Symbol.asyncIterator]();
      const next = events.next();
      // From the first look on, and seen by the first look after that.
      await clock.advance(2_000 + Math.ceil(limitMs / 2_000) * 2_000 - 1);
      assert.equal(pool.available(), 2);
      await clock.advance(1);
      const at = pool.members.findIndex(({ inFlight }) => inFlight === 1);
      assert.match(
        reasons()[at] ?? "",
        new RegExp(`^the model server has written nothing for ${Math.ceil(limitMs / 2_000) * 2} s`),
      );
      assert.equal(/FIRST_TOKEN/.test(reasons()[at] ?? ""), before.length === 1);
      assert.equal(pool.members[at]?.watch.isSilent, true);
      const server = pool.members[at]?.server as Server;
      server.tokens = 8;
      await clock.advance(2_000);
      assert.equal(reasons()[at], undefined, "it writes again");
      server.running = 0;
      await clock.advance(limitMs + 4_000);
      assert.equal(reasons()[at], undefined, "it has nothing to write");
      resolve();
      await next;
      await events.return?.(undefined);
      await pool.close();
      assert.equal(clock.pending, 0);
    });
});

describe("servers that show no page", () => {
  it("are silent: one caller at a time tests each, and the others are told at once, and why", async () => {
    const { clock, servers, first, pool, ask } = create(2);
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const server of servers) {
      server.isMute = true;
      server.answers = [[started, promise, say("Yes."), finished]];
    }
    const notReady = pool.notReady();
    await clock.advance(2_000);
    const reason = "the model server did not answer a check within 2 s: check DUET_VLLM_URL";
    assert.equal(await notReady, reason, "said once, though it is true of both");
    assert.deepEqual(
      pool.members.map(({ isSilent }) => isSilent),
      [true, true],
    );
    const trials = [ask(), ask()];
    await clock.advance(0);
    assert.deepEqual(
      servers.map(({ asked }) => asked),
      [1, 1],
    );
    await assert.rejects(ask(), {
      fault: "silent",
      message: "the model server does not respond: it is being probed",
      retryDelayMs: 2_000,
      forLog: reason,
    });
    first.isMute = false;
    resolve();
    for (const trial of trials) assert.deepEqual(await trial, whole);
    await pool.close();
  });

  it("are told apart, where each is silent in its own way", async () => {
    const { clock, first, second, pool, ask } = create(2);
    const { promise, resolve } = Promise.withResolvers<void>();
    first.isMute = true;
    void pool.notReady();
    await clock.advance(2_000);
    for (const server of [first, second])
      server.answers = [...Array(server === second ? 3 : 0).fill([stalled]), [started, promise, say("Yes."), finished]];
    for (let nth = 0; nth < 3; nth++) await assert.rejects(ask(), stalled);
    const trials = [ask(), ask()];
    await clock.advance(0);
    await assert.rejects(ask(), {
      fault: "silent",
      forLog:
        "the model server did not answer a check within 2 s: check DUET_VLLM_URL; " +
        "the model server's last answers did not come in time (DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS)",
    });
    resolve();
    await Promise.all(trials);
    await pool.close();
  });

  it("are not those that say that they are out of order: these are asked", async () => {
    const { servers, pool, ask } = create(2);
    for (const [nth, server] of servers.entries()) server.health = { status: 503, text: `out of order ${nth}` };
    assert.match((await pool.notReady()) ?? "", /.+; .+/, "each says its own");
    assert.deepEqual(
      pool.members.map(({ isSilent }) => isSilent),
      [false, false],
    );
    assert.deepEqual(await ask(), whole);
    await pool.close();
  });
});

describe("what servers tell of their load", () => {
  it("is how often a prompt was in the cache, over the last twenty seconds, or since they were started", async () => {
    const { clock, first, pool } = create(1, { always: true });
    const rate = () => pool.members[0]?.watch.rates?.prefixCacheHitRate;
    const look = async (queries: number, hits: number) => {
      first.prefixes = { queries, hits };
      await clock.advance(2_000);
    };
    first.tokens = 1;
    await look(100, 50);
    assert.equal(rate(), 0.5);
    await look(200, 140);
    assert.equal(rate(), 0.9);
    for (let nth = 3; nth <= 10; nth++) await look(100 * nth, 140);
    assert.equal(rate(), 90 / 900);
    await look(1_100, 140);
    assert.equal(rate(), 0, "the first is forgotten");
    await pool.close();
  });

  it("is the mean of their steps over the last twenty seconds, and counts anew once they were started anew", async () => {
    const { clock, first, pool } = create(1, { always: true });
    const watch = pool.members[0]?.watch;
    assert.deepEqual([watch?.meanBatch, watch?.rates], [undefined, undefined]);
    first.tokens = 100;
    first.running = 2;
    await clock.advance(2_000);
    first.running = 4;
    await clock.advance(2_000);
    assert.equal(watch?.meanBatch, 3);
    await clock.advance(18_000);
    assert.equal(watch?.meanBatch, 4, "what is older is forgotten");
    first.tokens = 5;
    first.running = 1;
    await clock.advance(2_000);
    assert.equal(watch?.meanBatch, 1);
    first.tokens = undefined;
    await clock.advance(2_000);
    assert.deepEqual([watch?.meanBatch, watch?.seen?.counts], [undefined, undefined]);
    await pool.close();
  });
});

describe("the context of a pool", () => {
  it("is the shortest that any of its servers tells, or has refused by; else as it is configured", async () => {
    const { first, second, pool, servers } = create(2);
    for (const server of servers) server.models = [{ id: "m" }];
    assert.equal(await createWindow(pool.members, undefined).limit(), undefined);
    assert.equal(await createWindow(pool.members, 2048).limit(), 2048);
    const asked = create(2);
    asked.second.models = [{ id: "m", max_model_len: 3000 }];
    const window = createWindow(asked.pool.members, 2048);
    assert.equal(await window.limit(), 3000);
    assert.equal(asked.first.looks, 1);
    window.learn(2500);
    await asked.clock.advance(1_000);
    window.learn(2900);
    assert.equal(await window.limit(), 2500);
    assert.deepEqual([first.looks, second.looks, asked.first.looks], [1, 1, 1], "what is known is not asked for");
  });

  it("has tokens counted by a server that is well and known to be vLLM", async () => {
    const { first, second, pool } = create(2);
    const window = createWindow(pool.members, undefined);
    assert.equal(await window.count(request.messages, never), undefined, "nobody was looked at");
    first.health = { status: 503, text: "" };
    await pool.notReady();
    assert.equal(await window.count(request.messages, never), 1234);
    assert.deepEqual(
      [first.tokenized.length, second.tokenized],
      [0, [{ model: "m", messages: request.messages, add_generation_prompt: true }]],
    );
  });
});
