// The smallest test runner that does: one line a test, `N passed, N failed` at the end.
const results = { passed: 0, failed: 0 };

/** Runs one test. What it throws is printed under its name. */
export async function test(name, body, seconds = 240) {
  const began = Date.now();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`still running after ${seconds} s`)), seconds * 1000);
  });
  try {
    await Promise.race([body(), late]);
    results.passed += 1;
    console.log(`ok    ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (e) {
    results.failed += 1;
    console.log(`FAIL  ${name}`);
    console.log(String(e?.stack ?? e).split('\n').filter(l => !/node_modules|node:internal/.test(l)).slice(0, 40).map(l => `      ${l}`).join('\n'));
  } finally {
    clearTimeout(timer);
  }
}

/** Runs `body` over `items`, a few at a time. */
export async function inParallel(items, width, body) {
  const rest = [...items];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await body(item);
  }));
}

/** The last line, and the exit code. */
export function finish() {
  console.log(`${results.passed} passed, ${results.failed} failed`);
  return results.failed === 0 && results.passed > 0 ? 0 : 1;
}
