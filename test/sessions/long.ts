import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { endTurn, openTurn } from "../../edge/session/changes.ts";
import { toSession } from "../../edge/session/edits.ts";
import { createRecorder } from "../../edge/session/recorder.ts";
import type { SessionKey, SessionStore } from "../../edge/session/store/store.ts";
import { createRandom } from "../../infra/random/random.ts";
import { tokenize } from "../../infra/twins/vllm/batch/tokens.ts";

const limits = { maxMessages: 10_000, maxBytes: 10_000_000 };
const words = "the wind came from the west and took all boats home so we read an old note by lamp light".split(" ");
const characters = [..."今天海港的风很大我们在灯下读一封旧信他说明年春还要回来看山和水"];

/** What was put into a session. */
export interface Filled {
  /** Tokens of all messages, as the stand-in of the model counts them. */
  readonly tokens: number;
  readonly messages: number;
  /** Bytes of their texts. */
  readonly bytes: number;
}

/**
 * Fills a session with exchanges of about 800 tokens, half Chinese and half English, until they have so many tokens
 * together.
 */
export async function fillSession(store: SessionStore, key: SessionKey, least: number): Promise<Filled> {
  const random = createRandom(1);
  const pick = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)] as T;
  const chinese = (count: number) => Array.from({ length: count }, () => pick(characters)).join("");
  const english = (count: number) => Array.from({ length: count }, () => pick(words)).join(" ");
  const filled = { tokens: 0, messages: 0, bytes: 0 };
  for (let index = 0; filled.tokens < least; index++) {
    const turn = `filled-${index}`;
    const text = index % 2 === 0 ? `${chinese(1_100)}。` : `${english(700)}.`;
    const question = index % 2 === 0 ? `${chinese(60)}？` : `${english(40)}?`;
    const read = await store.read(key, "all");
    const { place, ...opened } = openTurn(read, { turn, edge: "", user: "", question, given: "" }, limits);
    await store.write(key, read.version, opened, 3_600_000);
    const recorder = createRecorder(text);
    recorder.note({ case: "finished", value: { outcome: Outcome.COMPLETED } }, 0);
    const open = await store.read(key, "all");
    const course = { answer: recorder.answer, played: undefined, cutAt: undefined };
    const ended = endTurn(toSession(open), { turn, place }, course);
    if (ended !== undefined) await store.write(key, open.version, ended, 3_600_000);
    for (const said of [question, text]) {
      filled.tokens += tokenize(said).length;
      filled.bytes += Buffer.byteLength(said);
      filled.messages++;
    }
  }
  return filled;
}

/** Tokens of prompts that the stand-in of the model has found in its prefix cache, all together. */
export async function cacheHits(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^vllm:prefix_cache_hits_total\S* (\S+)$/m.exec(text)?.[1]);
}
