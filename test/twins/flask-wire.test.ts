import assert from "node:assert/strict";
import { type TestContext, test } from "vitest";
import { startPiperTwin } from "../../infra/twins/piper/server.ts";
import { startVitsTwin } from "../../infra/twins/vits/server.ts";
import { connectRaw } from "./raw.ts";

// Held against what Flask 3.1, Werkzeug 3.1 and gunicorn wrote for programs with the same views, and against Piper
// 1.8.0 itself.

/** Head and body of an answer, the date and the file's name made alike. */
async function exchange(t: TestContext, url: string, head: string, body?: string) {
  const connection = connectRaw(url, t);
  connection.send(head, body);
  await connection.untilEnded();
  const [headers = "", ...rest] = connection.bytes().split("\r\n\r\n");
  const alike = headers.replace(/Date: .*GMT/, "Date: D").replace(/[0-9a-f-]{36}\.wav/, "F.wav");
  return { lines: alike.split("\r\n"), body: rest.join("\r\n\r\n"), ended: connection.ended() };
}

const post = (path: string, type = "application/json") => `POST ${path} HTTP/1.1\r\ncontent-type: ${type}`;
const werkzeug = ["Server: Werkzeug/3.1.9 Python/3.11.7", "Date: D"];
const gunicorn = ["Server: gunicorn", "Date: D", "Connection: close"];
const page500 =
  "<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n<p>The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.</p>\n";

test("Piper calls its WAV file a page, and closes the connection behind it", async (t) => {
  const twin = await startPiperTwin({ timeScale: 0, faults: false });
  t.onTestFinished(twin.close);
  const { lines, body, ended } = await exchange(t, twin.url, post("/synthesize"), '{"text":"Hello there."}');
  assert.deepEqual(lines, [
    "HTTP/1.1 200 OK",
    ...werkzeug,
    "Content-Type: text/html; charset=utf-8",
    `Content-Length: ${body.length}`,
    "Connection: close",
  ]);
  assert.equal(Buffer.from(body.slice(0, 44), "latin1").readUInt32LE(24), 22_050);
  assert.equal(ended, "end");
});

test("what Piper's view throws is a page that says nothing of it", async (t) => {
  const twin = await startPiperTwin({ timeScale: 0 });
  t.onTestFinished(twin.close);
  for (const [type, sent] of [
    ["application/json", '{"text":"  "}'],
    ["application/json", "{"],
    // A form's fields are no body to Flask.
    ["application/x-www-form-urlencoded", '{"text":"Hello."}'],
  ] as const) {
    const { lines, body } = await exchange(t, twin.url, post("/synthesize", type), sent);
    assert.deepEqual(lines, [
      "HTTP/1.1 500 INTERNAL SERVER ERROR",
      ...werkzeug,
      "Content-Type: text/html; charset=utf-8",
      "Content-Length: 265",
      "Connection: close",
    ]);
    assert.equal(body, page500);
  }
});

test("Piper 1.8 speaks at /synthesize, and 1.4 at /", async (t) => {
  const [newer, older] = await Promise.all([
    startPiperTwin({ timeScale: 0 }),
    startPiperTwin({ version: "1.4", timeScale: 0 }),
  ]);
  t.onTestFinished(newer.close);
  t.onTestFinished(older.close);
  const { lines } = await exchange(t, newer.url, post("/"), '{"text":"Hello."}');
  assert.deepEqual([lines[0], lines[4]], ["HTTP/1.1 405 METHOD NOT ALLOWED", "Allow: HEAD, GET, OPTIONS"]);
  assert.equal((await exchange(t, older.url, post("/"), '{"text":"Hello."}')).lines[0], "HTTP/1.1 200 OK");
  assert.equal((await exchange(t, older.url, "GET /info HTTP/1.1")).lines[0], "HTTP/1.1 404 NOT FOUND");
  const info = await exchange(t, newer.url, "GET /info HTTP/1.1");
  assert.equal(info.body, '{"last":null,"voice":{"language":"en-us","name":"en_US-joe-medium","num_speakers":1}}\n');
});

test("Piper strips letters of the ending off the names of its voices", async (t) => {
  const twin = await startPiperTwin({ voices: ["carlson", "en_US-joe-medium"], timeScale: 0 });
  t.onTestFinished(twin.close);
  const listed = await fetch(`${twin.url}/voices`).then((answer) => answer.json());
  assert.deepEqual(Object.keys(listed as object), ["carl", "en_US-joe-medium"]);
});

for (const [web, before, after] of [
  ["gunicorn", gunicorn, []],
  ["werkzeug", werkzeug, ["Connection: close"]],
] as const)
  test(`vits-simple-api behind ${web} answers byte for byte`, async (t) => {
    const twin = await startVitsTwin({
      web,
      timeScale: 0,
      apiKey: "k",
      speakers: { VITS: [{ name: "派蒙 Paimon", lang: ["zh", "ja"] }], "BERT-VITS2": [], "W2V2-VITS": [] },
    });
    t.onTestFinished(twin.close);
    const listing = await exchange(t, twin.url, "GET /voice/speakers HTTP/1.1");
    assert.equal(
      listing.body,
      '{"BERT-VITS2":[],"GPT-SOVITS":[],"HUBERT-VITS":[],"VITS":[{"id":0,"lang":["zh","ja"],"name":"\\u6d3e\\u8499 Paimon"}],"W2V2-VITS":[]}\n',
    );
    const keyed = `${post("/voice/vits")}\r\nx-api-key: k`;
    const { lines, body } = await exchange(t, twin.url, keyed, '{"text":"你好。","id":0}');
    assert.deepEqual(lines, [
      ...["HTTP/1.1 200 OK", ...before, "Content-Disposition: inline; filename=F.wav", "Content-Type: audio/wav"],
      ...[`Content-Length: ${body.length}`, "Cache-Control: no-cache", ...after],
    ]);
    for (const [head, sent, status, says] of [
      [post("/voice/vits"), '{"text":"x"}', "401 UNAUTHORIZED", '{"message":"Invalid API Key","status":"error"}\n'],
      [keyed, '{"text":""}', "400 BAD REQUEST", '{"message":"text is empty","status":"error"}\n'],
      [keyed, '{"text":"x","id":9}', "400 BAD REQUEST", '{"message":"id 9 does not exist","status":"error"}\n'],
      // Not JSON to it, but a form without a text.
      [keyed.replace("json", "json; charset=utf-8"), '{"text":"x"}', "400 BAD REQUEST", /text is empty/],
      [
        keyed,
        '{"text":"x","lang":"en"}',
        "400 BAD REQUEST",
        `{"message":"lang 'en' is not in ['zh', 'ja']","status":"error"}\n`,
      ],
      [keyed, "{", "400 BAD REQUEST", /^<!doctype html>\n<html lang=en>\n<title>400 Bad Request<\/title>/],
    ] as const) {
      const refused = await exchange(t, twin.url, head, sent);
      assert.equal(refused.lines[0], `HTTP/1.1 ${status}`, sent);
      if (typeof says === "string") assert.equal(refused.body, says);
      else assert.match(refused.body, says);
    }
  });

for (const [web, waits] of [
  ["gunicorn", true],
  ["werkzeug", false],
] as const)
  test(`while it speaks, ${web} ${waits ? "answers nobody else" : "answers others"}`, async (t) => {
    const twin = await startVitsTwin({ web, timeScale: 1 });
    t.onTestFinished(twin.close);
    const speech = fetch(`${twin.url}/voice/vits`, {
      ...{ method: "POST", headers: { "content-type": "application/json" } },
      body: JSON.stringify({ text: "a".repeat(900) }),
    }).then((answer) => answer.arrayBuffer());
    while (twin.seen()[0]?.state !== "running") await new Promise(setImmediate);
    await fetch(`${twin.url}/voice/speakers`);
    assert.equal(twin.seen()[0]?.state, waits ? "finished" : "running");
    await speech;
  });
