import { speechCosts } from "../../cost/cost.ts";
import type { Asked, FlaskApp, View } from "../flask/app.ts";
import { completeOptions, type FlaskTwinOptions } from "../flask/options.ts";
import { type FlaskTwin, startFlaskTwin } from "../flask/twin.ts";
import { jsonReply, pageReply, proxyReply, textReply } from "../flask/web.ts";
import { configOf, fileOf, type PiperFile, stripped } from "./voices.ts";

/** The versions of Piper's server that can be imitated, with the path for speech. */
export const piperVersions = {
  "1.4": { path: "/", about: "piper-tts 1.3 and 1.4: POST / returns speech" },
  "1.8": { path: "/synthesize", about: "piper-tts 1.5 to 1.8: POST /synthesize returns speech, / is a web page" },
} as const;

/** Options of startPiperTwin. */
export interface PiperTwinOptions extends FlaskTwinOptions {
  /** The version of Piper's server to imitate. Default: 1.8. */
  version: keyof typeof piperVersions;
  /** The names of the voices in the server's folder, beginning with the one that the server was started with. */
  voices: readonly string[];
  /** The names of the first voice's speakers. Default: the voice has a single speaker without a name. */
  speakers: readonly string[];
  /** The bearer token that a proxy in front of the server requires; Piper itself requires none. */
  apiKey: string | undefined;
}

/** The default voices of the stand-in. */
export const piperTwinVoices = ["en_US-joe-medium", "zh_CN-huayan-medium", "en_GB-alan-low"];

/** Starts a stand-in of Piper's HTTP server. */
export function startPiperTwin(options: Partial<PiperTwinOptions> = {}): Promise<FlaskTwin> {
  const made = completeOptions({ web: "werkzeug", cost: speechCosts["piper-cpu"] }, options);
  const { version = "1.8", voices = piperTwinVoices, speakers = [], apiKey } = options;
  const files = voices.map((name, index) => fileOf(name, index === 0 ? speakers : []));
  return startFlaskTwin(createPiperApp({ version, files, apiKey }), made);
}

interface PiperApp {
  readonly version: keyof typeof piperVersions;
  readonly files: readonly PiperFile[];
  readonly apiKey: string | undefined;
}

function createPiperApp({ version, files, apiKey }: PiperApp): FlaskApp {
  const [first] = files as [PiperFile];
  const firstId = stripped(`${first.name}.onnx`, ".onnx");
  let last: object | null = null;

  /** An unknown voice is silently replaced by the first one. */
  const fileFor = (name: string) => files.find((file) => file.name === name) ?? first;

  const synthesize: View = ({ headers, body }) => {
    // Flask parses forms itself, so the server sees a form as an absent body. An absent body, invalid JSON, or a body
    // that fails the server's own check yields an error page.
    const isForm = String(headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
    const data = isForm ? undefined : parse(body);
    const text = typeof data?.text === "string" ? data.text.trim() : "";
    if (text === "") return pageReply(500);
    const { voice = firstId, speaker_id: id, speaker, length_scale: scale = 1 } = data ?? {};
    const file = fileFor(String(voice));
    const named = file.speakers[Number(id ?? file.speakers.indexOf(String(speaker)))];
    last = { text, synthesize_seconds: 0.1, phonemes: [], alignments: [] };
    return {
      text,
      voice: named === undefined ? file.name : `${file.name}:${named}`,
      sampleRateHertz: file.sampleRateHertz,
      stretch: Number(scale) || 1,
      // Piper's view returns bare bytes, so Flask gives the audio the content type of HTML.
      before: { "Content-Type": "text/html; charset=utf-8" },
      after: {},
    };
  };

  const listed = () =>
    jsonReply(
      200,
      Object.fromEntries(files.map((file) => [stripped(`${file.name}.onnx.json`, ".onnx.json"), configOf(file)])),
    );
  const info = () => {
    const voice = { name: firstId, language: first.espeak, num_speakers: Math.max(1, first.speakers.length) };
    return jsonReply(200, { voice, last });
  };
  const views: Record<string, View> = {
    "GET /voices": listed,
    [`POST ${piperVersions[version].path}`]: synthesize,
    ...(version === "1.8" && { "GET /": () => textReply(200, page), "GET /info": info }),
  };
  const guarded = (view: View) => (asked: Asked) =>
    apiKey === undefined || asked.headers.authorization === `Bearer ${apiKey}` ? view(asked) : proxyReply(401);
  return {
    views: Object.fromEntries(Object.entries(views).map(([key, view]) => [key, guarded(view)])),
    speaks: [piperVersions[version].path],
    refuses: (status, headers) => (status === 500 ? pageReply(500) : proxyReply(status, headers)),
  };
}

/** A short substitute for the HTML page that the real server shows at `GET /`. */
const page =
  '<!DOCTYPE html>\n<html lang="en">\n<head><title>Piper</title></head>\n<body><h1>Piper</h1></body>\n</html>';

function parse(body: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
