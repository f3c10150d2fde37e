import assert from "node:assert/strict";
import { ChannelCredentials, type ClientError, createChannel, createClient, Status } from "nice-grpc";
import { describe, it, type TestContext } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import type { declared } from "../../infra/config/declared.ts";
import { loadConfig } from "../../infra/config/load.ts";
import { createLog } from "../../infra/log/log.ts";
import { formatAddress } from "../../infra/net/address.ts";
import type { Values } from "../../infra/settings/setting.ts";
import { createPipe } from "../../infra/stream/pipe.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { type FishTwinOptions, startFishTwin } from "../../infra/twins/fish/server.ts";
import { startServer } from "../../services/common/server/server.ts";
import { Severity } from "../../services/gen/duet/config/v1/drift.ts";
import { EngineConfig } from "../../services/gen/duet/config/v1/engine.ts";
import {
  type DeepPartial,
  type SynthesizeRequest,
  type SynthesizeResponse,
  SynthesizeServiceDefinition,
  WarningReason,
} from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import type { SpeechEngine } from "../../services/synthesize/engines/adapter.ts";
import { openEngine } from "../../services/synthesize/engines/open.ts";
import { createCasting } from "../../services/synthesize/lanes/casting.ts";
import { openLane } from "../../services/synthesize/lanes/lane.ts";
import { createSynthesizeMetrics } from "../../services/synthesize/report/metrics.ts";
import { createSynthesizeService } from "../../services/synthesize/service.ts";

type Request = DeepPartial<SynthesizeRequest>;
type Event = NonNullable<SynthesizeResponse["event"]>;

const config = (voice = "", language = ""): Request => ({ part: { $case: "config", value: { voice, language } } });
const text = (value: string): Request => ({ part: { $case: "text", value } });
const flush: Request = { part: { $case: "flush", value: {} } };
const end: Request = { part: { $case: "end", value: {} } };

/** What a service knows of its engine if there is no config file. */
const nothingKnown: Pick<Extract<SpeechEngine, { name: "fish" }>, "plan" | "bytes"> = {
  plan: undefined,
  bytes: undefined,
};

/** A real service before real twins, and a real client before it. */
async function serve(
  t: TestContext,
  { workers = 1, maxSessions = 64, twin = {} as Partial<FishTwinOptions>, known = nothingKnown } = {},
) {
  const twins = await Promise.all(Array.from({ length: workers }, () => startFishTwin({ timeScale: 0, ...twin })));
  const clock = systemClock;
  const metrics = createMetrics({ runtime: false });
  const settings = {
    url: twins.map(({ url }) => url),
    mode: "s2",
    apiKey: undefined,
    references: undefined,
    voices: [],
    withoutReference: "unready",
    timeoutMs: 20_000,
  } as const;
  const opened = openEngine({ name: "fish", settings, ...known, errors: [] }, { clock });
  const log = createLog({ service: "synthesize", level: "silent" });
  const speakMetrics = createSynthesizeMetrics(metrics);
  const { synthesize } = loadConfig({}).config.settings as Values<typeof declared>;
  const lane = openLane(opened, { settings: synthesize, metrics: speakMetrics, log, clock });
  const server = await startServer({
    name: "synthesize",
    definition: SynthesizeServiceDefinition,
    implementation: createSynthesizeService({
      casting: createCasting({ lanes: [lane], metrics: speakMetrics, log, clock }),
      writerPauseMs: 400,
      maxSessions,
      watches: [lane.watch],
      lanes: [lane],
      clock,
    }),
    listen: { address: { host: "127.0.0.1", port: 0 }, setting: "DUET_SYNTHESIZE_LISTEN" },
    adminListen: { address: { host: "127.0.0.1", port: 0 }, setting: "DUET_SYNTHESIZE_ADMIN_LISTEN" },
    metrics,
    log: createLog({ service: "synthesize", level: "silent" }),
    clock,
    notReady: lane.watch.notReady,
    degraded: lane.watch.degraded,
    drainTimeoutMs: 1000,
  });
  const channel = createChannel(formatAddress(server.address), ChannelCredentials.createInsecure());
  t.onTestFinished(async () => {
    channel.close();
    await server.close();
    await lane.close();
    await Promise.all(twins.map((each) => each.close()));
  });
  return { client: createClient(SynthesizeServiceDefinition, channel), twins, load: lane.load, metrics };
}

async function* from(...requests: Request[]): AsyncGenerator<Request> {
  yield* requests;
}

async function collect(responses: AsyncIterable<SynthesizeResponse>): Promise<Event[]> {
  const events: Event[] = [];
  for await (const { event } of responses) if (event !== undefined) events.push(event);
  return events;
}

const cases = (events: readonly Event[]) =>
  events.map(({ $case }) => $case).filter((name, i, all) => name !== "audio" || all[i - 1] !== "audio");

describe("speaking", () => {
  it("admits, speaks segment by segment in order, and finishes", async (t) => {
    const { client } = await serve(t, { workers: 2 });
    const story =
      "虽然这种方法在理论上是完全可行的，但是还需要时间。整个过程预计需要一年半。谢谢您的耐心，我们下次再见。";
    const events = await collect(client.synthesize(from(config(), text(story.slice(0, 7)), text(story.slice(7)), end)));

    assert.equal(events[0]?.$case, "admitted");
    assert.equal(events.at(-1)?.$case, "finished");
    let covered = 0;
    let frames = 0;
    let open: number | undefined;
    let segments = 0;
    for (const event of events) {
      if (event.$case === "segment") {
        assert.equal(open, undefined, "one segment at a time");
        assert.equal(event.value.index, segments++);
        assert.ok(event.value.start >= covered);
        covered = event.value.end;
        open = event.value.index;
        frames = 0;
      }
      if (event.$case === "audio") {
        assert.equal(event.value.segment, open);
        assert.equal(event.value.offset, frames);
        assert.ok(event.value.pcm.length <= 64 * 1024 && event.value.pcm.length % 2 === 0);
        frames += event.value.pcm.length / 2;
      }
      if (event.$case === "segmentDone") {
        assert.equal(event.value.sampleCount, frames);
        open = undefined;
      }
    }
    assert.equal(covered, [...story].length);
    const last = events.at(-1);
    assert.ok(last?.$case === "finished");
    assert.equal(last.value.segmentCount, segments);
    assert.equal(last.value.characterCount, [...story].length);
    assert.ok(Number(last.value.sampleCount) / 44_100 > 5);
  });

  it("is told how far it was heard at any time, behind the end of the text too, and ends as it would", async (t) => {
    const { client } = await serve(t);
    const played = (segment: number, offset: number): Request => ({
      part: { $case: "played", value: { segment, offset } },
    });
    const requests = from(config(), played(0, 9), text("Yes. "), played(7, 9), end, played(0, 100), played(1, 0));
    const events = await collect(client.synthesize(requests));
    assert.equal(events.at(-1)?.$case, "finished");
  });

  it("takes the end of the sending side for `end`", async (t) => {
    const { client } = await serve(t);
    assert.deepEqual(cases(await collect(client.synthesize(from(config(), text("你好，很高兴见到你。"))))), [
      "admitted",
      "segment",
      "audio",
      "segmentDone",
      "finished",
    ]);
  });

  it("speaks what was flushed while the writer still writes", async (t) => {
    const { client } = await serve(t);
    const requests = createPipe<Request>({ capacity: 10 });
    for (const request of [config(), text("还没写完的句子"), flush]) void requests.write(request);
    for await (const { event } of client.synthesize(requests)) if (event?.$case === "segmentDone") requests.end();
  });

  it("speaks nothing for a text without words, and says so by finishing without a segment", async (t) => {
    const { client, twins } = await serve(t);
    assert.deepEqual(cases(await collect(client.synthesize(from(config(), text("😀 —— ！！"), end)))), [
      "admitted",
      "finished",
    ]);
    assert.equal(twins[0]?.seen().length, 0);
  });

  it("speaks with the voice that was asked for", async (t) => {
    const { client, twins } = await serve(t);
    await collect(client.synthesize(from(config("oliver"), text("Nice to meet you."), end)));
    assert.equal(twins[0]?.seen()[0]?.voice, "oliver");
    assert.deepEqual(
      (await client.listVoices({})).voices.map(({ name }) => name),
      ["fish/emma", "fish/haoran", "fish/oliver", "fish/xiaolin"],
    );
  });

  it("names what could not be spoken, and goes on", async (t) => {
    const { client } = await serve(t);
    const events = await collect(
      client.synthesize(from(config(), text("FAIL this one please.\nThe next one is fine.\n"), end)),
    );
    const warning = events.find((event) => event.$case === "warning");
    assert.equal(warning?.value.reason, WarningReason.SEGMENT_FAILED);
    assert.equal(events.at(-1)?.$case, "finished");
  });
});

describe("a text of which every segment failed", () => {
  /** The events of a text, and the status that it ended with. */
  const hear = async (t: TestContext, ...requests: Request[]) => {
    const { client, load } = await serve(t);
    const events: Event[] = [];
    let error: ClientError | undefined;
    try {
      for await (const { event } of client.synthesize(from(config(), ...requests, end)))
        if (event !== undefined) events.push(event);
    } catch (thrown) {
      error = thrown as ClientError;
    }
    assert.deepEqual(load(), { sessions: 0, busy: 0, slots: 1 });
    return { events, status: error && Status[error.code], details: error?.details };
  };

  const rows: readonly (readonly [string, string, keyof typeof Status, RegExp])[] = [
    ["it fails", "FAIL this one.", "UNAVAILABLE", /Fish-Speech at \S+/],
    ["no audio comes", "PAGE this one.", "INTERNAL", /where audio was expected/],
    ["it is silent", "SILENT this one.", "UNAVAILABLE", /the speech server at \S+ sent only silence/],
    ["it is cut off each time", "RESET this one.", "UNAVAILABLE", /Fish-Speech at \S+/],
    [
      "all fail, the last in another way",
      "FAIL this one please.\nThen PAGE this one too.\n",
      "INTERNAL",
      /where audio was expected/,
    ],
    ["code stands beside it", "```\nlet x = 1;\n```\nFAIL this one.", "UNAVAILABLE", /Fish-Speech at \S+/],
  ];
  for (const [what, written, status, message] of rows)
    it(`fails as the last of them, after its warnings: ${what}`, async (t) => {
      const heard = await hear(t, text(written));
      assert.equal(heard.status, status);
      assert.match(heard.details ?? "", message);
      assert.equal(heard.events.filter(({ $case }) => $case === "audio" || $case === "finished").length, 0);
      const reasons = heard.events.flatMap((event) => (event.$case === "warning" ? [event.value.reason] : []));
      assert.equal(reasons.at(-1), WarningReason.SEGMENT_FAILED);
      assert.equal(heard.events.at(-1)?.$case, "segmentDone");
    });

  const whole: readonly (readonly [string, string])[] = [
    ["the first of two is spoken", "This one is fine, I hope.\nFAIL the next one.\n"],
    ["the last of two is spoken", "FAIL this one please.\nThe next one is fine.\n"],
    ["something of it was heard, though it looks wrong", "SHORT words are heard of this."],
    ["there was nothing to speak", "```\nlet x = 1;\n```\n"],
    ["there was nothing at all", ""],
  ];
  for (const [what, written] of whole)
    it(`is none if ${what}`, async (t) => {
      const { status, events } = await hear(t, text(written));
      assert.deepEqual([status, events.at(-1)?.$case], [undefined, "finished"]);
    });

  it("is not given up while its writer still writes", async (t) => {
    const { client } = await serve(t);
    const requests = createPipe<Request>({ capacity: 10 });
    for (const one of [config(), text("FAIL this one.\n"), flush]) await requests.write(one);
    const seen: string[] = [];
    for await (const { event } of client.synthesize(requests)) {
      seen.push(event?.$case ?? "");
      if (event?.$case !== "segmentDone") continue;
      await requests.write(text("The next one is fine.\n"));
      requests.end();
    }
    assert.ok(seen.includes("audio"));
    assert.equal(seen.at(-1), "finished");
  });
});

it("reads figures in the language of the question until the text has shown its own", async (t) => {
  const { client } = await serve(t);
  const asked = async (questionLanguage: string, written: string) => {
    const first: Request = { part: { $case: "config", value: { questionLanguage } } };
    const events = await collect(client.synthesize(from(first, text(written), end)));
    return events.flatMap((event) => (event.$case === "segment" ? [event.value.spoken] : [])).join(" ");
  };
  assert.equal(await asked("en", "42!"), "forty-two!");
  assert.equal(await asked("de", "42!"), "zweiundvierzig!");
  assert.equal(await asked("de", "It is 42 degrees."), "It is forty-two degrees.");
});

describe("refusals", () => {
  const rows: readonly (readonly [string, Request[], Status, RegExp])[] = [
    ["text before config", [text("你好")], Status.INVALID_ARGUMENT, /config: must be the first/],
    ["nothing at all", [], Status.INVALID_ARGUMENT, /config/],
    ["config twice", [config(), config()], Status.INVALID_ARGUMENT, /config: may be sent once/],
    ["an empty message", [config(), {}], Status.INVALID_ARGUMENT, /part/],
    ["a malformed language", [config("", "中文")], Status.INVALID_ARGUMENT, /config\.language/],
    [
      "a malformed language of the question",
      [{ part: { $case: "config", value: { questionLanguage: "en_US!" } } }],
      Status.INVALID_ARGUMENT,
      /config\.question_language/,
    ],
    ["an unknown voice", [config("nobody")], Status.NOT_FOUND, /voice.*ListVoices/],
    ["a message above 64 KiB", [config(), text("字".repeat(30_000))], Status.INVALID_ARGUMENT, /64 KiB/],
  ];
  for (const [what, requests, code, message] of rows)
    it(`refuses ${what}, and takes the next good call`, async (t) => {
      const { client, load } = await serve(t);
      await assert.rejects(collect(client.synthesize(from(...requests))), (error: ClientError) => {
        assert.equal(error.code, code);
        assert.match(error.details, message);
        return true;
      });
      assert.equal(
        cases(await collect(client.synthesize(from(config(), text("你好，很高兴见到你。"), end)))).at(-1),
        "finished",
      );
      assert.deepEqual(load(), { sessions: 0, busy: 0, slots: 1 });
    });

  it("refuses one text more than it may speak at once", async (t) => {
    const { client } = await serve(t, { maxSessions: 1 });
    const first = createPipe<Request>({ capacity: 10 });
    void first.write(config());
    const speaking = client.synthesize(first)[Symbol.asyncIterator]();
    await speaking.next();
    await assert.rejects(collect(client.synthesize(from(config(), end))), { code: Status.RESOURCE_EXHAUSTED });
    first.end();
    await speaking.next();
    await collect({ [Symbol.asyncIterator]: () => speaking });
    assert.equal(cases(await collect(client.synthesize(from(config(), end)))).at(-1), "finished");
  });

  it("takes the next text once all of the speech is made, though nobody has read it; so many more, and no more", async (t) => {
    const { client, load } = await serve(t, { maxSessions: 1 });
    const speak = () => client.synthesize(from(config(), text("你好，很高兴见到你。"), end))[Symbol.asyncIterator]();
    const slow = speak();
    assert.equal((await slow.next()).value?.event?.$case, "admitted");
    while (load().sessions > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const next = speak();
    assert.equal((await next.next()).value?.event?.$case, "admitted", "while the first has not been read");
    await collect({ [Symbol.asyncIterator]: () => next });
    assert.equal(cases(await collect({ [Symbol.asyncIterator]: () => slow })).at(-1), "finished");
  });

  it("fails a call whose engine is gone", async (t) => {
    const { client, twins } = await serve(t);
    await client.listVoices({});
    await twins[0]?.close();
    await assert.rejects(collect(client.synthesize(from(config(), text("你好，很高兴见到你。"), end))), {
      code: Status.UNAVAILABLE,
    });
  });
});

it("sends the engine nothing more once the caller cancels", async (t) => {
  const { client, twins, load } = await serve(t, { twin: { timeScale: 0.1 } });
  const long = Array.from(
    { length: 40 },
    (_, i) => `这是第${"一二三四五"[i % 5]}句很长很长的话，说起来需要一些时间。`,
  ).join("");
  const leave = new AbortController();
  await assert.rejects(
    async () => {
      for await (const { event } of client.synthesize(from(config(), text(long), end), { signal: leave.signal }))
        if (event?.$case === "audio") leave.abort();
    },
    { name: "AbortError" },
  );
  while (load().sessions + load().busy > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const asked = twins[0]?.seen().length ?? 0;
  assert.ok(asked <= 4, `${asked} requests for an answer of which one was heard`);
});

describe("GetEngine", () => {
  it("tells of each engine, and how many texts are spoken", async (t) => {
    const { client, twins } = await serve(t, { workers: 2, maxSessions: 7 });
    const unsaid = createPipe<Request>({ capacity: 10 });
    void unsaid.write(config());
    const speaking = client.synthesize(unsaid)[Symbol.asyncIterator]();
    await speaking.next();
    const { engines: told, sessions, sessionLimit } = await client.getEngine({});
    assert.deepEqual([sessions, sessionLimit], [1, 7]);
    const { firstWordsMs = 0, ...capacity } = told[0]?.capacity ?? {};
    assert.deepEqual(capacity, { sessions: 1, queued: 0, sessionLimit: 14, realTimeFactor: undefined });
    assert.ok(firstWordsMs > 0, "what a fast engine takes, until it is known");
    const engines = told.map(({ capacity: _, ...engine }) => engine);
    assert.deepEqual(engines, [
      {
        name: "fish",
        kind: "fish",
        config: undefined,
        servers: twins.map(({ url }) => ({ url, versions: ["s2"], reason: "" })),
        differences: [],
        reason: "",
      },
    ]);
    unsaid.end();
    await collect({ [Symbol.asyncIterator]: () => speaking });
  });

  it("tells the config of its engine and where it is another, and why a server cannot speak", async (t) => {
    const { config: read } = loadConfig({}, "engine:\n  fish:\n    version: 1.5.1\n    gpus: [0, 1]\n");
    const bytes = EngineConfig.encode(EngineConfig.fromPartial({ fish: { version: "1.5.1" } })).finish();
    const { client, twins } = await serve(t, { twin: { mode: "s1" }, known: { plan: read.plan.fish, bytes } });
    const [engine, ...others] = (await client.getEngine({})).engines;
    assert.deepEqual(others, []);
    assert.equal(engine?.config?.fish?.version, "1.5.1");
    assert.equal(engine.config.vllm, undefined);
    assert.match(engine.servers[0]?.reason ?? "", /is not s2 but looks like .*s1.*DUET_FISH_MODE/);
    assert.deepEqual(
      engine.differences.map(({ path, configured, severity, server }) => [path, configured, severity, server]),
      [
        ["engine.fish.version", "1.5.1", Severity.SEVERE, twins[0]?.url],
        ["engine.fish.gpus", "2", Severity.MINOR, ""],
      ],
    );
  });
});
