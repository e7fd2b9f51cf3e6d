// Journey 11: what people said this week, read by somebody who only reads.
import assert from 'node:assert/strict';
import { countScreens, enterAt, requiredFields } from './browser.mjs';
import { test } from './check.mjs';
import { as, press, quiet } from './acts.mjs';
import { until } from './server.mjs';

export async function weekly(browser, server) {
  for (const [how, js, keyboard] of [['', true, false], [', without JavaScript', false, false], [', by keyboard alone', true, true]]) await test(`journey 11: the weekly reading is the first screen of the analysis${how}`, async () => {
    const page = await as(browser, server, 'analyst', { js });
    const rows = page.locator('table.bars tbody tr');
    await until(async () => { await page.goto(`${server.base}/equipe/analyse`); return await rows.count() >= 3; }, 'the themes to be computed', 90_000);
    const box = await rows.nth(2).boundingBox();
    assert.ok(box && box.y + box.height <= 900, `three themes on the first screen without a click (third ends at ${Math.round(box.y + box.height)} px)`);
    const count = countScreens(page);
    assert.deepEqual(await requiredFields(page), [], 'nothing to fill in to read the week');
    const row = rows.first();
    const said = await row.locator('td.n a, td.n').first().innerText();
    const figures = row.locator('a[href]');
    assert.ok(await figures.count(), 'the figure of a theme opens its contributions');
    if (keyboard) await enterAt(page, 'table.bars tbody tr a[href]', 120);
    else await press(page, figures.first());
    assert.equal(count.screens.length, 1, `one screen from a figure to its texts:\n${count.screens.join('\n')}`);
    assert.deepEqual(await requiredFields(page), [], 'nothing to fill in');
    assert.ok(await page.locator('main a[href*="/contributions/"], main a[href*="/idees/"]').count(), `the texts behind the figure ${said}`);
    assert.equal(await page.locator('main form[method=post]').count(), 0, 'an analyst reads, and has no button that changes anything');
    quiet(page);
    await page.leave();
  });
}
