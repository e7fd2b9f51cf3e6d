// Each page of pages.mjs: what axe and its companions say, and what its first visit weighs.
import assert from 'node:assert/strict';
import { faultsOf } from './axe.mjs';
import { measure, overBudget } from './budget.mjs';
import { inParallel, test } from './check.mjs';
import { open, pages, resolve, windowFor } from './pages.mjs';

export async function look(browser, server, on, { axe, budget }) {
  await inParallel(pages.filter(p => (p.on ?? 'demo') === on), 2, async spec => {
    const as = `${spec.name}${spec.as ? `, ${spec.as}` : ''}`;
    const fresh = options => windowFor(browser, server, spec, options);
    if (axe) {
      await test(`axe: ${as}`, async () => {
        // The policy of the page would refuse axe itself.
        const page = await fresh({ bypassCSP: true });
        await open(page, server, spec, browser);
        const wrong = [...page.faults, ...await faultsOf(page)];
        assert.equal(wrong.length, 0, `${page.url()}\n${wrong.join('\n')}`);
        await page.leave();
      });
    }
    if (budget && !spec.act) {
      await test(`weight: ${as}`, async () => {
        const page = await fresh();
        const target = await resolve(page, server, spec);
        // A window that has seen nothing, but keeps its cookies.
        const sizes = await measure(page, target);
        const over = overBudget(sizes, spec.side);
        assert.equal(over.length, 0, `${target}\n${over.join('\n')}`);
        await page.leave();
      });
    }
  });
}
