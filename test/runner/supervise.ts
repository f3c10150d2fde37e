import { run } from "node:test";
import type { TestEvent as NodeTestEvent } from "node:test/reporters";

/** What the test runner tells of a file, in order. */
export type TestEvent = NodeTestEvent;

// Node counts a suite as a test, and a suite in a browser needs a minute or two on two busy cores.
const testTimeoutMs = 180_000;
const fileTimeoutMs = 300_000;
// Between the last test's end and the process's: more than any clean-up takes.
const lingerTimeoutMs = 10_000;
const leftOpen = "left something open: a server, socket, timer, stream or child process";

/** Runs one test file in a process of its own; ends it, and says why, if it hangs or outlives its last test. */
export async function* supervise(file: string): AsyncGenerator<TestEvent, void, undefined> {
  const controller = new AbortController();
  let verdict = "";
  const end = (reason: string) => {
    verdict = reason;
    controller.abort();
  };
  const running = new Set<number>();
  const fileTimer = setTimeout(() => end(`ran longer than ${fileTimeoutMs / 1000} s`), fileTimeoutMs);
  let lingerTimer: NodeJS.Timeout | undefined;
  try {
    const events = run({
      files: [file],
      timeout: testTimeoutMs,
      signal: controller.signal,
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    for await (const event of events as AsyncIterable<TestEvent>) {
      if (isTotal(event)) continue;
      if (event.type === "test:enqueue" && !isFile(event)) running.add(event.data.testId);
      if (event.type === "test:complete" && !isFile(event)) running.delete(event.data.testId);
      clearTimeout(lingerTimer);
      if (event.type === "test:pass" || event.type === "test:fail")
        lingerTimer = setTimeout(() => running.size === 0 && end(leftOpen), lingerTimeoutMs);
      yield verdict !== "" && event.type === "test:fail" && isFile(event) ? blame(event, `${file} ${verdict}`) : event;
    }
  } finally {
    clearTimeout(fileTimer);
    clearTimeout(lingerTimer);
    controller.abort();
  }
}

/** True for what is told of the file itself and not of a test in it. */
export function isFile(event: TestEvent): boolean {
  return event.data !== undefined && !("entryFile" in event.data);
}

/** True for the totals of this run of one file: the caller counts for all. */
function isTotal({ type, data }: TestEvent): boolean {
  return (type === "test:summary" || type === "test:diagnostic" || type === "test:plan") && data.file === undefined;
}

function blame(event: Extract<TestEvent, { type: "test:fail" }>, message: string): TestEvent {
  const error = Object.assign(new Error(message), {
    code: "ERR_TEST_FAILURE",
    cause: message,
    failureType: "testTimeoutFailure",
  });
  return { ...event, data: { ...event.data, details: { ...event.data.details, error } } };
}
