// Each page of pages.mjs: what its first visit weighs, and what axe and its companions say.
import assert from 'node:assert/strict';
import { faultsOf } from './axe.mjs';
import { measure, overBudget } from './budget.mjs';
import { inParallel, test } from './check.mjs';
import { open, pages, resolve, windowFor } from './pages.mjs';

export async function look(browser, server, on, { axe, budget }) {
  const mine = pages.filter(p => (p.on ?? 'demo') === on);
  const one = async spec => {
    const name = `${spec.name}${spec.as ? `, ${spec.as}` : ''}`;
    const weighed = budget && !spec.act;
    if (!axe && !weighed) return;
    let url, page;
    await test(`page: ${name}`, async () => {
      // Where a link leads is seen from another window; an address needs none.
      const scout = spec.path && !spec.closed ? null : await windowFor(browser, server, spec);
      url = await resolve(scout, server, spec);
      await scout?.leave();
      // The policy of the page would refuse axe itself.
      page = await windowFor(browser, server, spec, { bypassCSP: true });
      // A window that has seen nothing yet: the visit is a first one.
      const sizes = weighed ? await measure(page, url) : null;
      if (sizes && process.env.WEIGHTS) console.log(`weight ${spec.name}: ${Object.entries(sizes).map(([k, v]) => `${k} ${v}`).join(', ')}`);
      const over = sizes ? overBudget(sizes, spec.side) : [];
      if (!weighed) await open(page, server, spec, browser, url);
      const wrong = axe ? await faultsOf(page) : [];
      // A page that says no is logged by the browser as a fault of the network.
      const faults = spec.says ? [] : page.faults;
      assert.ok(over.length + wrong.length + faults.length === 0, [page.url(), ...over, ...faults, ...wrong].join('\n'));
    });
    await page?.leave();
  };
  await inParallel(mine.filter(p => !p.last), 2, one);
  await inParallel(mine.filter(p => p.last).sort((a, b) => a.last - b.last), 1, one);
}
