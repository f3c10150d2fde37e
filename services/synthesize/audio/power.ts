/** Samples per second that suffice to measure the power of speech: its power above 4 kHz is folded back, not lost. */
const leastHertz = 8_000;

/** To measure the power of speech, every how many samples one is enough: 1 means all. */
export const powerStride = (sampleRateHertz: number): number => Math.max(1, Math.floor(sampleRateHertz / leastHertz));
