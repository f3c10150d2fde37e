import { choice, file, flag, httpUrl, name, secret, whole, writtenFolder } from "../kinds.ts";
import { optional, setting } from "../setting.ts";

const urlSecret = secret(
  /^[!-~]{32,512}$/,
  "must be 32 to 512 visible ASCII characters: openssl rand -hex 32 makes one",
);

/** Settings for keeping answers, which are played again when a question is repeated: `edge.answers` in duet.yaml. */
export const answers = {
  keep: setting(
    flag,
    false,
    "1: the model's answer to a question without history is kept, and played to anyone who asks the same question (docs/answers.md). Questions about the moment, such as the weather, are left out.",
  ),
  file: optional(
    file,
    "A YAML file of questions with answers of your own, which are spoken word for word, from speech made in advance (docs/answers.md).",
  ),
  ttlMs: setting(
    whole(1_000, 86_400_000),
    3_600_000,
    "How long an answer is kept, to be played whenever its question is asked again. 1 hour: the right answer to a question rarely changes faster.",
  ),
  maxCount: setting(
    whole(1, 100_000),
    500,
    "How many new answers an edge may keep within DUET_EDGE_ANSWERS_TTL_MS; beyond that, questions are answered as if no answers were kept. 500: at 10 s each and 44.1 kHz they take 440 MB, in Redis if there is one, else within 256 MiB of memory.",
  ),
};

/** Settings of the store to which the edge writes the speech of answers: `edge.stored` in duet.yaml. */
export const stored = {
  folder: optional(
    writtenFolder,
    "The folder where speech is stored for Chat, /chat and jobs (docs/stored.md). Unset: nowhere, unless DUET_EDGE_STORED_S3_ENDPOINT is set; if neither is set, npm start uses .cache/audio.",
  ),
  s3: {
    endpoint: optional(
      httpUrl,
      "The URL of the S3 bucket in which speech is stored instead of in a folder, in path style, such as https://s3.example/duet.",
    ),
    publicEndpoint: optional(
      httpUrl,
      "The address at which callers reach the bucket, if it is not DUET_EDGE_STORED_S3_ENDPOINT. The URLs of stored speech use it.",
    ),
    region: setting(
      name,
      "auto",
      "The bucket's region, for which requests are signed. auto: accepted by many S3-compatible servers.",
    ),
    accessKeyId: optional(name, "The ID of the access key with which the edge writes to the bucket."),
    secretAccessKey: optional(secret(), "The secret access key that belongs to DUET_EDGE_STORED_S3_ACCESS_KEY_ID."),
  },
  form: setting(
    choice(["wav", "mp3", "ogg"]),
    "wav",
    "The format of stored files where a request names none. wav: lossless, and every player reads it; mp3 and ogg take a tenth of the space.",
  ),
  urlTtlMs: setting(
    whole(1_000, 86_400_000),
    3_600_000,
    "How long a URL of stored speech is valid. 1 hour: anyone who has the URL can listen.",
  ),
  retentionMs: setting(
    whole(60_000, 31_536_000_000),
    86_400_000,
    "How long stored speech is kept after the end of the day (UTC) on which it was stored. 1 day: far longer than the URL given to the caller is valid.",
  ),
  maxBytes: setting(
    whole(1_000_000, 1_000_000_000_000_000),
    10_000_000_000,
    "The most bytes of speech that are stored; beyond that no more is accepted. 10 GB: 58 hours of WAV at 24 kHz.",
  ),
  urlSecret: optional(
    urlSecret,
    "The secret that signs the URLs of speech in DUET_EDGE_STORED_FOLDER: the same on all edges that serve the folder. Unset: a secret that is kept in the folder itself.",
  ),
  oldUrlSecret: optional(
    urlSecret,
    "The secret that was used before DUET_EDGE_STORED_URL_SECRET; URLs signed with it stay valid.",
  ),
};

/** Settings that say how speech is marked as machine-made: `edge.marking` in duet.yaml. */
export const marking = {
  on: setting(
    flag,
    true,
    "1: started.marked and the metadata of WAV, MP3 and Ogg files say that the speech is machine-made (docs/marking.md). 0: nothing says so.",
  ),
  producer: optional(
    name,
    "The producer that the metadata of speech names: your organization, by its name or registered number.",
  ),
  notice: optional(
    name,
    "What the first answer of a conversation begins with, in its voice, such as: This is a machine speaking. Unset: nothing, unless a profile says so.",
  ),
  watermarkUrl: optional(
    httpUrl,
    "The URL of a program that puts a watermark into stored speech: Duet sends it a WAV file by POST, and it answers with a WAV file of the same length. Unset: no watermark.",
  ),
  recordFolder: optional(
    writtenFolder,
    "The folder for the log of all marked speech, one file of JSON lines a day. Unset: none is kept.",
  ),
  recordDays: setting(
    whole(1, 3_650),
    180,
    "How many days the files in DUET_EDGE_MARKING_RECORD_FOLDER are kept. 180: half a year.",
  ),
};

/** Settings of jobs, which are questions answered in the background: `edge.jobs` in duet.yaml. */
export const jobs = {
  role: setting(
    choice(["all", "serve", "work"]),
    "all",
    "What this edge does with jobs: accepts and runs them (all), only accepts them (serve), or only runs them and serves no calls (work).",
  ),
  atOnce: setting(
    whole(1, 1_000),
    2,
    "How many jobs this edge runs concurrently. 2: few, to leave the engines free for turns that callers are waiting for.",
  ),
  claimAfterMs: setting(
    whole(500, 3_600_000),
    60_000,
    "How long a worker may be silent before another takes over its job. 60 s: far longer than a process ever pauses.",
  ),
  maxAttempts: setting(
    whole(1, 100),
    5,
    "How many times a job is attempted before it is given up and becomes a dead letter.",
  ),
  maxWaiting: setting(whole(1, 1_000_000), 10_000, "The most jobs that wait or run; more are refused."),
  keptMs: setting(
    whole(60_000, 31_536_000_000),
    86_400_000,
    "How long the result of a job is kept, and how old a job may get before it is given up. 1 day.",
  ),
};
