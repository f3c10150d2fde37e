import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "../../infra/config/load.ts";
import { accessRules } from "../../infra/config/rules/access.ts";
import { addressRules } from "../../infra/config/rules/addresses.ts";
import { callerRules } from "../../infra/config/rules/callers.ts";
import { limitRules } from "../../infra/config/rules/limits.ts";
import { togetherRules } from "../../infra/config/rules/together.ts";
import { voiceRules } from "../../infra/config/rules/voices.ts";
import { allEngines } from "../../infra/engines/registry.ts";
import { vllm } from "./rows/row.ts";
import { ruleRows } from "./rows/rows.ts";

const engineRules = allEngines.flatMap(({ rules, setupRules }) => [...rules, ...setupRules]);
const rules = [
  ...engineRules,
  ...togetherRules,
  ...limitRules,
  ...accessRules,
  ...voiceRules,
  ...addressRules,
  ...callerRules,
];

describe("rules", () => {
  for (const { rule, severity, config, path, remedy } of ruleRows)
    test(`${rule}: ${config.split("\n").at(-1)?.trim()}`, () => {
      const { problems } = loadConfig({}, config, { secrets: false });
      const found = problems.find((problem) => problem.rule === rule);
      assert.ok(
        found !== undefined,
        `not found among: ${problems.map(({ rule, message }) => rule ?? message).join(", ")}`,
      );
      assert.deepEqual([found.severity, found.path], [severity, path]);
      assert.match(found.remedy, remedy);
      assert.match(`${found.message}.`, /^\S.*[^.]\.$/, "a message is a sentence without its full stop");
      assert.match(found.remedy, /^[A-Z].*\.$/, "a remedy is a sentence");
      assert.ok(found.source);
    });

  test("each has a row", () => {
    const rows = new Set(ruleRows.map(({ rule }) => rule));
    assert.deepEqual(
      rules.filter(({ id }) => !rows.has(id)).map(({ id }) => id),
      [],
    );
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length, "two rules have one name");
  });

  test("each has its severity from the table alone", () => {
    for (const { rule, severity } of ruleRows)
      assert.equal(rules.find(({ id }) => id === rule)?.severity, severity, rule);
  });

  const near: readonly (readonly [rule: string, config: string])[] = [
    ["duet/own-address", "fish: { url: http://gpu:8080 }"],
    ["duet/own-address", "fish: { url: http://127.0.0.1:8081 }"],
    ["duet/engine-twice", "vllm: { url: [http://127.0.0.1:8000, http://127.0.0.1:8001] }"],
    ["duet/engine-route", "speech: { url: http://127.0.0.1:8880 }"],
    ["duet/engine-version-path", "speech: { url: http://127.0.0.1:8880 }"],
    ["duet/service-address", "edge: { synthesizeUrl: http://other:6000 }"],
    ["duet/service-address", "edge: { synthesizeUrl: http://127.0.0.1:6000 }\nsynthesize: { listen: 127.0.0.1:6000 }"],
    ["duet/service-open", "synthesize: { listen: 127.0.0.1:50052 }"],
    ["duet/service-open", "serviceToken: { file: /dev/null }\nsynthesize: { listen: 0.0.0.0:50052 }"],
    ["duet/service-clear", "tls: { cert: a, key: b, ca: c }\nedge: { generateUrl: https://gpu:50051 }"],
    ["duet/service-clear", "edge: { generateUrl: http://gpu:50051 }"],
    ["duet/token-clear", "serviceToken: 0123456789abcdef0123456789abcdef\ngenerate: { listen: 127.0.0.1:50051 }"],
  ];
  for (const [rule, config] of near)
    test(`${rule} says nothing of its neighbour: ${config.replace("\n", " ")}`, () => {
      const { problems } = loadConfig({}, config, { secrets: false });
      assert.equal(
        problems.find((problem) => problem.rule === rule),
        undefined,
      );
    });

  test("say nothing about what is right", () => {
    const { problems } = loadConfig({}, "engine:\n  vllm: {}\n");
    assert.deepEqual(problems, []);
  });

  /** A config with another value at a path. */
  const withValue = (config: string, path: string, value: number): string => {
    const tree = parse(config);
    const names = path.split(".");
    const last = names.pop() as string;
    const at = names.reduce((node, name) => {
      node[name] ??= {};
      return node[name];
    }, tree);
    at[last] = value;
    return JSON.stringify(tree);
  };
  /** Rules that ask for more than they need: a length in whole thousands, and what is usual. */
  const roomy = ["vllm/context-does-not-fit", "vllm/batched-tokens-below-seqs"];
  const valueAt = (config: string, path: string): unknown =>
    path.split(".").reduce((node, name) => node?.[name], parse(config));
  const finds = (config: string, rule: string) =>
    loadConfig({}, config, { secrets: false }).problems.find((problem) => problem.rule === rule);

  test("are content with the very number that they ask for, and not with one less of the way there", () => {
    const asked: string[] = [];
    for (const { rule, config } of ruleRows) {
      const found = finds(config, rule);
      const number = /^Set it to (\d+(?:\.\d+)?)(?![\d.]*\d| ?%)/.exec(found?.remedy ?? "")?.[1];
      if (found === undefined || number === undefined) continue;
      asked.push(rule);
      assert.equal(finds(withValue(config, found.path, Number(number)), rule), undefined, `${rule}: ${found.remedy}`);
      const given = valueAt(config, found.path);
      if (!Number.isInteger(given) || !Number.isInteger(Number(number)) || roomy.includes(rule)) continue;
      const nearly = Number(number) + Math.sign(Number(given) - Number(number));
      assert.ok(finds(withValue(config, found.path, nearly), rule) !== undefined, `${rule}: ${nearly}`);
    }
    assert.ok(asked.length > 12, asked.join(" "));
  });

  test("count the conversations that fit exactly", () => {
    const config = (sessions: number) => vllm(`expected: { sessions: ${sessions}, tokensPerSession: 8192 }`);
    const rule = "vllm/sessions-do-not-fit";
    const room = Number(/room for (\d+) sessions/.exec(finds(config(64), rule)?.message ?? "")?.[1]);
    assert.ok(room > 0);
    assert.deepEqual([finds(config(room), rule), finds(config(room + 1), rule)?.severity], [undefined, "warning"]);
  });
});
