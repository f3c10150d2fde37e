import { type Clock, systemClock } from "../../../infra/clock/clock.ts";

/** The machine's own time with one zero for all processes, so that what they note can be compared. */
export const machineClock: Clock = {
  now() {
    const [seconds, nanos] = process.hrtime();
    return seconds * 1000 + nanos / 1e6;
  },
  after: systemClock.after,
};
