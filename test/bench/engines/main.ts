/**
 * The engines of a run: a stand-in of vLLM, or the servers of the voice, all in one process, told what they are by one
 * argument in JSON. It tells the one that spawned it what work it saw.
 */
import { announceListening, runMain, untilStopped } from "../../../infra/process/lifecycle.ts";
import { startFishTwin } from "../../../infra/twins/fish/server.ts";
import { startSpeechTwin } from "../../../infra/twins/speech/server.ts";
import { startVllmTwin } from "../../../infra/twins/vllm/server.ts";
import { machineClock } from "../processes/clock.ts";
import type { EngineWork } from "../record.ts";
import type { EngineOptions, WorkAnswer, WorkQuestion } from "./engines.ts";
import { benchSpeaker } from "./speaker.ts";
import { batchedWork, spokenWork, writtenWork } from "./work.ts";

runMain(async () => {
  const options: EngineOptions = JSON.parse(process.argv[2] as string);
  const clock = machineClock;
  const twins = {
    clock,
    speaker: benchSpeaker,
    faults: false,
  };
  const startVoice = ({ voice }: EngineOptions & { kind: "speak" }) =>
    voice.kind === "serial"
      ? startFishTwin({ ...twins, mode: "1.5.1", cost: voice.cost })
      : startSpeechTwin({ ...twins, kind: "vllm-omni", cost: voice.cost });
  const started =
    options.kind === "write"
      ? [await startVllmTwin({ clock, ...options, faults: false })]
      : await Promise.all(Array.from({ length: options.workers }, () => startVoice(options)));
  const work = () =>
    started.flatMap((twin): EngineWork[] => {
      if ("folders" in twin) return twin.seen().map(spokenWork(clock.now()));
      return "speaks" in twin ? twin.seen().map(batchedWork(clock.now())) : twin.seen().map(writtenWork(clock.now()));
    });
  process.on("message", (question: WorkQuestion) => {
    if (question.type !== "work") return;
    const since = question.sinceMs;
    process.send?.({ type: "work", work: work().filter((one) => one.endedAtMs >= since) } satisfies WorkAnswer);
  });
  announceListening(started.map(({ url }) => url).join(","));
  await untilStopped();
  await Promise.all(started.map((twin) => twin.close()));
});
