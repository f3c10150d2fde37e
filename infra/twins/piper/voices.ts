/** A voice of Piper: a file with its `.onnx.json`. */
export interface PiperFile {
  /** The file's name without `.onnx`. */
  readonly name: string;
  readonly sampleRateHertz: number;
  /** What espeak-ng calls its language, and the code of it. */
  readonly espeak: string;
  readonly code: string;
  /** Names of its speakers; one alone has none. */
  readonly speakers: readonly string[];
}

/** A voice by its name, as those that are published are called: `en_US-joe-medium`. Low quality has 16,000 samples a second. */
export function fileOf(name: string, speakers: readonly string[] = []): PiperFile {
  const code = /^[a-z]{2,3}_[A-Z]{2}/.exec(name)?.[0] ?? "en_US";
  return {
    ...{ name, code, speakers },
    sampleRateHertz: name.endsWith("low") ? 16_000 : 22_050,
    espeak: code.startsWith("zh") ? "cmn" : code.toLowerCase().replace("_", "-"),
  };
}

/** What `GET /voices` has of it, without the table of its sounds. */
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

/** As it is listed and looked up: it strips letters of an ending off a file's name, and not that ending. */
export function stripped(file: string, ending: ".onnx" | ".onnx.json"): string {
  let length = file.length;
  while (length > 0 && ending.includes(file[length - 1] as string)) length--;
  return file.slice(0, length);
}
