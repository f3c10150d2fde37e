import { beforeAll, describe, test } from "vitest";

describe("a suite whose hook fails", () => {
  beforeAll(() => {
    throw new Error("the hook has failed");
  });
  test("does not run", () => {});
  test("does not run either", () => {});
});
