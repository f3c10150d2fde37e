/**
 * What the ledger and the metrics of turns cost, as a share of a core with 50 turns at once: their own code alone, in
 * this process, since it is far less than the noise of a busy machine.
 *
 *     node test/bench/watch.ts
 *
 * A turn here has 60 pieces of text and 60 of audio and is heard for 12 s, so that 50 at once are 4.2 turns a second;
 * Prometheus asks every 15 s, in OpenMetrics, and each turn is an exemplar of what it took. It fails above 2 %.
 */

import type { TurnEvent } from "../../edge/turn/events.ts";
import { createLedger } from "../../edge/turn/stages/ledger.ts";
import { createTurnCounts } from "../../edge/turn/stages/metrics.ts";
import { createTurns } from "../../edge/turn/turns.ts";
import { systemClock as clock } from "../../infra/clock/clock.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { printMetrics } from "../../infra/telemetry/page.ts";
import { noTracer } from "../../infra/telemetry/tracer.ts";
import { createWaits } from "../../services/synthesize/speak/waits.ts";

const rounds = 2_000;
const piecesOfEach = 60;
const atOnce = 50;
const heardSeconds = 12;
const scrapeSeconds = 15;
const most = 0.02;

const metrics = createMetrics();
const turns = createTurns({ maxTurns: 1_000, clock });
const count = createTurnCounts(metrics, turns);
const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const span = noTracer.start("", { kind: "server", parent: { traceparent } });
const pcm = new Uint8Array(8_192);

async function* events(): AsyncGenerator<TurnEvent> {
  yield { case: "started", value: { audioFormat: { sampleRateHertz: 24_000, channelCount: 1 } } };
  for (let i = 0; i < piecesOfEach; i++) {
    yield { case: "textDelta", value: { text: "word " } };
    yield { case: "audio", value: { pcm } };
  }
  yield { case: "finished", value: { outcome: 1 } };
}

/** A turn as it is watched, or the same stream of events alone. */
async function run(watched: boolean, tenant: string): Promise<void> {
  if (!watched) {
    for await (const _ of events());
    return;
  }
  const turn = turns.open({ tenant, signal: new AbortController().signal, deadline: undefined, peer: undefined });
  const ledger = createLedger(clock);
  const waits = createWaits(clock);
  ledger.asked();
  ledger.admitted({ waitedMs: 1, waits: () => waits.first });
  for (let i = 0; i < piecesOfEach; i++) {
    waits.received();
    waits.offered();
    ledger.wrote({ waits: () => ({ queueMs: 1, firstTokenMs: 2, thinkingMs: 0 }) });
    ledger.spoke();
  }
  waits.dispatched(0);
  waits.heard({ broughtAt: clock.now(), passedAt: clock.now() });
  for await (const _ of count(ledger.watch(events()), { rpc: "Converse", profile: "", tenant, turn, ledger, span }));
  turn.close();
}

async function measure(work: () => Promise<unknown>, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

for (const watched of [true, false]) await measure(() => run(watched, "a"), rounds);
const bare = await measure(() => run(false, "a"), rounds);
const watched = await measure(() => run(true, `t${Math.floor(Math.random() * 50)}`), rounds);
const scrape = await measure(() => printMetrics(metrics.registry, "application/openmetrics-text"), 200);
const turnsASecond = atOnce / heardSeconds;
const share = ((watched - bare) * turnsASecond + scrape / scrapeSeconds) / 1e6;
const write = (line: string) => process.stdout.write(`${line}\n`);
write(`a turn: ${(watched - bare).toFixed(0)} µs, in its stream of events that takes ${bare.toFixed(0)} µs by itself`);
write(`a scrape of the edge: ${(scrape / 1000).toFixed(1)} ms`);
write(`${atOnce} turns at once: ${(share * 100).toFixed(2)} % of a core; the most is ${most * 100} %`);
if (share > most) process.exitCode = 1;
