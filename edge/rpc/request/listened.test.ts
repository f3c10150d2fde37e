import assert from "node:assert/strict";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, it } from "vitest";
import { createMetrics } from "../../../infra/telemetry/metrics.ts";
import type { Tracer } from "../../../infra/telemetry/tracer.ts";
import { Failure } from "../../errors.ts";
import { ListenedSchema } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import { takeWrongDeadline } from "./deadline.ts";
import { cutShort, tooLarge, tooSlow, unknownPacking } from "./failures.ts";
import { checkListened, createListenedCounts, traceListened } from "./listened.ts";

type Fields = MessageInitShape<typeof ListenedSchema>;
const listened = (fields: Fields) => create(ListenedSchema, fields);

function faultsOf(fields: Fields): string[] {
  try {
    checkListened(listened(fields));
    return [];
  } catch (error) {
    assert.ok(error instanceof Failure);
    return (error.details.fields ?? []).map(({ field, reason, description }) => `${field} ${reason} ${description}`);
  }
}

describe("what a player reports", () => {
  const wrong = (field: string, most: number) => [`listened.${field} OUT_OF_RANGE must be from 0 to ${most}`];
  const rows: [allowed: Fields, refused: Fields, faults: string[]][] = [
    [{ firstSoundMs: 3_600_000 }, { firstSoundMs: 3_600_001 }, wrong("first_sound_ms", 3_600_000)],
    [{ gapCount: 10_000 }, { gapCount: 10_001 }, wrong("gap_count", 10_000)],
    [{ gapMs: 3_600_000 }, { gapMs: 3_600_001 }, wrong("gap_ms", 3_600_000)],
    [{ reportedMs: 3_600_000 }, { reportedMs: 3_600_001 }, wrong("reported_ms", 3_600_000)],
    [{ firstSoundMs: 0 }, { firstSoundMs: -1 }, wrong("first_sound_ms", 3_600_000)],
    [{}, { gapMs: Number.NaN }, wrong("gap_ms", 3_600_000)],
    [
      {},
      { firstSoundMs: -1, gapCount: 10_001, gapMs: -1, reportedMs: -1 },
      ["first_sound_ms", "gap_count", "gap_ms", "reported_ms"].flatMap((field) =>
        wrong(field, field === "gap_count" ? 10_000 : 3_600_000),
      ),
    ],
  ];
  it.each(rows)("may be %j, and not %j", (allowed, refused, faults) => {
    assert.deepEqual(faultsOf(allowed), []);
    assert.deepEqual(faultsOf(refused), faults);
  });

  it("may be nothing", () => checkListened(undefined));

  it("is counted, in seconds, and what is not reported is not", async () => {
    const metrics = createMetrics({ runtime: false });
    const count = createListenedCounts(metrics);
    const place = {} as Parameters<typeof count>[1];
    count(undefined, place);
    count(listened({ gapCount: 2, gapMs: 1500 }), place);
    count(listened({ firstSoundMs: 250, gapCount: 1, gapMs: 500 }), place);
    count(listened({ firstSoundMs: 0 }), place);
    const page = await metrics.registry.metrics();
    assert.match(page, /^duet_edge_listener_gaps_total 3$/m);
    assert.match(page, /^duet_edge_listener_gap_seconds_total 2$/m);
    assert.match(page, /^duet_edge_listener_ttfa_seconds_count 2$/m);
    assert.match(page, /^duet_edge_listener_ttfa_seconds_sum 0.25$/m);
  });

  it("is part of the player's trace, as long ago as it was", () => {
    const recorded: unknown[] = [];
    const tracer = { record: (name: string, what: object) => void recorded.push([name, what]) } as unknown as Tracer;
    const place = {} as Parameters<typeof traceListened>[2];
    for (const fields of [
      {},
      { gapMs: 5 },
      { firstSoundMs: 250 },
      { firstSoundMs: 250, reportedMs: 900 },
      { firstSoundMs: 250, reportedMs: 9 },
    ])
      traceListened(tracer, listened(fields), place, true);
    traceListened(tracer, undefined, place, true);
    const span = (beganMsAgo: number) => [
      "first sound",
      { place, service: "duet-listener", beganMsAgo, durationMs: 250, believeSampled: true },
    ];
    assert.deepEqual(recorded, [span(250), span(900), span(250)]);
  });
});

describe("a deadline", () => {
  const rows: [header: string, value: string, isRight: boolean][] = [
    ["connect-timeout-ms", "0", true],
    ["connect-timeout-ms", "9999999999", true],
    ["connect-timeout-ms", "10000000000", false],
    ["connect-timeout-ms", "", false],
    ["connect-timeout-ms", "1.5", false],
    ["connect-timeout-ms", "-1", false],
    ["grpc-timeout", "99999999H", true],
    ["grpc-timeout", "1n", true],
    ["grpc-timeout", "100000000m", false],
    ["grpc-timeout", "1", false],
    ["grpc-timeout", "1ms", false],
    ["grpc-timeout", "S", false],
  ];
  it.each(rows)("as %s: %j is right: %s", (header, value, isRight) => {
    const headers = new Headers({ [header]: value, other: "x" });
    const failure = takeWrongDeadline(headers);
    assert.deepEqual([...headers.keys()], isRight ? [header, "other"].sort() : ["other"]);
    const [field] = failure?.details.fields ?? [];
    assert.deepEqual([field?.field, field?.reason], isRight ? [undefined, undefined] : [header, "INVALID_FORMAT"]);
  });

  it("need not be", () => assert.equal(takeWrongDeadline(new Headers()), undefined));
});

it("what cannot be read is told with what would be right", () => {
  const told = ({ code, reason, message, details }: Failure) => [code, reason, message, details.metadata];
  assert.deepEqual(told(tooLarge(4 << 20)), [
    "INVALID_ARGUMENT",
    "REQUEST_TOO_LARGE",
    "the request is larger than 4 MiB: shorten the text or the history",
    { max_bytes: "4194304" },
  ]);
  assert.match(tooLarge(1 << 20).message, / 1 MiB/);
  assert.match(tooLarge(64 << 10).message, / 64 KiB/);
  assert.deepEqual(told(tooSlow(25)).slice(0, 2), ["DEADLINE_EXCEEDED", "REQUEST_TOO_SLOW"]);
  assert.match(tooSlow(25).message, /had not arrived completely after 25 s/);
  assert.deepEqual(tooSlow(25).details.metadata, { max_seconds: "25" });
  assert.deepEqual(told(unknownPacking("z".repeat(99), ["gzip", "br"])), [
    "UNIMPLEMENTED",
    "PACKING_UNKNOWN",
    `the compression ${"z".repeat(32)} is not supported: use one of gzip, br, or none`,
    { known: "gzip,br" },
  ]);
  assert.match(cutShort().message, /cut short.*check how it is encoded/);
});
