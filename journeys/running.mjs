// The team's settings and what reaches them: quiet hours, the morning letter, the licence of the open data.
import assert from 'node:assert/strict';
import { as, press, quiet } from './acts.mjs';
import { person } from './browser.mjs';
import { test } from './check.mjs';

export async function running(browser, server) {
  await test('quiet hours are chosen, corrected and kept', async () => {
    const owner = await as(browser, server, 'owner');
    await owner.goto(`${server.base}/equipe/reglages/courriel`);
    await owner.fill('input[name=debut]', '20:30');
    await owner.fill('input[name=fin]', '20:30');
    await press(owner, 'form[action$="/heures"] button');
    assert.ok(await owner.locator('#e-fin').count(), 'the same hour twice is named');
    assert.equal(await owner.inputValue('input[name=debut]'), '20:30', 'what was typed is kept');
    await owner.fill('input[name=fin]', '07:45');
    await press(owner, 'form[action$="/heures"] button');
    assert.equal(await owner.inputValue('input[name=fin]'), '07:45');
    quiet(owner);
    await owner.leave();
  });

  await test('the sender is judged by what its domain publishes, or by silence', async () => {
    const owner = await as(browser, server, 'owner', { js: false });
    await owner.goto(`${server.base}/equipe/reglages/courriel`);
    await owner.fill('input[name=selecteur]', 'un sélecteur');
    await press(owner, 'form[action$="/domaine"] button');
    assert.ok(await owner.locator('#e-selecteur').count(), 'a wrong selector is named');
    assert.equal(await owner.inputValue('input[name=selecteur]'), 'un sélecteur', 'what was typed is kept');
    await owner.fill('input[name=selecteur]', '');
    await press(owner, 'form[action$="/domaine"] button');
    assert.equal(await owner.locator('#domaine li').count(), 3, 'SPF, DKIM and DMARC');
    await owner.leave();
  });

  await test('a member of the team chooses the hour of the morning letter', async () => {
    const moderator = await as(browser, server, 'moderator', { js: false });
    await moderator.goto(`${server.base}/mon-espace`);
    await moderator.selectOption('#f-heure', '17');
    await press(moderator, 'form[action$="/ce-qui-attend"] button');
    assert.equal(await moderator.inputValue('#f-heure'), '17');
    await moderator.goto(`${server.base}/mon-espace`);
    await moderator.uncheck('input[name=recevoir]');
    await press(moderator, 'form[action$="/ce-qui-attend"] button');
    assert.equal(await moderator.isChecked('input[name=recevoir]'), false);
    await moderator.leave();
    const analyst = await as(browser, server, 'analyst');
    await analyst.goto(`${server.base}/mon-espace`);
    assert.equal(await analyst.locator('#attend').count(), 0, 'not for who decides nothing');
    await analyst.leave();
  });

  await test('the licence of the open data is chosen', async () => {
    const owner = await as(browser, server, 'owner');
    await owner.goto(`${server.base}/equipe/reglages/licence`);
    await owner.check('input[value=odbl]');
    await press(owner, 'form[action$="/licence"] button.btn-primary');
    const anybody = await person(browser, { js: false });
    await anybody.goto(`${server.base}/donnees`);
    assert.match(await anybody.locator('main').innerText(), /Open Database License/);
    await anybody.leave();
    await owner.check('input[value=licence-ouverte]');
    await press(owner, 'form[action$="/licence"] button.btn-primary');
    quiet(owner);
    await owner.leave();
  });
}
