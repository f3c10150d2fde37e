import { describe, test } from "vitest";
import { skipFor } from "../../support/skip.ts";

test("runs", () => {});
test("needs a moon", skipFor("no moon is out"), () => {});
describe("what needs a sun", skipFor("the sun is down"), () => {
  test("shines", () => {});
});
test("finds out late", (context) => context.skip("it turned out late"));
test.todo("is still to be written");
