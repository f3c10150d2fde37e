/** Samples per second that suffice to measure the power of speech: power above 4 kHz is aliased, but not lost. */
const leastHertz = 8_000;

/** Returns n if every nth sample is enough to measure the power of speech at this sample rate; 1 means every sample. */
export const powerStride = (sampleRateHertz: number): number => Math.max(1, Math.floor(sampleRateHertz / leastHertz));

/** How many samples to skip, after `count` samples of a window or frame, to reach the next one that is measured. */
export const untilMeasured = (count: number, stride: number): number => (stride - (count % stride)) % stride;
