// Looking for something from any page of the desk, by keyboard, and what each role finds.
import assert from 'node:assert/strict';
import { as, post, press } from './acts.mjs';
import { person } from './browser.mjs';
import { test } from './check.mjs';

/** Types words into the field of the layout and sends them. */
async function look(page, words) {
  await page.keyboard.press('/');
  await page.locator('#equipe-q:focus').waitFor();
  await page.keyboard.type(words);
  await Promise.all([page.waitForEvent('framenavigated', f => f === page.mainFrame()), page.keyboard.press('Enter')]);
  await page.waitForLoadState('load');
}

export async function search(browser, server) {
  const citizen = await person(browser);
  const number = await post(citizen, server, { text: 'Une girouette neuve sur le toit du lavoir.' });
  await citizen.leave();

  await test('what waits is found from any page, by word and by number', async () => {
    const owner = await as(browser, server, 'owner');
    await owner.goto(`${server.base}/equipe/projets`);
    await look(owner, 'girouettes');
    const found = owner.locator('#found-ideas ~ ul a').first();
    assert.match(await found.innerText(), /girouette/);
    await press(owner, found);
    assert.ok(owner.url().includes(`/equipe/contributions/${number}`), owner.url());
    await look(owner, `n° ${number}`);
    assert.equal(await owner.locator('.hits a').count(), 1);
    await look(owner, 'logo');
    await press(owner, owner.locator('#found-pages ~ ul a').first());
    assert.match(await owner.locator('main').innerText(), /Nom de la consultation|Identité/);
    await look(owner, 'vélo');
    await press(owner, owner.locator('section:has(#found-ideas) .btn').first());
    assert.match(owner.url(), /file=toutes&genre=idees/);
    assert.match(await owner.locator('nav.seg [aria-current=page]').innerText(), /^Toutes/);
    await owner.leave();
  }, 40);

  await test('without a script the field still leads there, and a role finds what it opens', async () => {
    const analyst = await as(browser, server, 'analyst', { js: false });
    await analyst.goto(`${server.base}/equipe`);
    await analyst.fill('#equipe-q', 'logo');
    await press(analyst, '.seek button');
    assert.match(await analyst.locator('.empty h2').innerText(), /Rien ne répond/);
    await analyst.leave();
  }, 40);
}
