import assert from "node:assert/strict";
import { Code } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, it } from "vitest";
import { InputEncoding, Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { toSeconds } from "../../infra/telemetry/names.ts";
import * as sounds from "../ears/sounds.ts";
import { readTurn, type TurnResult } from "../support/events.ts";
import { until } from "../support/until.ts";
import { type Collector, startCollector } from "./collector.ts";
import { startHouse, type TracedHouse } from "./house.ts";
import type { ReceivedSpan } from "./otlp.ts";
import { generate, newTrace, one, synthesize, type WholeTrace, wholeTrace } from "./spans.ts";

let collector: Collector;
let house: TracedHouse;
beforeAll(async () => {
  collector = await startCollector();
  house = await startHouse({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: "20" });
});
afterAll(async () => {
  await house.close();
  await collector.close();
});

const spansOf = (trace: { traceId: string; spanId: string }, whole?: WholeTrace) => wholeTrace(collector, trace, whole);
const segmentsOf = (spans: readonly ReceivedSpan[]) => spans.filter(({ name }) => name === "text_to_speech fish");
const statusOf = ({ failed, attributes }: ReceivedSpan) => [
  failed,
  attributes["rpc.status_code"] ?? attributes["duet.speech.outcome"],
  attributes["error.type"],
];

describe("a turn", () => {
  const trace = newTrace();
  let turn: TurnResult;
  let spans: ReceivedSpan[];
  beforeAll(async () => {
    turn = await readTurn(house.customer.converse({ text: "[[tokens:60]]" }, { headers: trace.headers }));
    spans = await spansOf(trace, { least: 6 + turn.segmentCount });
  });

  it("is one trace, from its caller through three services to the engines", () => {
    assert.deepEqual(
      new Set(spans.map(({ service }) => service)),
      new Set(["duet-edge", "duet-generate", "duet-synthesize"]),
    );
    const agent = one(spans, "server", "invoke_agent duet");
    assert.deepEqual([agent.parentId, agent.parentIsRemote, agent.service], [trace.spanId, true, "duet-edge"]);
    for (const [name, service] of [
      [generate, "duet-generate"],
      [synthesize, "duet-synthesize"],
    ] as const) {
      const asked = one(spans, "client", name);
      assert.deepEqual([asked.parentId, asked.parentIsRemote, asked.service], [agent.spanId, false, "duet-edge"]);
      const answered = one(spans, "server", name);
      assert.deepEqual([answered.parentId, answered.parentIsRemote, answered.service], [asked.spanId, true, service]);
    }
    const chat = one(spans, "client", "chat duet-script");
    assert.equal(chat.parentId, one(spans, "server", generate).spanId);
    const { traceparent } = house.vllm.seen().at(-1)?.headers ?? {};
    assert.equal(traceparent, `00-${trace.traceId}-${chat.spanId}-01`, "what vLLM was told");
    assert.ok(turn.segmentCount > 1);
    assert.equal(segmentsOf(spans).length, turn.segmentCount);
    for (const { parentId } of segmentsOf(spans)) assert.equal(parentId, one(spans, "server", synthesize).spanId);
  });

  it("is told with its numbers", () => {
    const { attributes } = one(spans, "server", "invoke_agent duet");
    const { started, finished } = turn;
    assert.equal(attributes["duet.turn.id"], started.turnId);
    assert.equal(attributes["duet.turn.outcome"], "completed");
    assert.equal(attributes["duet.speech.voice"], started.voice);
    assert.deepEqual(attributes["gen_ai.response.finish_reasons"], ["stop"]);
    assert.equal(attributes["gen_ai.usage.input_tokens"], finished.usage?.promptTokens);
    assert.equal(attributes["gen_ai.usage.output_tokens"], finished.usage?.completionTokens);
    assert.equal(attributes["duet.turn.time_to_first_text"], toSeconds(Number(finished.timings?.firstTextMs)));
    assert.equal(attributes["duet.turn.time_to_first_audio"], toSeconds(Number(finished.timings?.firstAudioMs)));

    const chat = one(spans, "client", "chat duet-script").attributes;
    assert.equal(chat["duet.request.id"], started.turnId);
    assert.equal(chat["gen_ai.usage.output_tokens"], finished.usage?.completionTokens);
    assert.ok(Number(chat["gen_ai.response.time_to_first_chunk"]) > 0);

    const segments = segmentsOf(spans).map((span) => span.attributes);
    const seconds = segments.reduce((sum, segment) => sum + Number(segment["duet.speech.audio_duration"]), 0);
    assert.ok(Math.abs(seconds - turn.pcm.length / 2 / Number(started.audioFormat?.sampleRateHertz)) < 0.01);
    for (const [index, segment] of segments.entries()) {
      assert.deepEqual([segment["duet.speech.segment"], segment["duet.speech.attempt"]], [index, 0]);
      assert.ok(Number(segment["duet.speech.characters"]) > 0);
      assert.ok(Number(segment["duet.speech.queue_duration"]) >= 0);
    }
  });

  it("names what was asked of whom, and what came of it, as OpenTelemetry has it for generative AI", async () => {
    const asked = newTrace();
    const generation = { maxTokens: 90, temperature: 0.5, topP: 0.75 };
    const asking = house.customer.converse({ text: "[[tokens:30]]", generation }, { headers: asked.headers });
    const { finished, started, segmentCount } = await readTurn(asking);
    const all = await spansOf(asked, { least: 6 + segmentCount });
    const { promptTokens, cachedTokens, completionTokens } = finished.usage ?? {};
    const came = {
      "gen_ai.response.model": started.model,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": promptTokens,
      "gen_ai.usage.cache_read.input_tokens": cachedTokens,
      "gen_ai.usage.output_tokens": completionTokens,
    };
    /** All that a span tells but its times. */
    const told = ({ attributes }: ReceivedSpan) =>
      Object.fromEntries(Object.entries(attributes).filter(([name]) => !/time_to|phase|duration/.test(name)));
    const called = (method: string, system = "grpc") => ({
      "rpc.system.name": system,
      "rpc.method": method,
      "rpc.status_code": "OK",
    });
    assert.deepEqual(told(one(all, "client", "chat duet-script")), {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "vllm",
      "gen_ai.request.max_tokens": 90,
      "gen_ai.request.temperature": 0.5,
      "gen_ai.request.top_p": 0.75,
      "gen_ai.request.stream": true,
      "duet.request.id": started.turnId,
      ...came,
    });
    const agent = one(all, "server", "invoke_agent duet");
    assert.deepEqual(told(agent), {
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.agent.name": "duet",
      "gen_ai.output.type": "speech",
      "duet.turn.id": started.turnId,
      "duet.turn.outcome": "completed",
      "duet.speech.voice": started.voice,
      ...called("duet.assistant.v1.AssistantService/Converse", "connectrpc"),
      ...came,
    });
    const { "duet.turn.time_to_admission": admitted, "duet.turn.time_to_first_audio": heard } = agent.attributes;
    assert.equal(admitted, toSeconds(Number(finished.timings?.admittedMs)));
    const phases = Object.entries(agent.attributes).filter(([name]) => /^duet\.turn\.phase\.[a-z_]+$/.test(name));
    assert.equal(phases.length, finished.timings?.phases.length);
    const sum = phases.reduce((sum, [, seconds]) => sum + Number(seconds), 0);
    assert.ok(Math.abs(sum - Number(heard)) < 0.001, `${sum} of ${heard}`);
    const [segment] = segmentsOf(all).map(told);
    assert.deepEqual(segment, {
      "gen_ai.operation.name": "text_to_speech",
      "gen_ai.provider.name": "fish",
      "gen_ai.output.type": "speech",
      "duet.speech.voice": started.voice,
      "duet.speech.segment": 0,
      "duet.speech.attempt": 0,
      "duet.speech.worker": 0,
      "duet.speech.characters": segment?.["duet.speech.characters"],
      "duet.speech.outcome": "done",
    });
    for (const kind of ["client", "server"] as const) {
      assert.deepEqual(told(one(all, kind, generate)), called("duet.generate.v1.GenerateService/Generate"));
      assert.deepEqual(told(one(all, kind, synthesize)), called("duet.synthesize.v1.SynthesizeService/Synthesize"));
    }
  });

  it("fails no span, and has none for single messages", () => {
    for (const span of spans) assert.deepEqual([span.failed, span.eventCount], [false, 0], span.name);
    assert.ok(turn.events.length > spans.length * 2);
  });

  it("begins a trace if its caller is in none", async () => {
    const { started } = await readTurn(house.customer.converse({ text: "[[say:Hello there, my friend.]]" }));
    const find = () => collector.spans.find(({ attributes }) => attributes["duet.turn.id"] === started.turnId);
    await until("its span", () => find() !== undefined);
    assert.equal(find()?.parentId, "");
    await spansOf({ traceId: String(find()?.traceId), spanId: "" });
  });

  it("of text that is given is a trace too", async () => {
    const speak = newTrace();
    await readTurn(house.customer.speak({ text: "Good evening to all of you." }, { headers: speak.headers }));
    const spoken = await spansOf(speak, { services: [synthesize], least: 4 });
    assert.equal(one(spoken, "server", "text_to_speech duet").parentId, speak.spanId);
    assert.equal(spoken.filter(({ name }) => name === generate).length, 0);
  });

  it("names its profile, where it has one", async () => {
    const told = [];
    for (const profile of ["shop", ""]) {
      const trace = newTrace();
      await readTurn(house.customer.speak({ text: "Hello there.", profile }, { headers: trace.headers }));
      const spans = await spansOf(trace, { services: [synthesize] });
      told.push(spans.map(({ attributes }) => attributes["duet.profile"]).filter((id) => id !== undefined));
    }
    assert.deepEqual(told, [["shop"], []]);
  });

  it("that its caller does not sample is recorded nowhere, and the engine is told so", async () => {
    const unsampled = newTrace("00");
    await readTurn(house.customer.converse({ text: "[[say:Hello once more.]]" }, { headers: unsampled.headers }));
    const { traceparent } = house.vllm.seen().at(-1)?.headers ?? {};
    assert.match(String(traceparent), new RegExp(`^00-${unsampled.traceId}-[0-9a-f]{16}-00$`));
    assert.doesNotMatch(String(traceparent), new RegExp(unsampled.spanId));
    const sampled = newTrace();
    await readTurn(house.customer.converse({ text: "[[say:And again.]]" }, { headers: sampled.headers }));
    await spansOf(sampled);
    assert.ok(collector.spans.every(({ traceId }) => traceId !== unsampled.traceId));
  });
});

describe("a recording", () => {
  const words = "What is Duet?";
  const audio = { data: new Uint8Array(), encoding: InputEncoding.PCM_S16LE, sampleRateHertz: sounds.rate };
  let voice: Awaited<ReturnType<typeof sounds.createVoice>>;
  beforeAll(async () => {
    voice = await sounds.createVoice();
    const spoken = sounds.join(
      sounds.silence(1),
      voice?.("What is Duet, and what is it for?") ?? new Int16Array(),
      sounds.silence(1),
    );
    audio.data = new Uint8Array(Buffer.from(spoken.buffer));
    house.ears.change({ says: [words] });
  });

  it("is a span of its turn, which says how long it was and when its words were there", async (context) => {
    if (voice === undefined) context.skip("espeak-ng is not installed");
    const trace = newTrace();
    const { finished } = await readTurn(house.customer.converse({ audio }, { headers: trace.headers }));
    const spans = await spansOf(trace);
    const agent = one(spans, "server", "invoke_agent duet");
    const { parentId, attributes, failed } = one(spans, "client", "transcribe");
    assert.deepEqual([parentId, failed], [agent.spanId, false]);
    const { transcriptMs = 0, admittedMs = 0 } = finished.timings ?? {};
    assert.ok(transcriptMs > 0 && transcriptMs <= admittedMs, `${transcriptMs} ms, then ${admittedMs} ms`);
    assert.equal(agent.attributes["duet.turn.time_to_transcript"], toSeconds(transcriptMs));
    assert.equal(attributes["duet.recording.outcome"], "words");
    assert.equal(attributes["duet.recording.duration"], toSeconds((audio.data.length / 2 / sounds.rate) * 1000));
    assert.ok(Number(attributes["duet.recording.speech_duration"]) > 0.4);
    assert.ok(Number(attributes["duet.recording.queue_duration"]) >= 0);
    assert.doesNotMatch(JSON.stringify(attributes), /What is/, "what was said is told nowhere");
    const { traceparent } = house.ears.seen().at(-1)?.headers ?? {};
    assert.equal(traceparent, `00-${trace.traceId}-${one(spans, "client", "transcribe").spanId}-01`);
  });

  it("that nobody speaks in asked nobody", async () => {
    const trace = newTrace();
    const silent = { ...audio, data: new Uint8Array(2 * sounds.rate) };
    await house.customer.transcribe({ audio: silent }, { headers: trace.headers });
    const spans = await spansOf(trace, { services: [], least: 2 });
    const { attributes, parentId } = one(spans, "client", "transcribe");
    assert.equal(parentId, one(spans, "server", /Transcribe$/).spanId);
    assert.equal(attributes["duet.recording.outcome"], "silent");
    assert.equal(attributes["duet.recording.queue_duration"], undefined);
  });

  it("that cannot be written down fails its span", async (context) => {
    if (voice === undefined) context.skip("espeak-ng is not installed");
    const trace = newTrace();
    house.ears.change({ fault: "FAIL" });
    const turn = readTurn(house.customer.converse({ audio }, { headers: trace.headers }));
    await assert.rejects(
      turn.finally(() => house.ears.change({ fault: undefined })),
      { code: Code.Unavailable },
    );
    const spans = await spansOf(trace, { services: [], least: 2 });
    const asked = one(spans, "client", "transcribe");
    assert.deepEqual([asked.failed, asked.attributes["error.type"]], [true, "RECOGNIZER_BROKEN"]);
    assert.equal(one(spans, "server", "invoke_agent duet").attributes["duet.turn.time_to_transcript"], undefined);
  });
});

describe("a turn that does not come to its own end closes every span, with the right status", () => {
  it("interrupted: nothing has failed", async () => {
    const trace = newTrace();
    const signal = new AbortController().signal;
    let outcome: Outcome | undefined;
    let turnId = "";
    for await (const { event } of house.customer.converse(
      { text: "[[tokens:2000]]" },
      { headers: trace.headers, signal },
    )) {
      if (event.case === "segment" && event.value.index === 0) await house.customer.interrupt({ turnId });
      if (event.case === "started") turnId = event.value.turnId;
      if (event.case === "finished") outcome = event.value.outcome;
    }
    assert.equal(outcome, Outcome.INTERRUPTED);
    const spans = await spansOf(trace);
    assert.equal(one(spans, "server", "invoke_agent duet").attributes["duet.turn.outcome"], "interrupted");
    assert.deepEqual(statusOf(one(spans, "server", "invoke_agent duet")), [false, "OK", undefined]);
    for (const name of [generate, synthesize])
      for (const kind of ["client", "server"] as const)
        assert.deepEqual(statusOf(one(spans, kind, name)), [false, "CANCELLED", undefined], `${kind} ${name}`);
    assert.equal(one(spans, "client", /^chat/).failed, false);
    for (const segment of segmentsOf(spans)) assert.equal(segment.failed, false);
  });

  it("failed in mid-answer: down to what failed", async () => {
    const trace = newTrace();
    await readTurn(house.customer.converse({ text: "[[fault:error-mid]]" }, { headers: trace.headers }));
    const spans = await spansOf(trace);
    const agent = one(spans, "server", "invoke_agent duet");
    assert.equal(agent.attributes["duet.turn.outcome"], "failed");
    assert.deepEqual(statusOf(agent), [true, "OK", "ENGINE_BROKEN"]);
    assert.deepEqual(statusOf(one(spans, "client", generate)), [true, "UNAVAILABLE", "ENGINE_BROKEN"]);
    assert.deepEqual(statusOf(one(spans, "server", generate)), [true, "UNAVAILABLE", "UNAVAILABLE"]);
    assert.deepEqual(statusOf(one(spans, "client", /^chat/)), [true, undefined, "broken"]);
    // What had been shown until then is spoken to its end.
    assert.deepEqual(statusOf(one(spans, "client", synthesize)), [false, "OK", undefined]);
  });

  it("refused: the caller's fault is none of the edge's", async () => {
    const trace = newTrace();
    const turn = readTurn(house.customer.converse({ text: "hello", voice: "nobody" }, { headers: trace.headers }));
    await assert.rejects(turn, { code: Code.NotFound });
    const spans = await spansOf(trace, { services: [synthesize] });
    const agent = one(spans, "server", "invoke_agent duet");
    assert.equal(agent.attributes["duet.turn.outcome"], "refused");
    assert.deepEqual(statusOf(agent), [false, "NOT_FOUND", undefined]);
    assert.deepEqual(statusOf(one(spans, "client", synthesize)), [true, "NOT_FOUND", "NOT_FOUND"]);
    assert.deepEqual(statusOf(one(spans, "server", synthesize)), [false, "NOT_FOUND", undefined]);
  });

  it("past its deadline", async () => {
    const trace = newTrace();
    const response = await fetch(`${house.url}/duet.assistant.v1.AssistantService/Converse`, {
      method: "POST",
      headers: { "content-type": "application/json", "connect-timeout-ms": "300", ...trace.headers },
      body: JSON.stringify({ text: "[[tokens:400]]" }),
    });
    assert.match(await response.text(), /DEADLINE_EXCEEDED/);
    const spans = await spansOf(trace);
    assert.deepEqual(statusOf(one(spans, "server", "invoke_agent duet")), [true, "OK", "DEADLINE_EXCEEDED"]);
    assert.equal(one(spans, "client", /^chat/).failed, false);
  });

  it("left by its caller", async () => {
    const trace = newTrace();
    const leave = new AbortController();
    const events = house.customer.converse(
      { text: "[[tokens:400]]" },
      { headers: trace.headers, signal: leave.signal },
    );
    await assert.rejects(async () => {
      for await (const { event } of events) if (event.case === "audio") leave.abort();
    });
    const spans = await spansOf(trace);
    const agent = one(spans, "server", "invoke_agent duet");
    assert.deepEqual([agent.failed, agent.attributes["duet.turn.outcome"]], [false, "left"]);
    for (const span of spans) assert.equal(span.failed, false, span.name);
  });

  it("with a segment that is read until it is given up", async () => {
    const trace = newTrace();
    await readTurn(
      house.customer.speak({ text: "RESET this one please.\n\nThe next one is fine." }, { headers: trace.headers }),
    );
    const spans = await spansOf(trace, { services: [synthesize], least: 5 });
    const told = segmentsOf(spans).map((span) => [
      span.attributes["duet.speech.segment"],
      span.attributes["duet.speech.attempt"],
      span.attributes["duet.speech.outcome"],
      span.attributes["error.type"],
    ]);
    assert.deepEqual(
      told.filter(([segment]) => segment === 0),
      [
        [0, 0, "again", "unreachable"],
        [0, 1, "again", "unreachable"],
        [0, 2, "again", "unreachable"],
        [0, 3, "failed", "unreachable"],
      ],
    );
  });
});

it("what users write and hear is in no span, whatever happens", async () => {
  const secret = "my-secret-words";
  const trace = newTrace();
  const ask = (text: string) =>
    readTurn(
      house.customer.converse(
        {
          text: `${secret} ${text}`,
          instructions: `${secret} in instructions`,
          history: [
            { role: 1, content: `${secret} was asked` },
            { role: 2, content: `${secret} was said` },
          ],
        },
        { headers: trace.headers },
      ),
    ).catch(() => {});
  await ask(`[[say:The answer is ${secret}, and so on.]]`);
  for (const fault of ["error-first", "error-mid", "abort", "context-400", "overload"]) await ask(`[[fault:${fault}]]`);
  await readTurn(house.customer.speak({ text: `FAIL ${secret}.` }, { headers: trace.headers })).catch(() => {});
  await assert.rejects(readTurn(house.customer.converse({ text: "", voice: secret }, { headers: trace.headers })));
  await spansOf(trace, { least: 25 });
  assert.ok(!collector.bytes.includes(secret));
  assert.ok(collector.bytes.includes(Buffer.from(trace.traceId, "hex")), "the bytes are those of the spans");
  for (const word of ["secret", "in instructions", "was asked", "The answer is"])
    assert.ok(!collector.bytes.includes(word), word);
});
