/**
 * What each form of `/v1/audio/speech` costs until speech is first heard, beside `Speak`.
 *
 *     node test/bench/faces.ts [ROUNDS]
 *
 * One stack, whose stand-in of Fish-Speech works in real time. A round asks for the same sentence once by `Speak` over
 * gRPC and once in each form, one after the other and each round in another order, so that whatever disturbs the
 * machine disturbs all alike. What is timed is from the request to the first sound: the first `audio` event, or the
 * first byte behind a file's heads, which hold no sound. Printed: the median of each, and the median of what it took
 * more than `Speak` of its own round. Default: 40 rounds.
 */
import { createGrpcClient } from "../support/callers.ts";
import { startStack } from "../support/stack.ts";

const rounds = Number(process.argv[2] ?? 40);
// As long each time, and its first clause is never the same: what was spoken once is kept, and takes no engine.
const letters = () =>
  Array.from({ length: 4 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join("");
const sentence = () =>
  `The ${letters()} ${letters()} is a sentence of an ordinary length, as one would say it to somebody who listens.`;
/** The bytes of a file that come before its sound, by its form. */
const heads = { pcm: () => 0, wav: () => 44, mp3: () => 0, opus: headsOfOgg, ulaw: () => 0, alaw: () => 0 };
type Form = keyof typeof heads;

const stack = await startStack({ timeScale: 1 });
const { client, close } = createGrpcClient(stack.url);

async function timeSpeak(): Promise<number> {
  const start = performance.now();
  let first = 0;
  for await (const { event } of client.speak({ text: sentence() }))
    if (event.case === "audio" && first === 0) first = performance.now() - start;
  return first;
}

async function timeForm(form: Form): Promise<number> {
  const start = performance.now();
  const response = await fetch(`${stack.url}/v1/audio/speech`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "tts-1", voice: "alloy", input: sentence(), response_format: form }),
  });
  let first = 0;
  let come = Buffer.alloc(0);
  for await (const bytes of response.body ?? []) {
    if (first > 0) continue;
    come = Buffer.concat([come, bytes]);
    if (come.length > heads[form](come)) first = performance.now() - start;
  }
  return first;
}

/** Where the third page of an Ogg file begins; more than there is, while it is not there. */
function headsOfOgg(bytes: Buffer): number {
  const third = bytes.indexOf("OggS", bytes.indexOf("OggS", 4) + 4);
  return third > 4 ? third : bytes.length;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;
const forms = Object.keys(heads) as Form[];
const spoken: number[] = [];
const taken = new Map<Form, number[]>(forms.map((form) => [form, []]));
const later = new Map<Form, number[]>(forms.map((form) => [form, []]));

for (let round = -2; round < rounds; round++) {
  const start = (round + 2) % forms.length;
  const order = [...forms.slice(start), ...forms.slice(0, start)];
  const half = round % 2 === 0 ? 0 : order.length >> 1;
  const times = new Map<Form, number>();
  for (const form of order.slice(0, half)) times.set(form, await timeForm(form));
  const speak = await timeSpeak();
  for (const form of order.slice(half)) times.set(form, await timeForm(form));
  // The first rounds warm everything up.
  if (round < 0) continue;
  spoken.push(speak);
  for (const [form, ms] of times) {
    taken.get(form)?.push(ms);
    later.get(form)?.push(ms - speak);
  }
}
const show = (name: string, ms: number, more = "") =>
  process.stdout.write(`${name.padEnd(6)} ${ms.toFixed(1).padStart(6)} ms${more}\n`);
show("Speak", median(spoken), `  median of ${rounds} rounds`);
for (const form of forms)
  show(
    form,
    median(taken.get(form) ?? []),
    `  ${median(later.get(form) ?? [])
      .toFixed(1)
      .padStart(6)} ms later`,
  );
close();
await stack.close();
