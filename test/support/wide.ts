/**
 * Whether tests are run in their whole width: every generation, version and look, and not only those that differ most.
 * `.ci/full` sets `TESTS_WIDE=1`; an everyday run is to end within a quarter of an hour.
 */
export const isWide = process.env.TESTS_WIDE === "1";
