import { createRandom, type Random } from "../random/random.ts";

/**
 * How long work takes in truth: given what the cost model says it takes, in milliseconds, and its size: requests in a step of
 * vLLM, quarters of a second of audio of Fish-Speech. Called once for each piece of work, in order.
 */
export type Law = (modelMs: number, size: number) => number;

/** The cost model is right. */
export const exactLaw: Law = (modelMs) => modelMs;

/** The cost model is right but for 3 % either way, as measured steps are. */
export function createEvenLaw(random: Random): Law {
  return (modelMs) => modelMs * (0.97 + 0.06 * random());
}

/**
 * An engine that keeps to no cost model: drawn from the seed alone, so that whatever predicts it has to learn it. It is faster or
 * slower throughout; its cost goes up in steps with the size; it has jitter, a heavy tail, and a warm-up; and after a
 * while its speed shifts for good, as when a neighbour moves in. The same seed gives the same engine and the same draws.
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
    // Both numbers are drawn each time, so that what is drawn later does not depend on it.
    const [strikes, depth] = [random() < tail.probability, 1 - random()];
    const tailed = strikes ? Math.min(tail.most, depth ** (-1 / tail.shape) + 1) : 1;
    return modelMs * speed * stepped * warming * shifted * jittered * tailed;
  };
}

/** Reads `model` or `hidden:SEED`; undefined for the cost model itself. Throws an Error with the remedy. */
export function readLaw(text: string): Law | undefined {
  if (text === "model") return undefined;
  const seed = /^hidden:(\d+)$/.exec(text)?.[1];
  if (seed === undefined) throw new Error(`--law ${text}: must be model, or hidden:SEED with a whole number`);
  return createHiddenLaw(Number(seed));
}

/** A draw from the normal distribution, by Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
