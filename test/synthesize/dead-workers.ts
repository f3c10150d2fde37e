import assert from "node:assert/strict";
import { ChannelCredentials, type Client, type ClientError, createChannel, createClientFactory } from "nice-grpc";
import { errorDetailsClientMiddleware } from "nice-grpc-error-details";
import {
  type SynthesizeResponse,
  SynthesizeServiceDefinition,
} from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { type Program, startProgram } from "../support/processes.ts";
import { until } from "../support/until.ts";

/** Synthesize and voices, each a process of its own. */
export interface Voices {
  /** How a text of four sentences was spoken: `whole`, each segment once and in order; else what was wrong. */
  speak(name: string): Promise<string>;
  /** Ends a voice, as a crash does. */
  kill(worker: number): void;
  /** Stops a voice where it is: its connections stay, and nobody answers. */
  freeze(worker: number): void;
  /** Starts a voice again, or lets it go on; resolves to the milliseconds until Synthesize gives it work. */
  revive(worker: number): Promise<number>;
  /** A page of Synthesize's admin port. */
  page(path: string): Promise<{ status: number; text: string }>;
  readonly client: Client<typeof SynthesizeServiceDefinition>;
  readonly written: () => string;
  close(): Promise<void>;
}

/**
 * Whose stand-ins the voices are: the engine, its program, the variable of its address, and how many times as slow as
 * the other it is to be.
 */
export interface VoiceKind {
  readonly engine: string;
  readonly main: string;
  readonly variable: string;
  readonly slower: number;
}

/**
 * The kinds of voices that speak one text at a time, in processes of their own. VITS is faster, and is slowed down to
 * Fish-Speech.
 */
export const voiceKinds = {
  fish: { engine: "fish", main: "infra/twins/fish/main.ts", variable: "DUET_FISH_URL", slower: 1 },
  vits: { engine: "vits", main: "infra/twins/vits/main.ts", variable: "DUET_VITS_URL", slower: 5 },
} as const satisfies Record<string, VoiceKind>;

/**
 * Starts so many voices, and Synthesize before them. At a fifth of its time a twin makes a sentence of five seconds in
 * 0.08 s.
 */
export async function startVoices(
  count: number,
  timeScale = 0.2,
  { engine, main, variable, slower }: VoiceKind = voiceKinds.fish,
): Promise<Voices> {
  const twinArgs = ["--speaker", "tone", "--time-scale", `${timeScale * slower}`];
  const startTwin = (port: string) => startProgram(main, {}, { args: [...twinArgs, "--port", port] });
  const twins = await Promise.all(Array.from({ length: count }, () => startTwin("0")));
  const urls = twins.map(({ url }) => url);
  const state: ("well" | "dead" | "frozen")[] = twins.map(() => "well");
  const synthesize: Program = await startProgram("services/synthesize/main.ts", {
    [variable]: urls.join(","),
    DUET_SYNTHESIZE_LISTEN: "127.0.0.1:0",
    DUET_SYNTHESIZE_MAX_SESSIONS: "64",
    DUET_SYNTHESIZE_ADMIN_LISTEN: "127.0.0.1:0",
    // Each text is to be made, the second time it is asked for too.
    DUET_SYNTHESIZE_CACHE_MAX_BYTES: "0",
    DUET_DRAIN_TIMEOUT_MS: "0",
    DUET_LOG_LEVEL: "info",
  });
  const admin = () => /"admin":"([^"]+)"/.exec(synthesize.written)?.[1];
  await until("Synthesize says where its admin pages are", () => admin() !== undefined);
  const adminUrl = `http://${admin()}`;
  const channel = createChannel(new URL(synthesize.url).host, ChannelCredentials.createInsecure());
  const client = createClientFactory().use(errorDetailsClientMiddleware).create(SynthesizeServiceDefinition, channel);
  const page = async (path: string) => {
    const response = await fetch(adminUrl + path);
    return { status: response.status, text: await response.text() };
  };
  const lengths = new Map<string, number>();
  const twinOf = (worker: number) => twins[worker] as Program;

  return {
    client,
    page,
    written: () => synthesize.written,
    speak: async (name) => {
      try {
        const requests = [
          { part: { $case: "config" as const, value: { voice: "xiaolin", language: "zh" } } },
          { part: { $case: "text" as const, value: textOf(name) } },
          { part: { $case: "end" as const, value: {} } },
        ];
        return judge(name, await Array.fromAsync(client.synthesize(of(requests))), lengths);
      } catch (error) {
        const { code, details } = error as ClientError;
        return `${code}: ${details}`;
      }
    },
    kill(worker) {
      state[worker] = "dead";
      process.kill(twinOf(worker).pid, "SIGKILL");
    },
    freeze(worker) {
      state[worker] = "frozen";
      process.kill(twinOf(worker).pid, "SIGSTOP");
    },
    async revive(worker) {
      if (state[worker] === "frozen") process.kill(twinOf(worker).pid, "SIGCONT");
      else twins[worker] = await startTwin(new URL(urls[worker] as string).port);
      state[worker] = "well";
      const since = performance.now();
      const line = `duet_synthesize_server_available{engine="${engine}",server="${urls[worker]}"} 1`;
      while (!(await page("/metrics")).text.includes(line)) {
        assert.ok(performance.now() < since + 10_000, "a voice that is back gets work within 10 s");
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return performance.now() - since;
    },
    async close() {
      for (const [worker, one] of state.entries()) if (one === "frozen") process.kill(twinOf(worker).pid, "SIGCONT");
      channel.close();
      await synthesize.stop();
      await Promise.all(twins.map((twin) => twin.stop()));
    },
  };
}

/** Four sentences, none like another's. */
function textOf(name: string): string {
  return ["一", "二", "三", "四"].map((n) => `这是${name}的第${n}句话，今天天气很好，我们一起出去走走。`).join("\n");
}

async function* of<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** `lengths`: samples of each text that was spoken, since the twin's tones are as long each time. */
function judge(name: string, responses: readonly SynthesizeResponse[], lengths: Map<string, number>): string {
  let segments = 0;
  let frames = 0;
  let covered = 0;
  let spoken = "";
  for (const { event } of responses) {
    if (event?.$case === "warning") return "warning";
    if (event?.$case === "segment") {
      assert.equal(event.value.index, segments++);
      assert.ok(event.value.start >= covered);
      covered = event.value.end;
      spoken = event.value.spoken;
      frames = 0;
    }
    if (event?.$case === "audio") {
      assert.deepEqual([event.value.segment, event.value.offset], [segments - 1, frames]);
      frames += event.value.pcm.length / 2;
    }
    if (event?.$case === "segmentDone") {
      assert.deepEqual([event.value.segment, event.value.sampleCount], [segments - 1, frames]);
      assert.equal(frames, lengths.get(spoken) ?? frames, "spoken once, and whole");
      lengths.set(spoken, frames);
    }
  }
  assert.equal(covered, [...textOf(name)].length);
  assert.equal(responses.at(-1)?.event?.$case, "finished");
  return "whole";
}
