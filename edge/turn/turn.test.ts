import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { sleep } from "../../infra/clock/clock.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import type { Log } from "../../infra/log/log.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { countCodePoints } from "../../infra/text/code-points.ts";
import { type CallInit, createCall } from "../call.ts";
import { Failure } from "../errors.ts";
import { FinishReason, OpenerMode, Outcome, WarningReason } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ending, EventOf, TurnEvent } from "./events.ts";
import type { SpokenPlan, TurnPlan } from "./plan.ts";
import type { Given } from "./repeat.ts";
import type { OpenSpeech, Speech, SpeechOptions } from "./speech.ts";
import { createTurnCounts } from "./stages/metrics.ts";
import type { Numbered } from "./stages/number.ts";
import { startTurn } from "./turn.ts";
import { createTurns, type Turn } from "./turns.ts";
import type { Thought, Writer } from "./writer.ts";

const plan = { rpc: "Converse", voice: "", language: "", questionLanguage: "" } as const;
const stopped: Ending = { finishReason: FinishReason.STOP, usage: { promptTokens: 3, completionTokens: 4 } };
const broken = new Failure("UNAVAILABLE", "ENGINE_BROKEN", "the engine broke off", { cause: new Error("its socket") });
const pcm = new Uint8Array(24_000);

/** Writes these pieces, then ends so; an error in their place is thrown. */
const write =
  (
    pieces: readonly (string | Thought | Error)[],
    how: { ending?: Ending; shown?: boolean; opens?: boolean } = {},
  ): Writer =>
  async () => {
    const { ending = stopped, shown = true, opens = false } = how;
    async function* deltas(): AsyncGenerator<string | Thought, Ending> {
      for (const piece of pieces) {
        if (piece instanceof Error) throw piece;
        yield piece;
      }
      return ending;
    }
    return { model: "a hand", shown, opens, deltas: deltas() };
  };

/** Speaks each piece as half a second of sound, once it has it. */
async function* aloud(text: AsyncIterable<string>): AsyncGenerator<TurnEvent> {
  let index = 0;
  let start = 0;
  for await (const spoken of text) {
    const end = start + countCodePoints(spoken);
    const spans = [{ start, end, spokenStart: 0, spokenEnd: end - start }];
    yield { case: "segment", value: { index, start, end, spoken, spans } };
    yield { case: "audio", value: { segment: index, offset: 0, pcm } };
    yield { case: "segmentDone", value: { segment: index, sampleCount: 12_000 } };
    index++;
    start = end;
  }
}

/** Never says anything, until its call is over. */
async function* silent(_text: AsyncIterable<string>, signal: AbortSignal): AsyncGenerator<TurnEvent> {
  await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

type Speak = (text: AsyncIterable<string>, signal: AbortSignal) => AsyncGenerator<TurnEvent>;

/** A process in which one turn runs, and what its voice was asked for. */
function create({ speak = aloud, speech = {} }: { speak?: Speak; speech?: Partial<Speech> } = {}) {
  const clock = createVirtualClock();
  const opened: Turn[] = [];
  const turns = createTurns({ maxTurns: 1, clock });
  const open = turns.open.bind(turns);
  turns.open = (...args) => {
    const turn = open(...args);
    opened.push(turn);
    return turn;
  };
  const lines: { level: string; fields: Record<string, unknown> }[] = [];
  const keep = (level: string) => (fields: Record<string, unknown>) => lines.push({ level, fields });
  const log = { debug: keep("debug"), info: keep("info"), warn: keep("warn"), error: keep("error") } as unknown as Log;
  const metrics = createMetrics({ runtime: false });
  const asked: SpeechOptions[] = [];
  const signals: AbortSignal[] = [];
  const openSpeech: OpenSpeech = async (text, { signal }, options) => {
    asked.push(options);
    signals.push(signal);
    return {
      voice: "alto",
      format: { sampleRateHertz: 24_000, channelCount: 1 },
      openerMode: OpenerMode.SOFT,
      openings: [],
      events: speak(text, signal),
      waitedMs: 0,
      waits: () => undefined,
      played() {},
      ...speech,
    };
  };
  const openings = { en: ["Well,"], de: ["Gut,"] };
  const tools = {
    turns,
    openSpeech,
    openings,
    count: createTurnCounts(metrics, turns),
    heartbeatIntervalMs: 12_000,
    readerTimeoutMs: 12_000,
    clock,
    log,
  };
  const start = (what: TurnPlan | SpokenPlan | Given, call: Partial<CallInit> = {}, other: object = {}) =>
    startTurn(createCall({ signal: new AbortController().signal, ...call }), what, { ...tools, ...other });
  const assertOver = () => {
    assert.equal(turns.count, 0, "no turn is left");
    assert.equal(clock.pending, 0, "no timer is left");
    assert.ok(
      signals.every(({ aborted }) => aborted),
      "whatever the voice still does is stopped",
    );
  };
  return { clock, turns, opened, lines, metrics, asked, start, assertOver };
}

/**
 * All of it, in the order that every turn keeps: numbers without a gap, `started` first, and one `finished`, which is
 * last.
 */
async function read(events: AsyncIterable<Numbered<TurnEvent>>) {
  const all = await Array.fromAsync(events);
  assert.deepEqual(
    all.map(({ sequence }) => sequence),
    all.map((_, index) => index + 1),
  );
  const of = <Case extends TurnEvent["case"]>(name: Case) =>
    all.flatMap(({ event }) => (event.case === name ? [event.value as EventOf<Case>] : []));
  const [started, ...again] = of("started");
  const [finished, ...more] = of("finished");
  assert.ok(started && finished && again.length === 0 && more.length === 0);
  assert.deepEqual([all[0]?.event.case, all.at(-1)?.event.case], ["started", "finished"]);
  const text = of("textDelta")
    .map(({ text }) => text)
    .join("");
  return { all, of, started, finished, text, names: all.map(({ event }) => event.case) };
}

describe("a turn", () => {
  it("is written, spoken, ended and told of once", async () => {
    const house = create();
    const { text, of, started, finished } = await read(house.start({ ...plan, write: write(["One. ", "Two."]) }));
    assert.equal(text, "One. Two.");
    assert.deepEqual(
      of("segment").flatMap(({ start, end }) => [start, end]),
      [0, 5, 5, 9],
    );
    assert.deepEqual(
      [started.voice, started.model, started.profile, started.marked],
      ["alto", "a hand", "", undefined],
    );
    assert.deepEqual([finished.outcome, finished.finishReason], [Outcome.COMPLETED, FinishReason.STOP]);
    assert.deepEqual([finished.usage, finished.error], [stopped.usage, undefined]);
    house.assertOver();
    assert.deepEqual(
      house.lines.map(({ level, fields }) => [level, fields.rpc, fields.outcome, fields.code, "profile" in fields]),
      [["info", "Converse", "completed", "OK", false]],
    );
  });

  it("goes to the voice in few pieces, and the model waits for a voice that takes nothing", async () => {
    let written = 0;
    const long = "x".repeat(2_048);
    const writeMuch: Writer = async () => {
      async function* deltas(): AsyncGenerator<string, Ending> {
        for (; written < 1_000; written++) yield long;
        return stopped;
      }
      return { model: "", shown: false, deltas: deltas() };
    };
    const house = create({ speak: silent });
    const caller = new AbortController();
    const events = house.start({ ...plan, rpc: "Speak", write: writeMuch }, { signal: caller.signal });
    await events.next();
    const rest = events.next();
    await house.clock.advance(0);
    // Sixteen messages of two pieces each wait, and the one that found no room.
    assert.equal(written, 32);
    caller.abort();
    await assert.rejects(rest);
    house.assertOver();
  });

  it("shows its caller no text that is his own", async () => {
    const { names } = await read(create().start({ ...plan, rpc: "Speak", write: write(["Mine."], { shown: false }) }));
    assert.deepEqual(names, ["started", "segment", "audio", "segmentDone", "finished"]);
  });

  it("says that its model thinks, and to its caller alone", async () => {
    const thought = { elapsedMs: 700, done: true };
    const { of, text } = await read(create().start({ ...plan, write: write([thought, "So."]) }));
    assert.deepEqual(of("thinking"), [thought]);
    assert.deepEqual([text, of("segment").map(({ spoken }) => spoken)], ["So.", ["So."]]);
  });

  it("warns of what was left out of the text, where it ends, and of a text of which nothing is heard", async () => {
    const warned = async (pieces: string[], ending: Ending, spoken?: string[]) =>
      (await read(create().start({ ...plan, write: write(pieces, { ending }), spoken }))).of("warning");
    const reason = WarningReason.NOT_SPOKEN;
    assert.deepEqual(await warned(["Hm? ", "👍"], { ...stopped, leftOut: true }), [{ reason, start: 5, end: 5 }]);
    assert.deepEqual(await warned(['{"a":', '"👍"}'], stopped, ["b"]), [{ reason, start: 0, end: 9 }]);
    assert.deepEqual(await warned(['{"a":"👍"}'], stopped, ["a"]), []);
    assert.deepEqual(await warned([], stopped), []);
  });

  it("says a notice before the text, and places everything in the text alone", async () => {
    async function* aloudWithWarnings(text: AsyncIterable<string>): AsyncGenerator<TurnEvent> {
      for await (const event of aloud(text)) {
        yield event;
        if (event.case !== "segment") continue;
        const { start = 0, end = 0 } = event.value;
        yield { case: "warning", value: { reason: WarningReason.NOT_SPOKEN, start, end } };
      }
    }
    const house = create({ speak: aloudWithWarnings });
    const { started, of, text } = await read(
      house.start({ ...plan, write: write(["Yes."]), notice: () => "👋 A machine." }),
    );
    assert.deepEqual([started.marked, text], [{ notice: true }, "Yes."]);
    const places = [
      { start: 0, end: 0 },
      { start: 0, end: 4 },
    ];
    const placesOf = (those: readonly { start?: number | undefined; end?: number | undefined }[]) =>
      those.map(({ start, end }) => ({ start, end }));
    assert.deepEqual(placesOf(of("segment")), places);
    assert.deepEqual(placesOf(of("segment").flatMap(({ spans = [] }) => spans)), places);
    assert.deepEqual(placesOf(of("warning")), places);
    assert.deepEqual(
      of("segment").map(({ spoken }) => spoken),
      ["👋 A machine.\n", "Yes."],
    );
  });

  it("says where in an answer of JSON stands what is spoken of it", async () => {
    const house = create();
    const before = '{"mood":"glad","say":"';
    const { of, text } = await read(
      house.start({ ...plan, spoken: ["say"], write: write([`${before}One. `, 'Two."}']) }),
    );
    assert.equal(text, `${before}One. Two."}`);
    const segment = (index: number, spoken: string, start: number, end: number) => ({
      index,
      spoken,
      start,
      end,
      spans: [{ start, end, spokenStart: 0, spokenEnd: spoken.length, weight: 0 }],
    });
    assert.deepEqual(of("segment"), [segment(0, "One. ", 22, 27), segment(1, "Two.", 27, 31)]);
  });

  it("tells the voice what its listener has heard", async () => {
    const heard: number[] = [];
    const house = create({ speech: { played: ({ seconds }) => void heard.push(seconds) } });
    const events = house.start({ ...plan, write: write(["Yes."]) });
    await events.next();
    house.opened[0]?.played({ segment: 0, seconds: 1.5 });
    await Array.fromAsync(events);
    assert.deepEqual(heard, [1.5]);
  });
});

describe("where the first sound comes from", () => {
  const rows: [what: string, from: Partial<TurnPlan>, offered: string[], opens: boolean, mode: OpenerMode][] = [
    ["the language of the request", { language: "de", questionLanguage: "en" }, ["Gut,"], true, OpenerMode.LIST],
    ["the language of the question", { questionLanguage: "en" }, ["Well,"], true, OpenerMode.LIST],
    ["a writer that was not asked to", { language: "de" }, ["Gut,"], false, OpenerMode.SOFT],
    ["a text that is the caller's own", { rpc: "Speak", language: "de" }, [], false, OpenerMode.SOFT],
  ];
  for (const [what, from, offered, opens, mode] of rows)
    it(what, async () => {
      const house = create({ speech: { openerMode: OpenerMode.LIST } });
      const { started } = await read(house.start({ ...plan, ...from, write: write(["Ja."], { opens }) }));
      assert.deepEqual(house.asked[0]?.openings, offered);
      assert.equal(started.openerMode, mode);
      assert.equal(started.language, from.language ?? from.questionLanguage ?? "");
    });
});

describe("a turn that fails", () => {
  it("before it starts, as its voice refuses it: nobody writes", async () => {
    const house = create();
    let asked = 0;
    const openSpeech = () => Promise.reject(broken);
    const writer: Writer = (...args) => {
      asked++;
      return write(["No."])(...args);
    };
    const events = house.start({ ...plan, write: writer }, {}, { openSpeech });
    await assert.rejects(events.next(), broken);
    assert.equal(asked, 0);
    house.assertOver();
    assert.deepEqual(
      house.lines.map(({ level, fields }) => [level, fields.reason]),
      [
        ["warn", "ENGINE_BROKEN"],
        ["info", "the engine broke off"],
      ],
    );
  });

  it("before it starts, as its writer refuses it: the voice gets its place back, and of a plain refusal the log is told once", async () => {
    const house = create({ speak: silent });
    const full = new Failure("RESOURCE_EXHAUSTED", "FULL", "all are busy");
    await assert.rejects(house.start({ ...plan, write: () => Promise.reject(full) }).next(), full);
    house.assertOver();
    assert.deepEqual(
      house.lines.map(({ level }) => level),
      ["info"],
    );
  });

  it("before any text has come: at once, though the voice says nothing", async () => {
    const house = create({ speak: silent });
    const { finished } = await read(house.start({ ...plan, write: write([broken]) }));
    assert.deepEqual([finished.outcome, finished.error?.reason], [Outcome.FAILED, "ENGINE_BROKEN"]);
    house.assertOver();
  });

  it("in the middle: what was shown is heard before its end is told, and the log knows why", async () => {
    const house = create();
    const { finished, names, text } = await read(house.start({ ...plan, write: write(["Half. ", broken]) }));
    assert.equal(text, "Half. ");
    assert.deepEqual(names.slice(-4), ["segment", "audio", "segmentDone", "finished"]);
    assert.deepEqual([finished.outcome, finished.error?.reason], [Outcome.FAILED, "ENGINE_BROKEN"]);
    assert.deepEqual([finished.finishReason, finished.usage], [undefined, undefined]);
    house.assertOver();
    assert.match(String(house.lines.find(({ level }) => level === "warn")?.fields.cause), /its socket/);
  });

  it("tells people who run the deployment more than others", async () => {
    const inFull = "10.0.0.9 broke off";
    const failure = new Failure("UNAVAILABLE", "ENGINE_BROKEN", "an engine broke off", { inFull, retryDelayMs: 99.6 });
    const told = async (call: Partial<CallInit>) =>
      (await read(create().start({ ...plan, write: write([failure]) }, call))).finished.error;
    assert.deepEqual((await told({}))?.message, "an engine broke off");
    assert.deepEqual((await told({ inFull: true }))?.message, inFull);
    assert.equal((await told({}))?.retryDelayMs, 100);
  });
});

describe("what is counted of a turn", () => {
  it("is how long its caller waited for what, how well its speech came, and what it cost", async () => {
    async function* haltingly(text: AsyncIterable<string>): AsyncGenerator<TurnEvent> {
      for await (const _ of text);
      await sleep(house.clock, 300);
      yield { case: "audio", value: { segment: 0, offset: 0, pcm } };
      await sleep(house.clock, 1_000);
      yield { case: "audio", value: { segment: 0, offset: 12_000, pcm } };
    }
    const waits = () => ({ clauseMs: 0, wordsMs: 0, queueMs: 100, engineMs: 150, leadingSilenceMs: 0 });
    const house: ReturnType<typeof create> = create({ speak: haltingly, speech: { waits } });
    const reading = read(house.start({ ...plan, write: write(["One."]) }));
    assert.match(await house.metrics.registry.metrics(), /^duet_edge_turns_in_flight 1$/m);
    await house.clock.advance(2_000);
    await reading;
    const page = await house.metrics.registry.metrics();
    for (const line of [
      "duet_edge_turns_in_flight 0",
      "duet_edge_turns_limit 1",
      'duet_edge_turns_total{rpc="Converse",outcome="completed",code="OK"} 1',
      'duet_edge_ttft_seconds_sum{rpc="Converse"} 0',
      'duet_edge_ttfa_seconds_sum{rpc="Converse"} 0.3',
      'duet_edge_phase_seconds_sum{phase="voice_queue"} 0.1',
      'duet_edge_phase_seconds_sum{phase="engine"} 0.15',
      'duet_edge_phase_seconds_sum{phase="send"} 0.05',
      'duet_edge_phase_seconds_bucket{le="0.05",phase="send"} 1',
      "duet_edge_gaps_total 1",
      "duet_edge_gap_seconds_total 0.5",
      'duet_edge_turn_seconds_sum{rpc="Converse",outcome="completed"} 1.3',
      'duet_edge_turn_seconds_bucket{le="2.5",rpc="Converse",outcome="completed"} 1',
      'duet_edge_tenant_turns_total{tenant="default",outcome="completed"} 1',
      'duet_edge_tenant_tokens_total{tenant="default",kind="prompt"} 3',
      'duet_edge_tenant_tokens_total{tenant="default",kind="completion"} 4',
      'duet_edge_tenant_audio_seconds_total{tenant="default"} 1',
    ])
      assert.ok(page.includes(`\n${line}\n`), line);
  });

  it("is counted by its outcome and its reason", async () => {
    const house = create();
    await read(house.start({ ...plan, profile: "kiosk", write: write(["Half. ", broken]) }));
    const page = await house.metrics.registry.metrics();
    for (const line of [
      'duet_edge_turns_total{rpc="Converse",profile="kiosk",outcome="failed",code="UNAVAILABLE"} 1',
      'duet_edge_turn_outcomes_total{outcome="failed"} 1',
      'duet_edge_turn_outcomes_total{outcome="completed"} 0',
      'duet_edge_failures_total{outcome="failed",reason="ENGINE_BROKEN"} 1',
      'duet_edge_tenant_audio_seconds_total{tenant="default"} 0.5',
      'duet_edge_ttfa_seconds_count{rpc="Converse",profile="kiosk"} 1',
    ])
      assert.ok(page.includes(`${line}\n`), line);
  });

  it("has few values of each label, however many tenants there are and whatever goes wrong", async () => {
    const house = create();
    const most = 100;
    for (let nth = 0; nth < most + 20; nth++) {
      const tenant = `tenant ${nth}`;
      const fails = new Failure("UNAVAILABLE", `REASON_${nth}`, "it is away");
      const identity = { tenant, user: undefined, key: undefined, priority: 0 };
      await read(house.start({ ...plan, write: write(["Half. ", fails]) }, { identity }));
    }
    const values = new Map<string, Set<string>>();
    for (const { name, values: all } of await house.metrics.registry.getMetricsAsJSON())
      for (const { labels } of all)
        for (const [label, value] of Object.entries(labels))
          values.set(`${name} ${label}`, (values.get(`${name} ${label}`) ?? new Set()).add(String(value)));
    for (const [label, own] of values) assert.ok(own.size <= most + 1, `${label} has ${own.size} values`);
    for (const label of ["duet_edge_tenant_turns_total tenant", "duet_edge_failures_total reason"])
      assert.ok(values.get(label)?.has("other"), label);
  });
});

describe("a turn that is stopped", () => {
  const rows: [
    what: string,
    outcome: Outcome,
    reason: string | undefined,
    stop: (house: ReturnType<typeof create>, id: string) => unknown,
  ][] = [
    ["by an interrupt", Outcome.INTERRUPTED, undefined, ({ turns }, id) => turns.interrupt("default", id)],
    ["by its deadline", Outcome.FAILED, "DEADLINE_EXCEEDED", ({ clock }) => clock.advance(5_000)],
  ];
  const endless: Writer = async ({ signal }) => {
    async function* deltas(): AsyncGenerator<string, Ending> {
      yield "Half. ";
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      return stopped;
    }
    return { model: "", shown: true, deltas: deltas() };
  };
  for (const [what, outcome, reason, stop] of rows)
    it(`${what}: waits for no voice, and warns of nothing`, async () => {
      const house = create({ speak: silent });
      const events = house.start({ ...plan, write: endless }, { deadline: 5_000 });
      const started = (await events.next()).value?.event;
      const rest = Array.fromAsync(events);
      await house.clock.advance(0);
      await stop(house, started?.case === "started" ? String(started.value.turnId) : "");
      const last = (await rest).at(-1)?.event;
      assert.ok(last?.case === "finished");
      assert.deepEqual([last.value.outcome, last.value.error?.reason], [outcome, reason]);
      house.assertOver();
      assert.deepEqual(
        house.lines.map(({ level }) => level),
        ["info"],
      );
    });

  it("by its caller's leaving: nobody is told but the log", async () => {
    const house = create({ speak: silent });
    const caller = new AbortController();
    const events = house.start({ ...plan, write: endless }, { signal: caller.signal });
    await events.next();
    const rest = Array.fromAsync(events);
    await house.clock.advance(0);
    caller.abort();
    await assert.rejects(rest);
    house.assertOver();
    assert.deepEqual(
      house.lines.map(({ level, fields }) => [level, fields.outcome]),
      [["info", "left"]],
    );
  });

  it("is held by its heartbeats meanwhile, each when it has been silent for so long", async () => {
    const house = create({ speak: silent });
    const events = house.start({ ...plan, write: endless });
    for (const name of ["started", "textDelta"]) assert.equal((await events.next()).value?.event.case, name);
    const beats: Promise<unknown>[] = [];
    for (const _ of [1, 2]) {
      const next = events.next();
      beats.push(next);
      await house.clock.advance(11_999);
      assert.equal(await Promise.race([next, undefined]), undefined);
      await house.clock.advance(1);
      assert.deepEqual((await next).value, { sequence: 0, event: { case: "heartbeat", value: {} } });
    }
    await events.return(undefined);
    await house.clock.advance(0);
    house.assertOver();
  });
});

describe("a turn whose question is a recording", () => {
  const answer = () => ({ ...plan, write: write(["Yes."]) });
  const said = { text: "Is it?", language: "en" };

  it("tells what was said when it has started", async () => {
    const house = create();
    const { names, of, finished } = await read(house.start({ rpc: "Converse", listen: async () => said, answer }));
    assert.deepEqual(names.slice(0, 2), ["started", "transcript"]);
    assert.deepEqual(of("transcript"), [{ ...said, final: true }]);
    assert.equal(typeof finished.timings?.transcriptMs, "number");
  });

  it("is answered by nothing where nobody spoke", async () => {
    const house = create();
    const listen = async () => ({ text: "", language: "" });
    const { names, started, finished } = await read(house.start({ rpc: "Converse", profile: "kiosk", listen, answer }));
    assert.deepEqual(names, ["started", "transcript", "finished"]);
    assert.deepEqual([started.profile, finished.outcome, house.asked], ["kiosk", Outcome.NO_SPEECH, []]);
    assert.deepEqual(
      house.lines.map(({ fields }) => [fields.outcome, fields.code, fields.profile]),
      [["no-speech", "OK", "kiosk"]],
    );
  });

  it("is refused where it cannot be heard, and the log knows why if there is more to know", async () => {
    const plain = new Failure("INVALID_ARGUMENT", "NO_AUDIO", "no sound");
    for (const [failure, levels] of [
      [broken, ["warn", "info"]],
      [plain, ["info"]],
    ] as const) {
      const house = create();
      await assert.rejects(
        house.start({ rpc: "Converse", listen: () => Promise.reject(failure), answer }).next(),
        failure,
      );
      house.assertOver();
      assert.deepEqual(
        house.lines.map(({ level }) => level),
        levels,
      );
    }
  });

  it("is told of to nobody whose caller has left", async () => {
    const house = create();
    const caller = new AbortController();
    const listen = async () => {
      caller.abort();
      throw broken;
    };
    await assert.rejects(house.start({ rpc: "Converse", listen, answer }, { signal: caller.signal }).next());
    house.assertOver();
    assert.deepEqual(
      house.lines.map(({ level, fields }) => [level, fields.outcome]),
      [["info", "left"]],
    );
  });
});

describe("a turn that repeats another", () => {
  const other: TurnEvent[] = [
    { case: "started", value: { turnId: "the other", voice: "alto", profile: "its", resumable: true } },
    { case: "textDelta", value: { text: "Again." } },
    {
      case: "finished",
      value: { outcome: Outcome.COMPLETED, finishReason: FinishReason.LENGTH, usage: stopped.usage ?? {} },
    },
  ];
  const give = (events: readonly (TurnEvent | Error)[]): Given => ({
    rpc: "Converse",
    profile: "own",
    async *given() {
      for (const event of events) {
        if (event instanceof Error) throw event;
        yield event;
      }
    },
  });

  it("has its own name and profile, and the other's words and end", async () => {
    const house = create();
    const { started, finished, text } = await read(house.start({ ...give(other), id: "mine" }));
    assert.deepEqual(
      [started.turnId, started.profile, started.resumable, started.voice],
      ["mine", "own", false, "alto"],
    );
    assert.equal(text, "Again.");
    assert.deepEqual(
      [finished.outcome, finished.finishReason, finished.usage],
      [Outcome.COMPLETED, FinishReason.LENGTH, stopped.usage],
    );
    assert.equal(typeof finished.timings?.totalMs, "number");
    house.assertOver();
  });

  it("fails where the other fails, breaks off or has no end, and is refused where it never started", async () => {
    const failed: TurnEvent = {
      case: "finished",
      value: { outcome: Outcome.FAILED, error: { code: 14, reason: "LOST" } },
    };
    const rows = [
      [[...other.slice(0, 2), failed], "LOST"],
      [[...other.slice(0, 2), broken], "ENGINE_BROKEN"],
      [other.slice(0, 2), "INTERNAL"],
    ] as const;
    for (const [events, reason] of rows) {
      const { finished, text } = await read(create().start(give(events)));
      assert.deepEqual([text, finished.outcome, finished.error?.reason], ["Again.", Outcome.FAILED, reason]);
    }
    await assert.rejects(
      create()
        .start(give([broken]))
        .next(),
      broken,
    );
  });

  it("can be stopped, of which nobody is told who has left", async () => {
    const given: Given["given"] = async function* ({ signal }) {
      yield other[0] as TurnEvent;
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    };
    const endOf = async (stop: (house: ReturnType<typeof create>, caller: AbortController) => unknown) => {
      const house = create();
      const caller = new AbortController();
      const events = house.start({ rpc: "Converse", id: "mine", given }, { signal: caller.signal, deadline: 5_000 });
      await events.next();
      const last = Array.fromAsync(events);
      last.catch(() => {});
      await house.clock.advance(0);
      await stop(house, caller);
      await last.catch(() => {});
      house.assertOver();
      const end = (await last.catch(() => [])).at(-1)?.event;
      return [
        house.lines.map(({ fields }) => fields.outcome).join(),
        end?.case === "finished" && end.value.error?.reason,
      ];
    };
    assert.deepEqual(await endOf(({ turns }) => turns.interrupt("default", "mine")), ["interrupted", undefined]);
    assert.deepEqual(await endOf(({ opened }) => opened[0]?.stop("superseded")), ["interrupted", undefined]);
    assert.deepEqual(await endOf(({ clock }) => clock.advance(5_000)), ["failed", "DEADLINE_EXCEEDED"]);
    assert.deepEqual(await endOf((_, caller) => caller.abort()), ["left", false]);
  });
});
