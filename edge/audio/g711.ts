/**
 * G.711, the encoding of telephony: 8 bits per sample at 8 kHz. Both laws keep the sign, the position of the highest
 * set bit and the four bits after it. µ-law (North America, Japan) takes 14-bit samples, A-law (elsewhere) 13-bit ones.
 * Each is computed once, as a table for all 65,536 values of a 16-bit sample.
 */

/** Silence, as each law encodes it. */
export const muLawSilence = 0xff;
export const aLawSilence = 0xd5;

const muLawTable = new Uint8Array(65_536).map((_, index) => muLawOf(index - 32_768));
const aLawTable = new Uint8Array(65_536).map((_, index) => aLawOf(index - 32_768));

/** Encodes samples as µ-law. */
export function toMuLaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, (sample) => muLawTable[sample + 32_768] as number);
}

/** Encodes samples as A-law. */
export function toALaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, (sample) => aLawTable[sample + 32_768] as number);
}

function muLawOf(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  // 132 is µ-law's bias scaled to 16-bit samples; for 14-bit samples it is 33.
  const size = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = 31 - Math.clz32(size) - 7;
  return ~(sign | (exponent << 4) | ((size >> (exponent + 3)) & 0x0f)) & 0xff;
}

function aLawOf(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const size = (sample < 0 ? ~sample : sample) >> 3;
  const exponent = size < 32 ? 0 : 31 - Math.clz32(size) - 4;
  const mantissa = (exponent === 0 ? size >> 1 : size >> exponent) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}
