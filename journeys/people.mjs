// The people of the desk: looked up, entered with their accord, taken back, noted.
import assert from 'node:assert/strict';
import { test } from './check.mjs';
import { as, press } from './acts.mjs';
import { PHONE } from './browser.mjs';

/** Opens what a page keeps folded. */
const unfold = page => page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));

/** Enters somebody by hand, and gives the path of their sheet. */
export async function enter(page, server, { name, mail = '', phone = '', accord }) {
  await page.goto(`${server.base}/equipe/personnes/nouvelle`);
  await page.fill('input[name=nom]', name);
  await page.fill('input[name=courriel]', mail);
  await page.fill('input[name=telephone]', phone);
  await page.check('input[name=origine][value=stand]');
  if (accord) {
    await page.check(`input[name=accord][value="${accord}"]`);
    await page.fill('textarea[name=texte]', 'J’accepte de recevoir des nouvelles.');
    await page.fill('input[name=date]', await page.getAttribute('input[name=date]', 'max'));
    await page.fill('input[name=preuve]', 'Témoin : Yann');
  }
  await press(page, 'main form .btn-primary');
  return new URL(page.url()).pathname;
}

export async function people(browser, server) {
  const owner = await as(browser, server, 'owner');

  await test('somebody is entered by hand with the proof of their accord, found, and left in peace', async () => {
    const sheet = await enter(owner, server, { name: 'Véronique Œuvrard', mail: `veronique.${process.pid}@courriel.example`, phone: '06 12 34 56 78', accord: 'newsletter.email' });
    assert.match(await owner.locator('#accords').innerText(), /Témoin\s: Yann/);
    await owner.goto(`${server.base}/equipe/personnes`);
    await owner.fill('#q', 'veronique oeuv');
    await press(owner, 'form[role=search] button');
    assert.match(await owner.locator('[role=status]').first().innerText(), /1 personne/);
    await press(owner, '.plist a');
    assert.equal(new URL(owner.url()).pathname, sheet);
    await press(owner, 'form[action$="/accords/retirer"] button');
    assert.match(await owner.locator('#accords').innerText(), /Retiré/);
    await owner.fill('textarea[name=note]', 'Préfère être appelée après 18 h.');
    await press(owner, 'form[action$="/notes"] button.btn-second');
    assert.match(await owner.locator('#notes').innerText(), /après 18\sh/);
  });

  await test('on a telephone and without JavaScript, the sheet stands alone and leads back to the list', async () => {
    const page = await as(browser, server, 'administrator', { js: false, viewport: PHONE });
    await page.goto(`${server.base}/equipe/personnes?q=oeuvrard`);
    await press(page, '.plist a');
    assert.ok(!await page.locator('#q').isVisible(), 'the list is away');
    await press(page, 'a.back');
    assert.match(page.url(), /q=oeuvrard/);
    await page.leave();
  });

  await test('moderators and analysts see no sheet', async () => {
    for (const role of ['moderator', 'analyst']) {
      const page = await as(browser, server, role);
      const answer = await page.goto(`${server.base}/equipe/personnes`);
      assert.equal(answer.status(), 403, role);
      assert.equal(await page.locator('nav a[href="/equipe/personnes"]').count(), 0);
      await page.leave();
    }
  });
  await owner.leave();
}
