import assert from "node:assert/strict";
import { it } from "vitest";
import { type Candidate, chooseServer } from "./choose-server.ts";

const idle = (...ports: number[]): Candidate[] => ports.map((port) => ({ url: `http://gpu:${port}`, inFlight: 0 }));
const sessions = Array.from({ length: 300 }, (_, i) => `session-${i}`);
const placesOf = (servers: Candidate[]) => sessions.map((id) => chooseServer(servers, id, 0)?.url);

it("takes the least loaded, and each in turn among equals", () => {
  const servers = idle(1, 2, 3).map((server, i) => ({ ...server, inFlight: i === 0 ? 5 : 1 }));
  assert.deepEqual(
    [0, 1, 2].map((turn) => chooseServer(servers, undefined, turn)?.url),
    ["http://gpu:2", "http://gpu:3", "http://gpu:2"],
  );
  assert.equal(chooseServer([], "s", 0), undefined);
});

it("spreads conversations, each always to the same server", () => {
  const places = placesOf(idle(1, 2, 3));
  assert.deepEqual(placesOf(idle(3, 1, 2)), places);
  for (const { url } of idle(1, 2, 3)) {
    const share = places.filter((place) => place === url).length;
    assert.ok(share > 60 && share < 140, `${url} has ${share} of 300`);
  }
});

it("moves only the conversations of a server that is gone", () => {
  const before = placesOf(idle(1, 2, 3));
  const after = placesOf(idle(1, 2));
  for (const [i, place] of before.entries()) if (place !== "http://gpu:3") assert.equal(after[i], place);
});

it("leaves a server that is clearly busier", () => {
  const own = chooseServer(idle(1, 2), "s", 0)?.url;
  const withLead = (lead: number) =>
    idle(1, 2).map((server) => ({ ...server, inFlight: server.url === own ? lead : 0 }));
  assert.equal(chooseServer(withLead(2), "s", 0)?.url, own);
  assert.notEqual(chooseServer(withLead(3), "s", 0)?.url, own);
});

it("leaves it only once it is busier by a quarter of the mean, where all are busy", () => {
  const own = chooseServer(idle(1, 2), "s", 0)?.url;
  const withLead = (lead: number) =>
    idle(1, 2).map((server) => ({ ...server, inFlight: server.url === own ? 40 + lead : 40 }));
  // Of a mean of 45.5, a quarter is 11.4; of one of 46, 11.5.
  assert.equal(chooseServer(withLead(11), "s", 0)?.url, own);
  assert.notEqual(chooseServer(withLead(12), "s", 0)?.url, own);
});

it("spreads conversations over servers and conversations that differ in a digit alike", () => {
  const servers = Array.from({ length: 10 }, (_, port) => idle(8000 + port)).flat();
  const counts = new Map<string, number>();
  for (let id = 0; id < 2000; id++) {
    const { url } = chooseServer(servers, `${id}`, 0) as Candidate;
    counts.set(url, (counts.get(url) ?? 0) + 1);
  }
  // 200 each on average, with a standard deviation of 13.
  for (const { url } of servers) assert.ok(Math.abs((counts.get(url) ?? 0) - 200) < 60, `${url}: ${counts.get(url)}`);
});
