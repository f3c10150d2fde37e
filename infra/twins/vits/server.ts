import { randomUUID } from "node:crypto";
import { speechCosts } from "../../cost/cost.ts";
import type { Asked, FlaskApp, View } from "../flask/app.ts";
import { completeOptions, type FlaskTwinOptions } from "../flask/options.ts";
import { type FlaskTwin, startFlaskTwin } from "../flask/twin.ts";
import { jsonReply, pageReply, proxyReply, type Reply } from "../flask/web.ts";

/** A speaker (a voice) of one of the imitated server's models. */
export interface VitsSpeaker {
  readonly name: string;
  readonly lang: readonly string[];
}

/** The speakers of each kind of model, in the order in which they are listed. */
export type VitsSpeakers = Readonly<Record<VitsGroup, readonly VitsSpeaker[]>>;
type VitsGroup = "VITS" | "HUBERT-VITS" | "W2V2-VITS" | "BERT-VITS2" | "GPT-SOVITS";

/** Options of startVitsTwin. */
export interface VitsTwinOptions extends FlaskTwinOptions {
  readonly speakers: Partial<VitsSpeakers>;
  /** The key that requests to speak need, as `X-API-KEY` or `api_key`; listing speakers needs none. Default: none. */
  readonly apiKey: string | undefined;
}

/** The default speakers. */
export const vitsTwinSpeakers: VitsSpeakers = {
  VITS: [
    { name: "xiaolin", lang: ["zh", "en"] },
    { name: "emma", lang: ["en"] },
  ],
  "HUBERT-VITS": [],
  "W2V2-VITS": [{ name: "calm", lang: ["ja"] }],
  "BERT-VITS2": [{ name: "haoran", lang: ["zh", "ja", "en"] }],
  "GPT-SOVITS": [],
};

/** For each kind of model: its path, its sample rate in hertz, and the maximum of its `emotion` parameter. */
const kinds = {
  VITS: { path: "/voice/vits", sampleRateHertz: 22_050, mostEmotion: undefined },
  "W2V2-VITS": { path: "/voice/w2v2-vits", sampleRateHertz: 22_050, mostEmotion: undefined },
  "BERT-VITS2": { path: "/voice/bert-vits2", sampleRateHertz: 44_100, mostEmotion: 9 },
} as const;

/** Starts a stand-in that imitates a vits-simple-api server. */
export function startVitsTwin(options: Partial<VitsTwinOptions> = {}): Promise<FlaskTwin> {
  const made = completeOptions({ web: "gunicorn", cost: speechCosts["vits-v100"] }, options);
  const speakers = { ...vitsTwinSpeakers, ...options.speakers };
  return startFlaskTwin(createVitsApp(speakers, options.apiKey), made);
}

/** The server's own error responses, by status; an error of any other status is sent as if by a proxy. */
const own: Readonly<Record<number, Reply>> = {
  400: said(400, "id 99 does not exist"),
  401: said(401, "Invalid API Key"),
  500: pageReply(500),
};

function createVitsApp(speakers: VitsSpeakers, apiKey: string | undefined): FlaskApp {
  const list = () =>
    jsonReply(
      200,
      Object.fromEntries(
        Object.entries(speakers).map(([group, all]) => [group, all.map((one, id) => ({ id, ...one }))]),
      ),
    );
  const views: Record<string, View> = { "GET /voice/speakers": list, "POST /voice/speakers": list };
  for (const [group, kind] of Object.entries(kinds) as [keyof typeof kinds, (typeof kinds)[keyof typeof kinds]][])
    for (const method of ["GET", "POST"])
      views[`${method} ${kind.path}`] = (asked) => {
        const { "x-api-key": header } = asked.headers;
        if (apiKey !== undefined && header !== apiKey && asked.query.get("api_key") !== apiKey)
          return said(401, "Invalid API Key");
        return speakAs(kind, speakers[group], method === "GET" ? Object.fromEntries(asked.query) : fieldsOf(asked));
      };
  return {
    views,
    speaks: Object.values(kinds).map(({ path }) => path),
    refuses: (status, headers) => own[status] ?? proxyReply(status, headers),
  };
}

/** Checks a request as the real server does, in the same order, and returns what to speak. */
function speakAs(
  { sampleRateHertz, mostEmotion }: (typeof kinds)[keyof typeof kinds],
  speakers: readonly VitsSpeaker[],
  fields: Record<string, unknown> | undefined,
): ReturnType<View> {
  if (fields === undefined) return pageReply(400);
  const text = String(fields.text ?? "");
  const id = numberOr(fields.id, 0);
  const lang = String(fields.lang ?? "auto").toLowerCase();
  const length = numberOr(fields.length, 1);
  const format = String(fields.format ?? "wav");
  if (text === "") return said(400, "text is empty");
  const speaker = speakers[id];
  if (speaker === undefined) return said(400, `id ${id} does not exist`);
  const emotion = numberOr(fields.emotion, 0);
  if (mostEmotion !== undefined && (emotion < 0 || emotion > mostEmotion))
    return said(400, `emotion ${emotion} out of the range 0-${mostEmotion}`);
  if (lang !== "auto" && lang !== "mix" && speaker.lang.length > 1 && !speaker.lang.includes(lang))
    return said(400, `lang '${lang}' is not in [${speaker.lang.map((one) => `'${one}'`).join(", ")}]`);
  // The stand-in encodes only WAV. For other formats it answers as the real server does if its encoder fails: with an
  // HTML page.
  if (format !== "wav") return pageReply(500);
  return {
    ...{ text, sampleRateHertz, stretch: length },
    voice: speaker.name,
    before: { "Content-Disposition": `inline; filename=${randomUUID()}.wav`, "Content-Type": "audio/wav" },
    after: { "Cache-Control": "no-cache" },
  };
}

function said(status: number, message: string): Reply {
  return jsonReply(status, { status: "error", message });
}

/** Parses JSON if the content type is `application/json`, else a form. Undefined if the JSON is invalid. */
function fieldsOf({ headers, body }: Asked): Record<string, unknown> | undefined {
  if (headers["content-type"] !== "application/json") return Object.fromEntries(new URLSearchParams(body.toString()));
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** Parses a number as the server does: for a value that is not a number, returns `usual`. */
function numberOr(value: unknown, usual: number): number {
  const number = Number(value === "" ? Number.NaN : (value ?? Number.NaN));
  return Number.isFinite(number) ? number : usual;
}
