// The network gone in the middle of a form: what was typed stays, leaves when it is back, and is forgotten once it is taken.
import assert from 'node:assert/strict';
import { address, as, invited, openProject, post, press, publish, quiet } from './acts.mjs';
import { PHONE, person } from './browser.mjs';
import { test } from './check.mjs';
import { until } from './server.mjs';

const kept = page => page.evaluate(() => Object.keys(localStorage).filter(k => k.startsWith('parvis-draft:')).map(k => `${k} ${localStorage[k]}`).join('\n'));

/** Presses while the network is gone, then brings it back: the form leaves by itself. */
async function pressWithout(page, locator, to) {
  await page.context().setOffline(true);
  await locator.click();
  await page.locator('main [role=status]:visible', { hasText: 'Pas de réseau' }).first().waitFor();
  await Promise.all([page.waitForURL(to), page.context().setOffline(false)]);
  await page.waitForLoadState('load');
}

/** Somebody of the team who leaves a text half typed, and signs out. */
async function leave(browser, server, owner, text) {
  const page = await person(browser);
  await invited(owner, page, server, 'administrator', address('part'));
  await page.goto(`${server.base}/equipe/contributions/saisir`);
  await page.fill('textarea[name=idee]', text);
  await until(async () => (await kept(page)).includes(text), 'the text to be kept');
  await page.goto(`${server.base}/mon-espace`);
  await press(page, 'form[action="/deconnexion"] button');
  assert.match(page.url(), /fait=deconnexion/);
  assert.equal(await kept(page), '', 'whoever leaves leaves nothing in the browser');
  await page.leave();
}

export async function offline(browser, server) {
  await test('offline: a comment waits for the network, and its draft for its author', async () => {
    const owner = await as(browser, server, 'owner');
    const page = await person(browser, { viewport: PHONE });
    const number = await post(page, server, { text: `Une cabane à livres ${process.pid}`, projet: await openProject(page, server) });
    await publish(owner, server, number);
    await owner.leave();
    const at = `${server.base}/idees/${number}`;
    await page.goto(at);
    const text = `Devant la salle des fêtes ${process.pid}`;
    await page.fill('textarea#f-commentaire', text);
    await until(async () => (await kept(page)).includes(text), 'the comment to be kept');
    await page.goto(server.base);
    await page.goto(at);
    assert.equal(await page.inputValue('textarea#f-commentaire'), text, 'after another page');
    assert.match(await page.locator('main').innerText(), /est revenu/, 'and it says so');
    const form = page.locator('form', { has: page.locator('textarea#f-commentaire') });
    await pressWithout(page, form.locator('button.btn-primary'), /fait=commentaire/);
    assert.match(page.url(), /fait=commentaire-(publie|recu)/, 'it is taken');
    assert.ok(!(await kept(page)).includes(text), 'and forgotten here');
    assert.equal(await page.inputValue('textarea#f-commentaire'), '');
    quiet(page);
    await page.leave();
  });

  await test('offline: a project on the desk, and a sheet at a stand', async () => {
    const owner = await as(browser, server, 'owner', { viewport: PHONE });
    const slug = await openProject(owner, server);
    await owner.goto(`${server.base}/equipe/projets/${slug}`);
    const before = await owner.inputValue('[name=description]');
    const words = `${before}\n\nUn paragraphe de plus ${process.pid}.`;
    await owner.fill('[name=description]', words);
    await until(async () => (await kept(owner)).includes('paragraphe de plus'), 'the description to be kept');
    await owner.goto(`${server.base}/equipe/projets/${slug}`);
    assert.equal(await owner.inputValue('[name=description]'), words, 'after a reload');
    await pressWithout(owner, owner.locator('.actbar .btn-primary'), /fait=/);
    assert.equal(await kept(owner), '', 'taken, and forgotten here');
    assert.equal((await owner.inputValue('[name=description]')).replace(/\r/g, ''), words);

    await owner.goto(`${server.base}/equipe/contributions/saisir`);
    const told = `Zébrures sur le préau ${process.pid}`;
    await owner.fill('textarea[name=idee]', told);
    await owner.fill('[name=ou]', 'au stand du marché');
    await owner.fill('[name=prenom]', `Odette ${process.pid}`);
    await owner.fill('[name=courriel]', 'odette@exemple.fr');
    await owner.check('input[name=accord]');
    await until(async () => (await kept(owner)).includes(told), 'the sheet to be kept');
    await owner.goto(`${server.base}/equipe/contributions/saisir`);
    assert.equal(await owner.inputValue('textarea[name=idee]'), told);
    assert.doesNotMatch(await kept(owner), /Odette|odette@|accord/, 'who said it is not kept in the browser');
    assert.equal(await owner.inputValue('[name=prenom]') + await owner.inputValue('[name=courriel]'), '');
    assert.ok(!await owner.isChecked('input[name=accord]'), 'nobody agrees twice by agreeing once');
    await owner.check('input[name=accord]');
    await pressWithout(owner, owner.locator('[data-key=save]'), /fait=/);
    assert.match(await owner.locator('main').innerText(), /enregistrée/);
    assert.equal(await owner.inputValue('textarea[name=idee]'), '');
    assert.equal(await kept(owner), '');

    await owner.fill('textarea[name=idee]', told);
    await until(async () => (await kept(owner)).includes(told), 'the next sheet to be kept');
    const mine = (await kept(owner)).split(' ')[0];
    const other = await as(browser, server, 'administrator', { viewport: PHONE });
    await other.goto(`${server.base}/equipe/contributions/saisir`);
    await other.fill('textarea[name=idee]', told);
    await until(async () => (await kept(other)).includes(told), 'the draft of a colleague');
    assert.notEqual((await kept(other)).split(' ')[0], mine, 'each has their own');
    await other.leave();
    await leave(browser, server, owner, told);
    quiet(owner);
    await owner.leave();
  });
}
