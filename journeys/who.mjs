// Who is missing beside the census, and the order that is drawn for each visitor.
import assert from 'node:assert/strict';
import { as } from './acts.mjs';
import { person } from './browser.mjs';
import { test } from './check.mjs';

const order = page => page.locator('article.idea button[data-support]').evaluateAll(all => all.map(b => b.dataset.support));

export async function who(browser, server) {
  await test('who is missing: the census beside those who wrote, and doors that open', async () => {
    const owner = await as(browser, server, 'owner');
    await owner.goto(`${server.base}/equipe/analyse`);
    const part = owner.locator('section[aria-labelledby=manque]');
    const ages = part.locator('table').first();
    assert.equal(await ages.locator('tbody tr').count(), 4, 'each age of the contributions');
    assert.ok(await ages.locator('path.ref').count() > 0, 'the town is a dotted mark');
    assert.match(await ages.innerText(), /65\sans et plus/);
    const links = await part.locator('.alert a').evaluateAll(all => all.map(a => a.href));
    assert.ok(links.length > 0, 'something may be done');
    for (const href of links) {
      assert.equal((await owner.goto(href)).status(), 200, href);
      const area = new URL(href).searchParams.get('quartier');
      if (area) assert.equal(await owner.locator('select[name=quartier]').inputValue(), area, 'the area is chosen already');
    }
    await owner.leave();
    const reader = await as(browser, server, 'analyst');
    await reader.goto(`${server.base}/equipe/analyse`);
    assert.equal(await reader.locator('section[aria-labelledby=manque] .alert a').count(), 0, 'no door that is closed');
    await reader.leave();
  });

  await test('the order of ideas is one of one’s own, and its pages follow one another', async () => {
    const [one, other] = [await person(browser), await person(browser)];
    await one.goto(`${server.base}/idees`);
    assert.match(await one.locator('main').innerText(), /L’ordre est tiré au sort pour vous/);
    const first = await order(one);
    await one.goto(`${server.base}/idees?page=2`);
    const second = await order(one);
    assert.equal(new Set([...first, ...second]).size, first.length + second.length, 'nothing twice');
    await one.goto(`${server.base}/idees`);
    assert.deepEqual(await order(one), first, 'the same whenever they come');
    await other.goto(`${server.base}/idees`);
    assert.notDeepEqual(await order(other), first);
    await one.leave();
    await other.leave();
  });
}
