/** A Piper voice: a model file with its `.onnx.json`. */
export interface PiperFile {
  /** The file's name without `.onnx`. */
  readonly name: string;
  readonly sampleRateHertz: number;
  /** espeak-ng's name for the voice's language, such as `cmn`; `code` is Piper's, such as `zh_CN`. */
  readonly espeak: string;
  readonly code: string;
  /** The names of the voice's speakers; empty if there is only one. */
  readonly speakers: readonly string[];
}

/**
 * The voice file for a published voice name such as `en_US-joe-medium`. Voices of low quality have 16,000 samples a
 * second.
 */
export function fileOf(name: string, speakers: readonly string[] = []): PiperFile {
  const code = /^[a-z]{2,3}_[A-Z]{2}/.exec(name)?.[0] ?? "en_US";
  return {
    ...{ name, code, speakers },
    sampleRateHertz: name.endsWith("low") ? 16_000 : 22_050,
    espeak: code.startsWith("zh") ? "cmn" : code.toLowerCase().replace("_", "-"),
  };
}

/** The voice's entry in `GET /voices`, without its phoneme table. */
export function configOf({ name, sampleRateHertz, espeak, code, speakers }: PiperFile): object {
  const [family, region] = code.split("_");
  const [, dataset = name, quality = "medium"] = name.split("-");
  return {
    audio: { sample_rate: sampleRateHertz, quality },
    espeak: { voice: espeak },
    inference: { noise_scale: 0.667, length_scale: 1, noise_w: 0.8 },
    phoneme_type: "espeak",
    phoneme_map: {},
    phoneme_id_map: { _: [0], "^": [1], $: [2] },
    num_symbols: 256,
    num_speakers: Math.max(1, speakers.length),
    speaker_id_map: Object.fromEntries(speakers.map((speaker, id) => [speaker, id])),
    piper_version: "1.0.0",
    language: { code, family, region },
    dataset,
  };
}

/**
 * The name under which a voice is listed and looked up. The real server strips from the end of the file's name every
 * character that occurs in `ending`, instead of `ending` itself.
 */
export function stripped(file: string, ending: ".onnx" | ".onnx.json"): string {
  let length = file.length;
  while (length > 0 && ending.includes(file[length - 1] as string)) length--;
  return file.slice(0, length);
}
