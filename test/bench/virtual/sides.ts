import { type Clock, sleep } from "../../../infra/clock/clock.ts";
import { type Model, modelRequest } from "../sides/model.ts";
import { createTurnstile, type served } from "../sides/served.ts";
import { createVoices, wavHeaderBytes } from "../sides/voices.ts";
import type { VirtualEngines } from "./engines.ts";
import type { Hops } from "./hops.ts";
import { later } from "./later.ts";
import type { Answer } from "./line.ts";
import { soundOf } from "./sound.ts";

/** Answers as a side does that is not Duet: by the side's own code, before engines in virtual time. */
export function createSideAnswer(
  { side, atOnce }: (typeof served)[keyof typeof served],
  engines: VirtualEngines,
  hops: Hops,
  clock: Clock,
): Answer {
  const take = createTurnstile(atOnce);
  const model: Model = {
    async *stream(question, signal) {
      await sleep(clock, hops.questionMs, signal);
      yield* later(engines.write(modelRequest(question, true), signal), clock, hops.tokenMs);
    },
    async answer(question, signal) {
      return (await Array.fromAsync(model.stream(question, signal))).join("");
    },
    raw() {
      throw new Error("the relay hands on bytes, of which there are none in virtual time");
    },
  };
  const voices = createVoices(
    Array.from({ length: engines.workers }, (_, worker) => String(worker)),
    async function* (worker, request) {
      await sleep(clock, hops.askMs);
      let header = request.streaming ? 0 : wavHeaderBytes;
      for await (const frames of later(engines.speak(Number(worker), request), clock, hops.soundMs)) {
        yield soundOf(frames, header);
        header = 0;
      }
    },
  );
  return ({ question }, caller, signal) => take(() => side({ question }, caller, { model, voices }, signal));
}
