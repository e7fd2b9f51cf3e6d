// What citizens leave before signing in: the idea of the home page, what they ask to follow, the answer they ask for.
import assert from 'node:assert/strict';
import { PHONE, countScreens, person, requiredFields } from './browser.mjs';
import { address, answer, as, confirm, figure, mailTo, numberOn, openProject, post, press, publish, quiet } from './acts.mjs';
import { test } from './check.mjs';
import { until } from './server.mjs';

/** Journey 1 from the home page: three screens, and no word of the idea in an address. */
async function fromHome(browser, server, slug, js) {
  const page = await person(browser, { js, viewport: PHONE });
  const count = countScreens(page);
  const asked = [];
  page.on('request', r => asked.push(decodeURIComponent(r.url())));
  await page.goto(`${server.base}/`);
  const required = await requiredFields(page);
  const text = `Un kiosque à musique dans le parc ${js}. ${'Les gens viendraient le dimanche. '.repeat(80)}`.trim();
  await page.fill('textarea[name=idee]', text);
  const choice = page.locator('.ask select[name=projet]');
  if (await choice.count()) await choice.selectOption(slug);
  await press(page, '.ask button.btn-primary');
  required.push(...await requiredFields(page));
  assert.equal((await page.locator('blockquote.quote').first().innerText()).replace(/\s/g, '').startsWith(text.replace(/\s/g, '').slice(0, 1600)), true, 'nothing is cut');
  await press(page, 'button[form=f].btn-primary');
  assert.match(page.url(), /\/deposer\/[0-9a-f-]{36}\/merci/);
  assert.ok(count.screens.length <= 3, `three screens at most:\n${count.screens.join('\n')}`);
  assert.deepEqual(required, ['idee'], 'one required field');
  assert.ok(!asked.some(url => url.includes('kiosque')), 'no address holds the idea');
  assert.ok(await numberOn(page));
  quiet(page);
  await page.leave();
}

/** In a phase that asks for both: against, then for, then nothing. One voice says one thing, and the page shows it. */
async function against(browser, server, js) {
  const page = await as(browser, server, 'citizen', { js, viewport: PHONE });
  await page.goto(`${server.base}/projets/ecole`);
  // An idea that this voice says nothing of yet; the run without scripts takes another one.
  const number = await page.locator('article.idea button[data-support][aria-pressed=false]').nth(js ? 0 : 1).getAttribute('data-support');
  const [pro, contra] = [page.locator(`button[data-support="${number}"]:visible`).first(), page.locator(`button[data-oppose="${number}"]`)];
  const counts = async () => [await figure(page.locator(`[data-support-count="${number}"]`)), await figure(contra.locator('.n'))];
  const pressed = async () => [await pro.getAttribute('aria-pressed'), await contra.getAttribute('aria-pressed')].join();
  await page.goto(`${server.base}/idees/${number}`);
  const [supports, opposes] = await counts();
  assert.equal(await pressed(), 'false,false');
  await press(page, contra);
  assert.equal(await pressed(), 'false,true');
  assert.deepEqual(await counts(), [supports, opposes + 1]);
  assert.match(await contra.innerText(), /Vous êtes contre/);
  await pro.click();
  await until(async () => await pressed() === 'true,false', 'the support to take the place of the opposition');
  assert.deepEqual(await counts(), [supports + 1, opposes], 'one voice counts once');
  await press(page, contra);
  assert.equal(await pressed(), 'false,true', 'and back');
  await press(page, contra);
  assert.equal(await pressed(), 'false,false', 'taken back');
  assert.deepEqual(await counts(), [supports, opposes]);
  quiet(page);
  await page.leave();
}

/** What reaches beyond the right edge, also where it is cut and can't be scrolled to, with letters of this size in the browser's settings. */
async function cut(browser, server, paths, letters) {
  const page = await person(browser, { viewport: PHONE });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Page.setFontSizes', { fontSizes: { standard: letters, fixed: letters } });
  const found = [];
  for (const path of paths) {
    await page.goto(`${server.base}${path}`);
    found.push(...await page.evaluate(([path, width]) => [...document.querySelectorAll('body *')]
      .filter(e => !e.closest('.vh,.hp,.skip,svg') && e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().right > width + 1)
      .map(e => `${path} ${e.tagName.toLowerCase()}.${e.className} "${e.textContent.trim().slice(0, 30)}"`).slice(0, 4), [path, PHONE.width]));
  }
  await page.leave();
  return found;
}

/** At the second screen of posting, each stop of the keyboard lies above the bar that stays at the bottom. */
async function aboveTheBar(browser, server) {
  const page = await person(browser);
  await page.goto(`${server.base}/deposer`);
  await page.fill('textarea[name=idee]', 'Des bancs à l’ombre sur le chemin de l’hôpital');
  await press(page, '.p-foot button.btn-primary');
  const covered = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const e = document.activeElement;
      const bar = document.querySelector('.p-foot');
      if (!e || e === document.body || bar.contains(e)) return null;
      const box = (e.closest('label') || e).getBoundingClientRect();
      return box.bottom > bar.getBoundingClientRect().top ? `${e.tagName} ${e.name || e.textContent}` : '';
    });
    if (stop === null) break;
    if (stop) covered.push(stop);
  }
  await page.leave();
  return covered;
}

export async function citizen(browser, server) {
  const owner = await as(browser, server, 'owner');
  const slug = await openProject(owner, server);
  await test('journey 1 from the home page: three screens', async () => { await fromHome(browser, server, slug, true); });
  await test('journey 1 from the home page, without JavaScript', async () => { await fromHome(browser, server, slug, false); });

  await test('somebody is against an idea, then for it', () => against(browser, server, true));
  await test('somebody is against an idea, then for it, without JavaScript', () => against(browser, server, false));

  let number;
  await test('following without a session begins with the click in the mail', async () => {
    const author = await person(browser, { viewport: PHONE });
    number = await post(author, server, { text: 'Des arceaux à vélos devant la bibliothèque du centre', projet: slug });
    await author.leave();
    await publish(owner, server, number);
    const page = await person(browser, { js: false, viewport: PHONE });
    const mail = address('suit');
    await page.goto(`${server.base}/idees/${number}`);
    await press(page, `a[href$="/idees/${number}/suivre"]`);
    await page.fill('input[name=courriel]', 'suit');
    await page.evaluate(() => { document.querySelector('main form').noValidate = true; });
    await press(page, 'main form .btn-primary');
    await page.locator('input[name=courriel][aria-invalid=true]').waitFor();
    assert.equal(await page.inputValue('input[name=courriel]'), 'suit', 'what was typed is kept');
    await page.fill('input[name=courriel]', mail);
    await press(page, 'main form .btn-primary');
    await confirm(page, owner, server, mail);
    assert.match(page.url(), new RegExp(`/idees/${number}`), 'back on the idea');
    assert.equal(await page.locator(`form[action$="/idees/${number}/suivre"] button`).getAttribute('aria-pressed'), 'true', 'followed, not only signed in');
    await page.goto(`${server.base}/mon-espace`);
    assert.match(await page.locator('#accords').innerText(), /idée que je suis/, 'the consent is in the ledger');
    quiet(page);
    await page.leave();
  });

  await test('a supporter who asked for it is told of the answer, another is not', async () => {
    const mails = [];
    for (const tell of [true, false]) {
      const page = await person(browser, { viewport: PHONE });
      const mail = address(tell ? 'prevenu' : 'discret');
      mails.push(mail);
      await page.goto(`${server.base}/idees/${number}`);
      await page.locator(`button[data-support="${number}"]:visible`).first().click();
      const offer = page.locator('a[href^="/confirmer-mes-soutiens"]:visible').first();
      await offer.waitFor();
      await press(page, offer);
      assert.equal(await page.isChecked('input[name=prevenir]'), false, 'a consent is never ticked beforehand');
      if (tell) await page.locator('label:has(input[name=prevenir])').click({ position: { x: 12, y: 12 } });
      await page.fill('input[name=courriel]', mail);
      await press(page, 'main form button.btn-primary');
      await confirm(page, owner, server, mail);
      quiet(page);
      await page.leave();
    }
    await answer(owner, server, number, 'Oui. Six arceaux seront posés au printemps.');
    await until(async () => (await owner.goto(`${server.base}/idees/${number}`)).status() === 200, 'the answer');
    const told = await mailTo(owner, server, mails[0], /arceaux/);
    assert.match(told.text, /Six arceaux/, 'the answer is in the mail');
    const html = await (await owner.context().request.get(`${server.base}/equipe/reglages/envois`)).text();
    assert.equal(html.split(mails[1]).length - 1, 1, 'whoever did not ask got the letter of the confirmation alone');
  });

  await test('nothing is cut in large print, and the keyboard never goes under the bar', async () => {
    const paths = ['/', '/idees', `/idees/${number}`, '/idees/12', '/deposer', '/reponses'];
    for (const letters of [26, 32]) assert.deepEqual(await cut(browser, server, paths, letters), [], `${letters} px`);
    assert.deepEqual(await aboveTheBar(browser, server), []);
  });

  await test('sharing works without JavaScript and without HTTPS', async () => {
    const page = await person(browser, { js: false, viewport: PHONE });
    await page.goto(`${server.base}/idees/${number}`);
    await page.locator('summary[data-share]').click();
    assert.match(await page.inputValue('#partager'), new RegExp(`^https?://.+/idees/${number}$`));
    const mailto = await page.locator('a[href^="mailto:?subject="]').first().getAttribute('href');
    assert.match(decodeURIComponent(mailto), new RegExp(`arceaux[\\s\\S]+/idees/${number}`));
    quiet(page);
    await page.leave();
  });
  await owner.leave();
}
