import { createRandom, type Random } from "../../infra/random/random.ts";
import { hash } from "../../infra/text/hash.ts";
import { triggers } from "../../infra/twins/fish/faults.ts";
import { faults } from "../../infra/twins/vllm/faults.ts";

/** What a client does with a turn. */
export type Behaviour =
  /** Reads it to its end. */
  | "reads"
  /** Reads it to its end, and slowly. */
  | "dawdles"
  /** Interrupts it, and reads on to its end. */
  | "interrupts"
  /** Hangs up, by the means of its protocol. */
  | "leaves"
  /** Closes its socket. */
  | "closes"
  /** Takes nothing for a while, then the rest. */
  | "stalls"
  /** Its process is killed, with a call in every protocol. */
  | "is killed";

/** A turn of a chaos run. */
export interface TurnPlan {
  readonly index: number;
  readonly rpc: "converse" | "speak";
  /** How it calls: a name of `protocols`. */
  readonly protocol: string;
  /** The text to ask or to speak, with its marks. */
  readonly text: string;
  /** What the model server is asked to do; none for `speak`. */
  readonly modelFault: string | undefined;
  /** What Fish-Speech is asked to do, in one sentence. */
  readonly voiceFault: string | undefined;
  readonly behaviour: Behaviour;
  /** After how many events it interrupts or leaves. */
  readonly afterEvents: number;
  /** After how many milliseconds it closes, is killed, or reads on. */
  readonly afterMs: number;
}

const sentences = [
  "今天天气很好，我们一起出去走走吧。",
  "这本书一共有3章，价格是28.5元。",
  "The train leaves at half past nine, from platform four.",
  "好的，没问题！",
  "我用 GitHub 写代码，已经好几年了。",
  "Sure.",
  "If it rains tomorrow, we can stay at home and read something together.",
  "您还有什么想问的吗？",
];

/** The turn of that number in the run of that seed: always the same one. */
export function planTurn(
  seed: number,
  index: number,
  protocols: readonly string[],
  rawProtocols: readonly string[],
): TurnPlan {
  const random = createRandom(hash(`${seed}/${index}`));
  const rpc = random() < 0.8 ? "converse" : "speak";
  const modelFault = rpc === "converse" && random() < 0.5 ? pick(random, Object.keys(faults)) : undefined;
  const voiceFault = random() < 0.5 ? pick(random, Object.keys(triggers)) : undefined;
  const spoken = Array.from({ length: 1 + Math.floor(random() * 5) }, () => pick(random, sentences));
  if (voiceFault !== undefined) {
    const struck = Math.floor(random() * spoken.length);
    spoken[struck] = `${voiceFault} ${random() < 0.3 ? "ONCE " : ""}${spoken[struck]}`;
  }
  const answer = spoken.join(random() < 0.3 ? "\n" : "");
  const plan: TurnPlan = {
    index,
    rpc,
    protocol: pick(random, protocols),
    text: rpc === "speak" ? answer : `[[say:${answer}]]${modelFault === undefined ? "" : `[[fault:${modelFault}]]`}`,
    modelFault,
    voiceFault,
    behaviour: pick(random, ["reads", "reads", "dawdles", "interrupts", "leaves"]),
    afterEvents: 1 + Math.floor(random() * 20),
    afterMs: Math.floor(random() * 400),
  };
  if (rpc === "speak") return plan;
  // A process takes a while to start.
  if (random() < 0.02) return { ...plan, behaviour: "is killed" };
  if (random() < 0.15) return { ...plan, behaviour: "closes", protocol: pick(random, rawProtocols) };
  return random() < 0.1 ? { ...plan, behaviour: "stalls" } : plan;
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}
