/**
 * The environment of a program that a test starts: of the developer's shell only the path, and where Node keeps what it
 * has compiled, without which the many short lives of such programs are mostly spent on loading.
 */
export function environment(variables: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }), ...variables };
}
