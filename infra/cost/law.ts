import { createRandom, type Random } from "../random/random.ts";

/**
 * Converts the milliseconds that a piece of work takes according to the cost model to the milliseconds that the
 * simulated work takes. `size` is the number of requests in a vLLM step, or the length of Fish-Speech audio in quarter
 * seconds. Called once for each piece of work, in order.
 */
export type Law = (modelMs: number, size: number) => number;

/** Follows the cost model exactly. */
export const exactLaw: Law = (modelMs) => modelMs;

/** Creates a `Law` that varies the cost model's times at random by at most 3 %, as the measured times of steps vary. */
export function createEvenLaw(random: Random): Law {
  return (modelMs) => modelMs * (0.97 + 0.06 * random());
}

/**
 * Imitates an engine that follows no cost model, so that whoever predicts its durations has to learn them. The seed
 * decides how the engine behaves: it is faster or slower throughout; its cost jumps at certain sizes; it has jitter, a
 * heavy tail, and a warm-up; and after a while its speed changes permanently, as if another job had been placed on the
 * machine. The same seed gives the same engine and the same random numbers.
 */
export function createHiddenLaw(seed: number): Law {
  const random = createRandom(seed);
  const between = (least: number, most: number) => least + (most - least) * random();
  const logBetween = (least: number, most: number) => Math.exp(between(Math.log(least), Math.log(most)));

  const speed = logBetween(0.6, 1.8);
  const steps = Array.from({ length: 3 }, () => ({ above: logBetween(1, 64), factor: between(1.05, 1.5) }));
  const jitter = between(0.03, 0.2);
  const tail = { probability: logBetween(0.001, 0.02), shape: between(1.2, 2.5), most: 30 };
  const warmUp = { factor: between(1, 5), fadesOver: logBetween(3, 40) };
  const shift = { after: logBetween(200, 5000), factor: between(0.75, 1.4) };

  let count = 0;
  return (modelMs, size) => {
    const nth = count++;
    const stepped = steps.reduce((product, { above, factor }) => (size > above ? product * factor : product), 1);
    const warming = 1 + warmUp.factor * Math.exp(-nth / warmUp.fadesOver);
    const shifted = nth > shift.after ? shift.factor : 1;
    const jittered = Math.exp(jitter * normal(random));
    // Both random numbers are drawn even if the second is not used, so that later draws are the same in either case.
    const [strikes, depth] = [random() < tail.probability, 1 - random()];
    const tailed = strikes ? Math.min(tail.most, depth ** (-1 / tail.shape) + 1) : 1;
    return modelMs * speed * stepped * warming * shifted * jittered * tailed;
  };
}

/**
 * Parses the name of a law, that is, of how the time of a stand-in's work deviates from the cost model. `model`: not at
 * all, which gives undefined. `hidden:SEED`: randomly. Throws an Error that says what is allowed for any other text.
 */
export function readLaw(text: string): Law | undefined {
  if (text === "model") return undefined;
  const seed = /^hidden:(\d+)$/.exec(text)?.[1];
  if (seed === undefined) throw new Error(`--law ${text}: must be model, or hidden:SEED with a whole number`);
  return createHiddenLaw(Number(seed));
}

/** A draw from the normal distribution (Box–Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
