// A project in two languages, seen by somebody else before it is by everybody, with an image inside its text.
import assert from 'node:assert/strict';
import { as, openProject, press } from './acts.mjs';
import { person } from './browser.mjs';
import { test } from './check.mjs';

const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

export async function texts(browser, server) {
  await test('texts: a project is translated, and each reads their language', async () => {
    const owner = await as(browser, server, 'owner');
    const slug = await openProject(owner, server);
    await owner.goto(`${server.base}/equipe/projets/${slug}`);
    await press(owner, 'a[href$="/langues"]');
    assert.equal(await owner.getAttribute('input[name=en-title]', 'lang'), 'en');
    await owner.fill('input[name=en-title]', 'Your town, your ideas');
    await press(owner, 'main form .btn-primary');
    assert.match(await owner.locator('[role=status]').first().innerText(), /enregistrés/);
    await owner.goto(`${server.base}/equipe/projets/${slug}/apercu/public?langue=en`);
    assert.equal(await owner.locator('h1').getAttribute('lang'), 'en');
    const buttons = owner.locator('main fieldset[disabled] button');
    for (let n = 0; n < await buttons.count(); n += 1) assert.ok(await buttons.nth(n).isDisabled(), 'nothing is sent from a preview');
    const somebody = await person(browser, { locale: 'en-GB' });
    await somebody.goto(`${server.base}/projets/${slug}`);
    assert.equal(await somebody.locator('h1').innerText(), 'Your town, your ideas');
    assert.ok(await somebody.locator('#autre-langue').isVisible(), 'what is not translated is told');
    await somebody.leave();
    await owner.goto(`${server.base}/equipe/projets/${slug}/langues`);
    await owner.fill('input[name=en-title]', '');
    await press(owner, 'main form .btn-primary');
    await owner.leave();
  });

  await test('texts: an image of the project stands inside its text', async () => {
    const owner = await as(browser, server, 'owner');
    const slug = await openProject(owner, server);
    const desk = `${server.base}/equipe/projets/${slug}`;
    for (const words of ['Le premier plan', 'Le plan du parvis']) {
      await owner.goto(`${desk}/fichiers`);
      await owner.setInputFiles('input[name=fichier]', { name: 'plan.png', mimeType: 'image/png', buffer: DOT });
      await owner.locator('form[enctype] input[name=mots]').fill(words);
      await press(owner, 'form[enctype] .btn-primary');
    }
    await owner.goto(desk);
    const line = (await owner.locator('#images code').allTextContents()).find(t => t.includes('Le plan du parvis'));
    assert.match(line, /^!\[Le plan du parvis\]\(image:[0-9a-f]{8}\)$/);
    const before = await owner.inputValue('textarea[name=description]');
    await owner.fill('textarea[name=description]', `${before}\n\n${line}\n`);
    await press(owner, 'main form button:not(.vh).btn-primary');
    await owner.goto(`${server.base}/projets/${slug}`);
    assert.equal(await owner.locator('.prose img[alt="Le plan du parvis"]').count(), 1);
    await owner.goto(desk);
    await owner.fill('textarea[name=description]', before);
    await press(owner, 'main form button:not(.vh).btn-primary');
    for (let n = 0; n < 2; n += 1) {
      await owner.goto(`${desk}/fichiers`);
      await press(owner, owner.locator('li.mediarow', { has: owner.locator('img[alt^="Le p"]') }).first().locator('button[name=retirer]'));
    }
    await owner.leave();
  });
}
