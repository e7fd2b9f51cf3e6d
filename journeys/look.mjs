// Each page of pages.mjs: what its first visit weighs, and what axe and its companions say.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { faultsOf } from './axe.mjs';
import { measure, overBudget } from './budget.mjs';
import { inParallel, test } from './check.mjs';
import { pattern } from './crawl.mjs';
import { open, pages, resolve, windowFor } from './pages.mjs';

/** The paths looked at so far, on all instances. */
export const seen = new Set();

/** The shapes of addresses weighed after what was done to reach them: one of a kind is enough. */
const weighed = new Set();

/** Follows what a page asks for, so that one reached by a form is told from one that a form answered with. */
function follow(page) {
  const walk = { method: 'GET' };
  page.on('request', r => { if (r.isNavigationRequest() && r.frame() === page.mainFrame()) walk.method = r.method(); });
  return walk;
}

/** Whether the page, which was not the one opened, can be opened again by its address and was not weighed yet. */
function isNewPlace(page, url, walk, side) {
  const [here, opened] = [new URL(page.url()), new URL(url)];
  const shape = pattern(here).split('?')[0];
  if (side !== 'public' || walk.method !== 'GET' || here.pathname === opened.pathname || weighed.has(shape)) return false;
  weighed.add(shape);
  return true;
}

/** What the first visit of a page weighs. A machine at its limit brings the letters late: what moves twice moves. */
async function weigh(page, url, side) {
  const sizes = await measure(page, url);
  const over = overBudget(sizes, side);
  return over.length > 0 && over.every(o => o.startsWith('shift')) ? { ...sizes, shift: Math.min(sizes.shift, (await measure(page, url)).shift) } : sizes;
}

export async function look(browser, server, on, { axe, budget }) {
  const mine = pages.filter(p => (p.on ?? 'demo') === on);
  const one = async spec => {
    const name = `${spec.name}${spec.as ? `, ${spec.as}` : ''}`;
    const first = budget && !spec.act;
    // After an act the page may stand at an address of its own (a draft, its thanks, a code): weighed there.
    const after = budget && spec.act && spec.side === 'public';
    if (!axe && !first && !after) return;
    let url, page;
    await test(`page: ${name}`, async () => {
      // Where a link leads is seen from another window; an address needs none.
      const scout = spec.path && !spec.closed ? null : await windowFor(browser, server, spec);
      url = await resolve(scout, server, spec);
      await scout?.leave();
      // The policy of the page would refuse axe itself.
      page = await windowFor(browser, server, spec, { bypassCSP: true });
      // A window that has seen nothing yet: the visit is a first one.
      const walk = follow(page);
      let sizes = first ? await weigh(page, url, spec.side) : null;
      if (!first) await open(page, server, spec, browser, url);
      seen.add(new URL(page.url()).pathname);
      const wrong = axe ? await faultsOf(page) : [];
      // Whoever comes here from another page has the letters already: nothing moves while they come.
      if (after && isNewPlace(page, url, walk, spec.side)) sizes = { ...await measure(page, page.url()), shift: 0 };
      if (sizes && process.env.WEIGHTS) console.log(`weight ${spec.name}: ${Object.entries(sizes).map(([k, v]) => `${k} ${v}`).join(', ')}`);
      const over = sizes ? overBudget(sizes, spec.side) : [];
      // A page that says no is logged by the browser as a fault of the network.
      const faults = spec.says ? [] : page.faults;
      assert.ok(over.length + wrong.length + faults.length === 0, [page.url(), ...over, ...faults, ...wrong].join('\n'));
    });
    await page?.leave();
  };
  // Two at once: beside them somebody goes through the journeys.
  await inParallel(mine.filter(p => !p.last), 2, one);
  await inParallel(mine.filter(p => p.last).sort((a, b) => a.last - b.last), 1, one);
}

/** Fails for each page of the router (routes.json, which a test of the program compares with it) that nobody looked at. */
export async function allSeen() {
  const routes = JSON.parse(await readFile(new URL('routes.json', import.meta.url), 'utf8'));
  const all = [...routes.pages, ...Object.keys(routes.others)];
  const exact = new Set(all.filter(r => !r.includes('{')));
  const shape = route => new RegExp(`^${route.split(/\{[^}]+\}/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^/]+')}$`);
  const shapes = all.filter(r => r.includes('{')).map(route => ({ route, is: shape(route) }));
  const met = new Set();
  for (const path of seen) {
    if (exact.has(path)) met.add(path);
    else shapes.filter(s => s.is.test(path)).forEach(s => met.add(s.route));
  }
  assert.deepEqual(routes.pages.filter(r => !met.has(r)), [], 'pages of the router that pages.mjs does not look at');
}
