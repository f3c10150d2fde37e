import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { loadConfig } from "../load.ts";
import { writeOrigin } from "../problem.ts";
import { readProcess } from "../read-process.ts";

const check = (text: string, env: NodeJS.ProcessEnv = {}) =>
  loadConfig(env, text).problems.map(
    ({ severity, origin, path, message, rule }) =>
      `${writeOrigin(origin)} ${severity} ${rule ?? ""} ${path}: ${message}`,
  );

describe("profiles in duet.yaml", () => {
  it("that are right have no problem", () =>
    assert.deepEqual(
      check(
        "profiles:\n  shop: { voice: anna, language: en, limits: { turnsAtOnce: 2 } }\nfish: { voices: [emma, anna] }\n",
      ),
      [],
    ));

  it("may name a voice with its engine, and one of an engine that does not list its voices", () => {
    const lists = "fish: { voices: [emma], url: http://a }\n";
    const profile = (voice: string) => `profiles: { shop: { voice: "${voice}" } }\n`;
    assert.deepEqual(check(lists + profile("fish/emma")), []);
    assert.match(check(lists + profile("fish/anna"))[0] ?? "", /fish\/anna is not one of the voices in fish\.voices/);
    assert.deepEqual(check(`${lists}vits: { url: http://b }\n${profile("anna")}`), []);
  });

  const rows: [what: string, text: string, expected: RegExp[]][] = [
    ["nothing", "profiles:\n  shop: {}\n", [/^duet\.yaml:2:3 error {2}profiles\.shop: profiles\.shop: is empty/]],
    [
      "a bad language",
      "profiles:\n  shop:\n    language: en_US\n",
      [/^duet\.yaml:3:5 error {2}profiles\.shop\.language: .*BCP 47/],
    ],
    [
      "a misspelt name",
      "profiles:\n  shop: { instruction: a }\n",
      [/^duet\.yaml:2:11 error {2}profiles\.shop\.instruction: .* use one of displayName, instructions/],
    ],
    [
      "several at once",
      "profiles:\n  shop: { voice: '' }\n  bar: { generation: { maxTokens: 0 } }\n",
      [
        /:2:11 error {2}profiles\.shop\.voice: .*must not be empty/,
        /:3:24 error {2}profiles\.bar\.generation\.maxTokens: .*from 1 to 8192/,
      ],
    ],
    [
      "voices that are not offered, each",
      "fish: { voices: [emma, hans] }\nprofiles:\n  shop: { voice: anna }\n  bar: { voice: hans }\n  inn: { voice: otto }\n",
      [
        /:3:11 error duet\/profile-voice profiles\.shop\.voice: anna is not one of/,
        /:5:10 error duet\/profile-voice profiles\.inn\.voice: otto/,
      ],
    ],
    [
      "more tokens than it may have",
      "profiles:\n  shop: { generation: { maxTokens: 90 }, limits: { maxTokens: 60 } }\n",
      [/:2:25 warning duet\/profile-tokens profiles\.shop\.generation\.maxTokens: /],
    ],
  ];
  it.each(rows)("are told for %s", (_, text, expected) => {
    const told = check(text);
    assert.equal(told.length, expected.length, told.join("\n"));
    for (const [index, pattern] of expected.entries()) assert.match(told[index] ?? "", pattern);
  });

  it("in a variable are told by its name, and come in the place of those of the file", () => {
    const env = { DUET_PROFILES: '{"bar":{"voice":"hans","limits":{"turnsAtOnce":0}}}' };
    const told = check("profiles:\n  shop: { voice: '' }\n", env);
    assert.deepEqual(told, [
      "DUET_PROFILES error  profiles.bar.limits.turnsAtOnce: DUET_PROFILES.bar.limits.turnsAtOnce: must be a number from 1 to 100000",
    ]);
  });

  it("keep the edge and Synthesize from starting where they are wrong, and not Generate", () => {
    const env = { DUET_PROFILES: '{"bar":{}}', DUET_FISH_URL: "http://a", DUET_VLLM_URL: "http://b" };
    const told = /^SettingsError: DUET_PROFILES\.bar: is empty: put its settings below it/;
    assert.throws(() => readProcess("edge", env), told);
    assert.throws(() => readProcess("synthesize", env), told);
    assert.equal(readProcess("generate", env).generate.maxTokens, 512);
  });
});
