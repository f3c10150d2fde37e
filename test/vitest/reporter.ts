/**
 * The house's rules on top of vitest's own report: what makes a run fail that vitest lets pass, and the last line.
 *
 * All is told when the process exits: what a file leaves behind is known only once its process has ended, which vitest
 * waits for last.
 */
import { relative } from "node:path";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";
import type { Findings } from "./findings.ts";

/** What the reporter judges by. */
export interface ReporterOptions {
  /** What the pool finds. */
  readonly findings: Findings;
  /** True where every test must run: one that was skipped has failed. */
  readonly skipIsFailure: boolean;
}

/**
 * Makes the reporter that tells what tests have noted, and closes a run with `N passed, N failed` (`, N skipped` may
 * follow). Tests are counted, not suites; a file that failed outside of its tests counts as one failure: a hook, a
 * crash, no test in it, something that it left open. Sets the exit code.
 */
export function createReporter({ findings, skipIsFailure }: ReporterOptions): Reporter {
  let root = process.cwd();
  let modules: readonly TestModule[] = [];
  const failedFiles = new Set<string>();
  const notes: string[] = [];
  const say = (line: string) => process.stdout.write(`${line}\n`);

  function tell(): void {
    const lines = new Set<string>();
    const blame = (file: string, problem: string) => {
      failedFiles.add(file);
      lines.add(`FAILED ${relative(root, file)}: ${problem}`);
    };
    for (const [file, problems] of findings.problems) for (const problem of problems) blame(file, problem);

    const totals = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      if (hasErrors(module)) failedFiles.add(module.moduleId);
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") totals.passed++;
        else if (result.state === "failed") totals.failed++;
        else if (result.state === "pending") blame(module.moduleId, `did not come to the end of "${test.fullName}"`);
        // A hook that failed has taken this test with it, and counts itself.
        else if (isBehindError(test)) totals.skipped++;
        else {
          const reason =
            test.meta().skipped ?? result.note ?? (test.options.mode === "todo" ? "to be done" : "no reason given");
          const what = `${relative(root, module.moduleId)}: "${test.fullName}"`;
          if (skipIsFailure) totals.failed++;
          else totals.skipped++;
          lines.add(
            skipIsFailure ? `FAILED ${what} was skipped, where CI=true: ${reason}` : `skipped ${what}: ${reason}`,
          );
        }
      }
    }
    totals.failed += failedFiles.size;
    const isSound = totals.passed > 0 && totals.failed === 0;
    // vitest has found something that belongs to no file: it has said what.
    if (isSound && (process.exitCode ?? 0) !== 0) totals.failed = 1;
    if (!isSound) process.exitCode ||= 1;

    say([...notes, ...lines].join("\n"));
    say(`${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ""}`);
  }

  return {
    onInit({ config }) {
      root = config.root;
      process.once("exit", tell);
    },
    onTestCaseAnnotate({ module }, { message }) {
      notes.push(`noted ${relative(root, module.moduleId)}: ${message}`);
    },
    onTestRunEnd(ended, errors) {
      modules = ended;
      for (const { VITEST_TEST_PATH: file } of errors) if (typeof file === "string") failedFiles.add(file);
    },
  };
}

/** True if a file or a suite in it failed by itself: at its import, in a hook, or for want of a test. */
function hasErrors(module: TestModule): boolean {
  if (module.state() === "pending" || module.state() === "queued" || module.errors().length > 0) return true;
  return [...module.children.allSuites()].some((suite) => suite.errors().length > 0);
}

/** True for a test that did not run because something around it failed. */
function isBehindError(test: TestCase): boolean {
  for (let around: TestSuite | TestModule = test.parent; ; around = around.parent) {
    if (around.errors().length > 0) return true;
    if (around.type === "module") return false;
  }
}
