import type { Stack } from "./stack.ts";
import { until } from "./until.ts";

/** Waits until nothing of any turn is left: none at the edge, and neither engine works. Fails if something stays. */
export async function untilQuiet({ edge, vllm, fish, speech, voice }: Stack): Promise<void> {
  await until("no turn runs at the edge", () => edge.turnCount === 0);
  await until("the model writes nothing", () => vllm.seen().every(({ state }) => state !== "running"));
  const isBusy = ({ state }: { readonly state: string }) => state === "running" || state === "queued";
  await until("no speech server works", () => (speech ?? voice)?.seen().some(isBusy) !== true);
  await until("no voice works", () => fish.every((twin) => twin.seen().every((one) => !isBusy(one))));
}
