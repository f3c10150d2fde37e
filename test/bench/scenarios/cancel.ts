import type { Scenario } from "./scenario.ts";

/** How soon the engines fall quiet once a caller has left. */
export const cancel: Scenario = {
  name: "cancel",
  about: "A caller leaves 300 ms after the first sound: how long do the engines go on for nobody?",
  calibrations: ["fish15", "s1mini", "s2ref"],
  sides: ["sequential", "fifo", "duet"],
  loads: [{ kind: "closed", users: 1, thinkMs: 4000 }],
  time: { warmMs: 2000, untilMs: 62_000, endMs: 72_000 },
  repeats: 1,
  meanTokens: undefined,
  probe: { kind: "cancel", afterFirstSoundMs: 300 },
  workerForEachUser: false,
  published: [],
};
