// The team enters what somebody said at a stand, a support, and a pile of paper sheets by the keyboard alone.
import assert from 'node:assert/strict';
import { address, as, outbox, press } from './acts.mjs';
import { person } from './browser.mjs';
import { test } from './check.mjs';

const ENTER = '/equipe/contributions/saisir';

/** Types one idea on the page at hand; sends it anyway when close ones are offered. */
async function enter(page, text, fields = {}) {
  await page.fill('textarea[name=idee]', text);
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value);
  await page.check('input[name=accord]');
  await press(page, '[data-key=save]');
  if (await page.locator('[name=quand-meme]').count()) await press(page, '[name=quand-meme]');
}

export async function entry(browser, server) {
  await test('entry: an idea told at a stand says so to everybody, and can be undone', async () => {
    const owner = await as(browser, server, 'owner');
    await owner.goto(`${server.base}/equipe/contributions`);
    await press(owner, `a[href="${ENTER}"]`);
    const [mail, words] = [address('stand'), `Un kiosque à musique ${process.pid}`];
    await enter(owner, words, { ou: 'au marché du samedi', prenom: 'Odette', courriel: mail });
    assert.match(await owner.locator('[role=status]').first().innerText(), /enregistrée/);
    assert.equal(await owner.inputValue('[name=ou]'), 'au marché du samedi', 'the place stays');
    assert.equal(await owner.inputValue('[name=prenom]') + await owner.inputValue('[name=courriel]'), '', 'the person does not');
    const letters = (await outbox(owner, server)).filter(m => m.to.includes(mail));
    assert.equal(letters.length, 1, 'one letter asks the person, and nothing else');
    const desk = await owner.locator('#dernieres a').first().getAttribute('href');
    const number = desk.split('/').pop();
    await owner.goto(`${server.base}/idees/${number}`);
    assert.match(await owner.locator('#recueillie').innerText(), /Recueillie au marché du samedi, le /);
    await owner.goto(server.base + ENTER);
    await press(owner, '#dernieres form button');
    assert.ok(!(await owner.locator('#dernieres').innerText()).includes('kiosque'), 'it is gone');
    const somebody = await person(browser);
    assert.ok([404, 410].includes((await somebody.goto(`${server.base}/idees/${number}`)).status()));
    await somebody.leave();
    assert.equal((await outbox(owner, server)).filter(m => m.to.includes(mail)).length, 0, 'its letter too');
    await owner.leave();
  });

  await test('entry: a pile of sheets by the keyboard, each once', async () => {
    const owner = await as(browser, server, 'owner');
    await owner.goto(`${server.base}${ENTER}/feuilles`);
    assert.equal(await owner.evaluate(() => document.activeElement.name), 'idee', 'the cursor is in the text');
    const first = Number(await owner.inputValue('[name=feuille]'));
    assert.ok(first >= 1);
    await owner.fill('[name=ou]', 'à la bibliothèque');
    await owner.focus('textarea[name=idee]');
    for (const text of [`Zinnias devant le lavoir ${process.pid}`, `Quenouilles pour le ruisseau ${process.pid}`]) {
      await owner.keyboard.type(text);
      await owner.focus('input[name=accord]');
      await owner.keyboard.press('Space');
      const saved = owner.waitForEvent('framenavigated');
      await owner.keyboard.press('Control+Enter');
      await saved;
      await owner.waitForLoadState('load');
      assert.equal(await owner.inputValue('textarea[name=idee]'), '', await owner.locator('main').innerText());
      assert.equal(await owner.inputValue('[name=ou]'), 'à la bibliothèque');
      assert.equal(await owner.evaluate(() => document.activeElement.name), 'idee');
    }
    assert.equal(Number(await owner.inputValue('[name=feuille]')), first + 2);
    assert.match(await owner.locator('#dernieres').innerText(), new RegExp(`Feuille ${first + 1}[\\s\\S]*Feuille ${first}`));
    await owner.fill('[name=feuille]', String(first));
    await owner.fill('textarea[name=idee]', 'Encore elle');
    await owner.check('input[name=accord]');
    await press(owner, '[data-key=save]');
    assert.match(await owner.locator('#e-feuille').innerText(), /déjà saisie/);
    assert.equal(await owner.inputValue('textarea[name=idee]'), 'Encore elle', 'what was typed is kept');
    await owner.leave();
  });

  await test('entry: a support told to the team counts apart', async () => {
    const owner = await as(browser, server, 'owner');
    await owner.goto(`${server.base}/idees`);
    const path = await owner.locator('article.idea h3 a').first().getAttribute('href');
    const number = path.match(/\/idees\/(\d+)/)[1];
    await owner.goto(`${server.base}/equipe/contributions/${number}`);
    const title = (await owner.locator('h1 + p').innerText()).split(', ').slice(1).join(', ');
    await owner.goto(`${server.base}${ENTER}?quoi=soutien`);
    const option = (await owner.locator('select[name=projet] option').allInnerTexts()).find(t => title.startsWith(t.trim()));
    await owner.selectOption('select[name=projet]', { label: option });
    await owner.fill('[name=soutenir]', number);
    await owner.check('input[name=accord]');
    await press(owner, '[data-key=save]');
    assert.match(await owner.locator('[role=status]').first().innerText(), /soutien est enregistré/);
    // It counts once it can't be undone any more: the page of the idea tells nothing yet.
    await owner.goto(`${server.base}/idees/${number}`);
    assert.equal(await owner.locator('#soutiens-recueillis').count(), 0);
    await owner.goto(`${server.base}${ENTER}`);
    assert.match(await owner.locator('#dernieres').innerText(), new RegExp(`n°\\s*${number}\\b`));
    await press(owner, '#dernieres form button');
    assert.match(await owner.locator('[role=status]').first().innerText(), /annul/i);
    await owner.leave();
  });
}
