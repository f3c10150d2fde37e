/**
 * G.711, the encoding of telephony: 8 bits per sample at 8 kHz. It has two variants, which both keep a sample's sign,
 * the position of its highest set bit and the next four bits: µ-law (North America, Japan) for 14-bit samples, A-law
 * (elsewhere) for 13-bit ones. Each is computed once, as a table for all 65,536 values of a 16-bit sample.
 */

/** The bytes that encode silence: this one in µ-law, the next one in A-law. */
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
  // µ-law adds a bias before it encodes: 33 for 14-bit samples, which is 132 for 16-bit ones.
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
