// Accessibility of one page as it stands: axe at two widths, light and dark; reflow at 320 px; size of targets;
// a visible, uncovered focus on every tab stop. Gives the list of what is wrong.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const short = list => [...new Set(list)].slice(0, 4).join(' | ') + (list.length > 4 ? ` | … ${list.length} in all` : '');

async function axe(page, width, colorScheme) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  // Colours change in 140 ms: look at where they arrive.
  // At the end of the page a sticky bar stands at its own place: scrolled, it always hides something that can be reached.
  await page.evaluate(() => {
    document.getAnimations().forEach(a => a.finish());
    scrollTo(0, document.documentElement.scrollHeight);
  });
  const runOnly = { type: 'tag', values: tags };
  const violations = await page.evaluate(async options => {
    const { violations } = await globalThis.axe.run(document, options);
    return violations.map(v => ({ id: v.id, nodes: v.nodes.map(n => n.target.join(' ')), why: v.nodes[0]?.any?.[0]?.message ?? v.help }));
    // The one rule that wants the style sheets fetched again is not among these.
  }, { runOnly, resultTypes: ['violations'], preload: false });
  return violations.map(v => `${width} ${colorScheme}: ${v.id}: ${short(v.nodes)} (${v.why})`);
}

/** What lies outside a narrow screen, and what is too small for a finger. */
async function narrow(page) {
  await page.setViewportSize({ width: 320, height: 800 });
  return page.evaluate(() => {
    const wrong = [];
    const name = e => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}${[...e.classList].map(c => `.${c}`).join('')} "${(e.textContent || e.value || '').trim().replace(/\s+/g, ' ').slice(0, 40)}"`;
    const wide = document.documentElement.scrollWidth;
    if (wide > 320) {
      const outside = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('svg') && !e.parentElement.closest('.tbl-scroll,[role=region][tabindex]'));
      wrong.push(`320: overflow, ${wide} px: ${outside.slice(-3).map(name).join(' | ')}`);
    }
    for (const e of document.querySelectorAll('[hidden]')) if (e.checkVisibility()) wrong.push(`hidden, yet shown: ${name(e)}`);
    for (const e of document.querySelectorAll('a,button,input,select,summary,textarea')) {
      const b = (e.closest('label') || e).getBoundingClientRect();
      if (b.width && (b.width < 24 || b.height < 24) && getComputedStyle(e).display !== 'inline' && e.checkVisibility({ visibilityProperty: true }) && !e.matches('.skip, [aria-hidden=true][tabindex="-1"]')) wrong.push(`320: target under 24 px (${Math.round(b.width)} x ${Math.round(b.height)}): ${name(e)}`);
    }
    return wrong;
  });
}

/** In the page: notes each stop of a walk with Tab, when the next press of the key leaves it. */
function noteStops() {
  const seen = x => {
    const s = getComputedStyle(x);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
  };
  const walk = { stops: [], met: new Set(), last: null, over: false };
  walk.note = () => {
    const e = document.activeElement;
    const none = !e || e === document.body;
    // A date field has several stops of its own.
    const again = walk.met.has(e) && walk.last !== e;
    // Back at the browser's own bar, or at the first stop again: the walk is over.
    walk.over ||= again || (none && walk.last !== null);
    if (walk.over || none) return;
    walk.met.add(e);
    walk.last = e;
    const ring = seen(e) || (e.nextElementSibling && seen(e.nextElementSibling)) || (e.closest('label') && seen(e.closest('label'))) || !!e.closest('svg');
    const b = (e.closest('label') || e).getBoundingClientRect();
    const spots = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].map(([x, y]) => [b.left + b.width * x, b.top + b.height * y]);
    // Covered for good: every spot is off the screen, or under something that sticks.
    const covered = b.width > 0 && spots.every(([x, y]) => {
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return true;
      let over = document.elementFromPoint(x, y);
      if (!over || over.contains(e) || e.contains(over) || e.closest('label')?.contains(over)) return false;
      for (; over && over !== document.body; over = over.parentElement) {
        if (/sticky|fixed/.test(getComputedStyle(over).position)) return !over.contains(e);
      }
      return false;
    });
    walk.stops.push({ ring: !!ring, covered, html: e.outerHTML.replace(/\s+/g, ' ').slice(0, 110) });
  };
  addEventListener('keydown', walk.note, { capture: true });
  globalThis.journeyWalk = walk;
  document.activeElement?.blur();
  getSelection()?.removeAllRanges();
  scrollTo(0, 0);
}

/** Walks the page with Tab: says what was stopped at, and how many stops there were. */
async function focus(page, width) {
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate(noteStops);
  const cdp = await page.context().newCDPSession(page);
  const tab = () => cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 });
  let over = false;
  // The keys are pressed one after the other without waiting for news of each.
  for (let pressed = 0; !over && pressed < 400; pressed += 20) {
    await Promise.all(Array.from({ length: 20 }, tab));
    over = await page.evaluate(() => globalThis.journeyWalk.over);
  }
  const stops = await page.evaluate(() => {
    const walk = globalThis.journeyWalk;
    walk.note();
    removeEventListener('keydown', walk.note, { capture: true });
    document.activeElement?.blur();
    return walk.stops;
  });
  await cdp.detach();
  return stops.flatMap(stop => [
    ...(stop.ring ? [] : [`${width}: focus not visible: ${stop.html}`]),
    ...(stop.covered ? [`${width}: focus under a sticky bar or off the screen: ${stop.html}`] : []),
  ]);
}

/** Everything wrong with the page as it stands. */
export async function faultsOf(page) {
  const wrong = [...await narrow(page), ...await focus(page, 320)];
  await page.evaluate(() => document.querySelectorAll('details:not([open])').forEach(d => { d.removeAttribute('name'); d.open = true; }));
  wrong.push(...(await narrow(page)).map(w => `folds open, ${w}`));
  await page.evaluate(source);
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 390]) wrong.push(...await axe(page, width, colorScheme));
  }
  return [...new Set(wrong)];
}
