import { createRandom, type Random } from "../../infra/random/random.ts";
import { hash } from "../../infra/text/hash.ts";
import type { Reply } from "./replies.ts";
import type { Cell } from "./scenarios/scenario.ts";

/** One turn as it is meant. */
export interface PlannedTurn {
  readonly user: number;
  readonly nth: number;
  readonly reply: Reply;
  /** What the side is asked: begins with `questionId`. */
  readonly question: string;
  /** Closed loop: how long the user thinks before it, after the end of the turn before. */
  readonly thinkMs: number;
}

/**
 * Draws the turns of a user, one after the other. What is drawn depends on the seed, the user and the count alone:
 * never on the side, so that all sides get the same questions after the same thoughts, and never on how fast another
 * user is.
 */
export function drawTurns(cell: Cell, replies: readonly Reply[], user: number): () => PlannedTurn {
  const random = createRandom(hash(`${cell.seed}/${user}`));
  const thinkMs = cell.load.kind === "closed" ? cell.load.thinkMs : 0;
  // Users take turns through one shuffled deck: no two of them ask for the same reply at about the same time.
  const deck = shuffled(replies, createRandom(cell.seed));
  const stride = cell.load.kind === "closed" ? cell.load.users : 1;
  let nth = 0;
  return () => {
    const reply = deck[(user + nth * stride) % deck.length] as Reply;
    const planned = {
      user,
      nth,
      reply,
      question: `${questionId(cell, user, nth)} ${reply.question} ${filler}[[say:${reply.text}]]`,
      thinkMs: exponential(random, thinkMs),
    };
    nth++;
    return planned;
  };
}

/**
 * The moments at which turns of an open load are meant to begin, in milliseconds since the cell began, up to `untilMs`.
 */
export function drawArrivals(perSecond: number, seed: number, untilMs: number): number[] {
  const random = createRandom(hash(`${seed}/arrivals`));
  const arrivals: number[] = [];
  for (let at = exponential(random, 1000 / perSecond); at < untilMs; at += exponential(random, 1000 / perSecond))
    arrivals.push(at);
  return arrivals;
}

/**
 * What a question begins with: unique in the run, since sides get the same questions and share the engines, whose
 * prefix cache would serve the later ones what the first had to have computed. As long for every cell, since digits are
 * tokens.
 */
export function questionId({ side, calibration, load, seed }: Cell, user: number, nth: number): string {
  const cell = hash(JSON.stringify([side, calibration.name, load, seed]));
  return `${cell.toString().padStart(10, "0")}.${user}.${nth}`;
}

/**
 * An ordinary prompt has 220 tokens; the question, the instructions and the mark that holds the reply make up about
 * half of it. A word is a token, as the stand-in counts.
 */
const filler = "river ".repeat(100);

function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random());
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const deck = [...items];
  for (let last = deck.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [deck[last], deck[other]] = [deck[other] as T, deck[last] as T];
  }
  return deck;
}
