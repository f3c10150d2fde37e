import assert from "node:assert/strict";
import { it } from "vitest";
import { entriesOf, findExamples, keyOf, languagesWithRules } from "./examples.ts";

const examples = findExamples();

for (const language of languagesWithRules)
  it(`each rule of ${language} is at work in a row`, () => {
    const idle = entriesOf(language).filter(
      ({ rules }) => !rules.some(({ name }) => examples.has(keyOf(language, name))),
    );
    assert.deepEqual(
      idle.map(({ name }) => name),
      [],
    );
  });

for (const language of languagesWithRules)
  it(`each rule of ${language} has a name of its own`, () => {
    const names = entriesOf(language).flatMap(({ rules }) => rules.map(({ name }) => name));
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });
