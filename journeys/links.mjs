// Every link of every page of the demo leads somewhere real.
import assert from 'node:assert/strict';
import { as } from './acts.mjs';
import { test } from './check.mjs';
import { crawl } from './crawl.mjs';

export async function links(browser, server) {
  const cookies = async role => {
    const page = await as(browser, server, role);
    const all = (await page.context().cookies()).map(c => `${c.name}=${c.value}`).join('; ');
    await page.leave();
    return all;
  };
  for (const [who, starts] of [[null, ['/']], ['owner', ['/', '/equipe']], ['analyst', ['/equipe']]]) {
    await test(`every link leads somewhere: ${who ?? 'nobody signed in'}`, async () => {
      const { seen, wrong } = await crawl(server.base, starts, who ? await cookies(who) : '');
      assert.ok(seen.length > (who === 'analyst' ? 15 : 40), `pages were found: ${seen.length}`);
      assert.deepEqual(wrong, []);
    }, 120);
  }
}
