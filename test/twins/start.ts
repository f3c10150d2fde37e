import { type FishTwin, type FishTwinOptions, startFishTwin } from "../../infra/twins/fish/server.ts";
import { type SpeechTwin, type SpeechTwinOptions, startSpeechTwin } from "../../infra/twins/speech/server.ts";
import { startVllmTwin, type VllmTwin, type VllmTwinOptions } from "../../infra/twins/vllm/server.ts";

interface Owner {
  onTestFinished(done: () => Promise<void>): void;
}

/** A vLLM twin as fast as it can be, that ends with the test. */
export async function startVllm(t: Owner, options: Partial<VllmTwinOptions> = {}): Promise<VllmTwin> {
  const twin = await startVllmTwin({ timeScale: 0, ...options });
  t.onTestFinished(twin.close);
  return twin;
}

/** A Fish twin as fast as it can be, that ends with the test. */
export async function startFish(t: Owner, options: Partial<FishTwinOptions> = {}): Promise<FishTwin> {
  const twin = await startFishTwin({ timeScale: 0, ...options });
  t.onTestFinished(twin.close);
  return twin;
}

/** A stand-in of a speech server as fast as it can be, that ends with the test. */
export async function startSpeech(t: Owner, options: Partial<SpeechTwinOptions> = {}): Promise<SpeechTwin> {
  const twin = await startSpeechTwin({ timeScale: 0, ...options });
  t.onTestFinished(twin.close);
  return twin;
}
