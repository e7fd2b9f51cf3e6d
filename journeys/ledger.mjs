// What is written of people and of settings: until when an accord stands, receipts that stay, values put back.
import assert from 'node:assert/strict';
import { as, press } from './acts.mjs';
import { test } from './check.mjs';
import { enter } from './people.mjs';

const unfold = page => page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));

export async function ledger(browser, server) {
  const owner = await as(browser, server, 'owner');

  await test('a sheet says until when an accord stands, and what was never asked', async () => {
    await enter(owner, server, { name: 'Odette Roy', mail: `odette.${process.pid}@courriel.example`, phone: '06 12 00 00 42', accord: 'newsletter.email' });
    await unfold(owner);
    const said = await owner.locator('#accords').innerText();
    assert.match(said, /Jusqu’au\s+\d{1,2}(er)? \S+ 20\d\d, sauf si elle change d’avis/);
    assert.match(said, /Version \d+/);
    assert.equal(said.match(/Jamais demandé/g)?.length, 2, said);
  });

  await test('what was done at somebody’s request leaves a receipt that is found again, and names nobody', async () => {
    await unfold(owner);
    await owner.check('#droits input[name=textes][value=garder]');
    await owner.check('#droits input[name=demande]');
    await press(owner, '#droits .btn-bad');
    const receipt = new URL(owner.url()).pathname;
    const told = await owner.locator('main').innerText();
    assert.match(told, /Effacé/);
    assert.match(told, /Reste, sans dire de qui/);
    assert.doesNotMatch(told, /Odette/);
    await owner.goto(`${server.base}/equipe/personnes`);
    await press(owner, 'main a[href="/equipe/personnes/recus"]');
    assert.equal(await owner.locator(`main a[href="${receipt}"]`).count(), 1);
    await owner.goto(`${server.base}/equipe/journal`);
    await press(owner, `main a[href="${receipt}"]`);
    assert.match(await owner.locator('main h2').innerText(), /reçu/);
  });

  await test('people are found by what they did under their name', async () => {
    await owner.goto(`${server.base}/equipe/personnes`);
    await unfold(owner);
    await owner.selectOption('#s-acte', 'idee');
    await press(owner, 'main form[role=search] .stack-s button');
    const lines = await owner.locator('.plist li').allInnerTexts();
    assert.ok(lines.length > 0 && lines.every(l => /\d+ idée/.test(l)), lines.join('\n'));
  });

  await test('a change of settings is told from what to what, and a colleague puts it back', async () => {
    await owner.goto(`${server.base}/equipe/reglages`);
    const before = await owner.inputValue('input[name=tagline]');
    await owner.fill('input[name=tagline]', 'Une autre phrase');
    await press(owner, 'main form[action="/equipe/reglages"] .btn-primary');
    const other = await as(browser, server, 'administrator', { js: false });
    await other.goto(`${server.base}/equipe/reglages`);
    assert.match(await other.locator('#gestes li').first().innerText(), /Une autre phrase/);
    await press(other, '#gestes li:first-child button');
    assert.equal(await other.inputValue('input[name=tagline]'), before);
    await other.leave();
  });
  await owner.leave();
}
