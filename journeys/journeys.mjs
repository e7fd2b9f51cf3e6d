// The journeys of citizens and of the team on the demo.
import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { PHONE, countScreens, enterAt, person, requiredFields, signIn, tabTo } from './browser.mjs';
import { test } from './check.mjs';
import { until } from './server.mjs';
import { weekly } from './analyst.mjs';
import { address, as, confirm, figure, flyer, mailTo, numberOn, openProject, outbox, post, press, publish, quiet } from './acts.mjs';

/** Journey 1: an idea from a flyer. */
async function fromFlyer(browser, link, { js = true, keyboard = false } = {}) {
  const page = await person(browser, { js, viewport: PHONE });
  const count = countScreens(page);
  const required = [];
  await page.goto(link);
  required.push(...await requiredFields(page));
  const text = `Un abri pour les vélos devant la salle des fêtes ${js}${keyboard}`;
  if (keyboard) {
    await tabTo(page, 'textarea[name=idee]');
    await page.keyboard.type(text);
    await tabTo(page, 'main button.btn-primary');
    await Promise.all([page.waitForURL(/\/deposer\/[0-9a-f-]{36}/), page.keyboard.press('Enter')]);
    required.push(...await requiredFields(page));
    await tabTo(page, 'button[form=f].btn-primary');
    await Promise.all([page.waitForURL(/\/merci/), page.keyboard.press('Enter')]);
  } else {
    await page.fill('textarea[name=idee]', text);
    await press(page, 'main button.btn-primary');
    required.push(...await requiredFields(page));
    await press(page, 'button[form=f].btn-primary');
  }
  assert.match(page.url(), /\/deposer\/[0-9a-f-]{36}\/merci/);
  assert.ok(count.screens.length <= 3, `three screens at most:\n${count.screens.join('\n')}`);
  assert.deepEqual(required, ['idee'], 'one required field');
  const body = await page.locator('main').innerText();
  assert.ok(body.includes('abri pour les vélos'), 'the text is shown again');
  const number = await numberOn(page);
  assert.match(body, new RegExp(String(number)), 'its number is said');
  assert.match(body, /avant le|répondr|d’ici/i, 'by when it will be answered is said');
  assert.equal((await page.context().cookies()).filter(c => c.name === 'parvis_session').length, 0, 'no account was made');
  quiet(page);
  await page.leave();
  return number;
}

/** Journey 2: a support in one tap. */
async function support(browser, server, number, { js, keyboard = false }) {
  const page = await person(browser, { js, viewport: PHONE });
  await page.goto(`${server.base}/idees/${number}`);
  const total = await figure(page.locator(`[data-support-count="${number}"]`));
  const count = countScreens(page);
  const button = page.locator(`button[data-support="${number}"]:visible`).first();
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  assert.deepEqual(await requiredFields(page, 'main form:has(button[data-support])'), [], 'nothing to fill in');
  if (keyboard) {
    await tabTo(page, `button[data-support="${number}"]`);
    await page.keyboard.press('Enter');
  } else await button.click();
  await until(async () => await page.locator(`button[data-support="${number}"]:visible`).first().getAttribute('aria-pressed') === 'true', 'the button to be pressed');
  assert.equal(count.screens.length, js ? 0 : 1, `the page stays (${count.screens.join(', ')})`);
  assert.match(new URL(page.url()).pathname, new RegExp(`^/idees/${number}$`), 'back on the idea, not on a sign-in page');
  const offer = page.locator('a[href^="/confirmer-mes-soutiens"]:visible').first();
  await offer.waitFor();
  assert.equal(await figure(page.locator(`[data-support-count="${number}"]`)), total, 'an unconfirmed support is not in public totals');
  // And it holds: the page says so when it is opened again.
  await page.reload();
  assert.equal(await page.locator(`button[data-support="${number}"]:visible`).first().getAttribute('aria-pressed'), 'true', 'kept after a reload');
  quiet(page);
  return { page, total };
}

/** A stored ZIP's names and texts. */
function unzip(bytes) {
  const files = {};
  let at = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  assert.ok(at >= 0, 'a ZIP file');
  const n = bytes.readUInt16LE(at + 10);
  at = bytes.readUInt32LE(at + 16);
  for (let i = 0; i < n; i++) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [nameLength, extra, comment, head] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const from = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    const data = bytes.subarray(from, from + size);
    files[name] = (method === 8 ? inflateRawSync(data) : data).toString('utf8');
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

/** No field of an answer's form blocks its draft or preview; publishing asks for two, see the empty answer. */
const ANSWER = [];
const REQUIRED = ['statut', 'texte'];

export async function journeys(browser, server) {
  const owner = await as(browser, server, 'owner');
  const slug = await openProject(owner, server);
  const link = await flyer(owner, server, slug);
  const made = [];

  await test('journey 1: an idea from a flyer', async () => { made.push(await fromFlyer(browser, link)); });
  await test('journey 1 without JavaScript', async () => { made.push(await fromFlyer(browser, link, { js: false })); });
  await test('journey 1 by keyboard alone', async () => { made.push(await fromFlyer(browser, link, { keyboard: true })); });

  await test('journey 1: a close idea is offered, and supporting it ends the journey', async () => {
    const page = await person(browser, { viewport: PHONE });
    await page.goto(`${server.base}/projets/${slug}?tri=soutenues`);
    const title = (await page.locator('article.idea h3 a').first().textContent()).trim();
    await page.goto(`${server.base}/deposer?projet=${slug}`);
    await page.fill('textarea[name=idee]', `${title}. ${title}`);
    await press(page, 'main button.btn-primary');
    const close = page.locator('main section.alert form[action*="/soutenir"] button');
    assert.ok(await close.count(), 'a close idea is offered before the fields');
    await press(page, close.first());
    const number = page.url().match(/\/idees\/(\d+)/)?.[1];
    assert.ok(number, `on the idea supported, not ${page.url()}`);
    assert.equal(await page.locator(`button[data-support="${number}"]`).first().getAttribute('aria-pressed'), 'true');
    quiet(page);
    await page.leave();
  });

  await test('journey 1: nothing typed is refused beside the field, too long keeps the text', async () => {
    const page = await person(browser, { js: false, viewport: PHONE });
    for (const text of ['', '\u200b \u2060', 'a'.repeat(100_000)]) {
      await page.goto(`${server.base}/deposer?projet=${slug}`);
      await page.evaluate(t => {
        document.querySelector('form[method=post]').noValidate = true;
        document.querySelector('textarea[name=idee]').value = t;
      }, text);
      await press(page, 'main button.btn-primary');
      await page.locator('textarea[name=idee][aria-invalid=true]').waitFor();
      assert.ok(await page.locator('[role=alert] a[href="#f-idee"]').count(), 'listed at the top with a link to the field');
      const kept = await page.inputValue('textarea[name=idee]');
      if (text.length > 10) assert.equal(kept.length, text.length, 'the text is kept whole');
    }
    quiet(page);
    await page.leave();
  });

  await test('the draft survives a reload, the back button and a lost network, and is forgotten once posted', async () => {
    const page = await person(browser, { viewport: PHONE });
    const text = 'Des jeux pour les petits dans le parc du bas';
    const kept = () => page.evaluate(() => localStorage.getItem('parvis-draft:idee'));
    const first = `${server.base}/deposer?projet=${slug}`;
    await page.goto(first);
    await page.fill('textarea[name=idee]', text);
    await until(async () => (await kept())?.includes(text), 'the draft to be kept');
    await page.reload();
    assert.equal(await page.inputValue('textarea[name=idee]'), text, 'after a reload');
    await page.context().setOffline(true);
    await page.locator('main button.btn-primary').click();
    await page.locator('main [role=status]:visible').first().waitFor();
    assert.equal(await page.inputValue('textarea[name=idee]'), text, 'with the network gone');
    await Promise.all([page.waitForURL(/\/deposer\/[0-9a-f-]{36}/), page.context().setOffline(false)]);
    await page.goBack();
    assert.equal(await page.inputValue('textarea[name=idee]'), text, 'after the back button');
    await page.goto(first);
    await press(page, 'main button.btn-primary');
    await press(page, 'button[form=f].btn-primary');
    assert.match(page.url(), /merci/);
    await until(async () => (await kept()) === null, 'the draft to be forgotten');
    const twice = page.url();
    await page.goBack();
    await page.goto(twice.replace('/merci', ''));
    assert.match(page.url(), /\/merci/, 'the second screen of a posted draft leads to its thanks: nothing is doubled');
    quiet(page);
    await page.leave();
  });

  // An idea with an author who can be written to, for the journeys below.
  let mine, author, mail;
  await test('an idea with a mail address: confirmed by the code, then published', async () => {
    author = await person(browser, { viewport: PHONE });
    mail = address('lea');
    mine = await post(author, server, { text: 'Un passage piéton devant l’école du Plateau. Les voitures ne s’arrêtent jamais.', name: 'Léa', mail, projet: slug });
    const letter = await mailTo(owner, server, mail, /\/connexion\//);
    assert.match(letter.code ?? '', /^\d{6}$/, 'the mail holds six digits');
    await author.fill('input[name=code]', letter.code);
    await press(author, 'form[action="/connexion/code"] button');
    assert.match(author.url(), new RegExp(`/idees/${mine}`), 'on the idea after the confirmation');
    const stranger = await person(browser);
    const before = await stranger.goto(`${server.base}/idees/${mine}`);
    assert.ok(before.status() === 404 || !/passage piéton/.test(await stranger.locator('main').innerText()), 'nobody else reads it before publication');
    await publish(owner, server, mine);
    const after = await stranger.goto(`${server.base}/idees/${mine}`);
    assert.equal(after.status(), 200);
    assert.match(await stranger.locator('main').innerText(), /passage piéton/);
    assert.match(await stranger.locator('main').innerText(), /Léa/);
    assert.doesNotMatch(await stranger.content(), new RegExp(mail.replace('.', '\\.')), 'the address is on no public page');
    quiet(author);
    await stranger.leave();
  });

  await test('journey 2: support in one tap, counted once confirmed', async () => {
    const { page, total } = await support(browser, server, mine, { js: true });
    await press(page, page.locator('a[href^="/confirmer-mes-soutiens"]:visible').first());
    const supporter = address('ali');
    await page.fill('input[name=courriel]', supporter);
    await press(page, 'main form button.btn-primary');
    await confirm(page, owner, server, supporter);
    await page.goto(`${server.base}/idees/${mine}`);
    assert.equal(await figure(page.locator(`[data-support-count="${mine}"]`)), total + 1, 'counts once confirmed');
    const button = page.locator(`button[data-support="${mine}"]:visible`).first();
    await button.click();
    await until(async () => await button.getAttribute('aria-pressed') === 'false', 'the support to be taken back');
    await page.reload();
    assert.equal(await figure(page.locator(`[data-support-count="${mine}"]`)), total, 'taken back, it counts no more');
    quiet(page);
    await page.leave();
  });
  await test('journey 2 without JavaScript', async () => { await (await support(browser, server, mine, { js: false })).page.leave(); });
  await test('journey 2 by keyboard alone', async () => { await (await support(browser, server, mine, { js: true, keyboard: true })).page.leave(); });
  await test('journey 2 from the list of a project', async () => {
    for (const js of [true, false]) {
      const page = await person(browser, { js, viewport: PHONE });
      await page.goto(`${server.base}/projets/${slug}`);
      const number = await page.locator('article.idea button[data-support]').first().getAttribute('data-support');
      const button = page.locator(`article.idea button[data-support="${number}"]`);
      await button.click();
      await until(async () => await button.getAttribute('aria-pressed') === 'true', `the button to be pressed (JavaScript ${js})`);
      await button.click();
      await until(async () => await button.getAttribute('aria-pressed') === 'false', `a second press to take it back (JavaScript ${js})`);
      assert.match(page.url(), new RegExp(`/projets/${slug}`), 'still on the list');
      quiet(page);
      await page.leave();
    }
  });

  for (const [how, js, keyboard] of [['', true, false], [', without JavaScript', false, false], [', by keyboard alone', true, true]]) {
    await test(`journey 3: what became of my idea, from the home page${how}`, async () => {
      const page = await person(browser, { js, viewport: PHONE });
      await page.goto(server.base);
      const count = countScreens(page);
      const outcome = 'article.outcome a[href^="/idees/"]';
      const to = await page.locator(outcome).first().getAttribute('href');
      if (keyboard) await enterAt(page, outcome);
      else await press(page, page.locator(outcome).first());
      assert.deepEqual(count.screens, [`200 ${server.base}${to.split('#')[0]}`], 'one click, one screen: where the link leads');
      assert.deepEqual(await requiredFields(page, 'main section.answer'), [], 'nothing to fill in');
      const reply = page.locator('section.answer');
      await reply.waitFor();
      assert.ok((await reply.innerText()).length > 80, 'the answer is there, after one click');
      await page.goto(server.base);
      assert.ok(await page.locator('article.outcome .badge-bad, article.outcome .badge').count() > 1, 'several outcomes');
      assert.match(await page.locator('main').innerText(), /non retenue/i, 'a refusal among them');
      quiet(page);
      await page.leave();
    });
  }

  await test('a comment without an account waits for a second look, then is read by everybody', async () => {
    const page = await person(browser, { js: false, viewport: PHONE });
    await page.goto(`${server.base}/idees/${mine}`);
    await page.locator('form[action^="/idees/"][action*="/commenter"] textarea').first().fill('Ma fille traverse là chaque matin, merci.');
    await page.locator('form[action*="/commenter"] input[name=prenom]').first().fill('Nour');
    await press(page, 'form[action*="/commenter"] button.btn-primary');
    assert.match(page.url(), new RegExp(`/idees/${mine}`));
    await page.locator('[role=status]:visible').first().waitFor();
    assert.doesNotMatch(await (await fetch(`${server.base}/idees/${mine}`)).text(), /traverse là chaque matin/, 'not read before');
    const waits = await as(browser, server, 'administrator');
    await waits.goto(`${server.base}/equipe/contributions?file=a-publier&q=traverse`);
    await press(waits, '.queue button[name=publier]');
    await waits.locator('[role=status]').first().waitFor();
    await page.goto(`${server.base}/idees/${mine}`);
    assert.match(await page.locator('#commentaires').innerText(), /traverse là chaque matin/);
    quiet(page);
    quiet(waits);
    await waits.leave();
    await page.leave();
  });

  await test('three reports hide a text until the team decides', async () => {
    const writer = await person(browser);
    const target = await post(writer, server, { text: 'Une idée que trois personnes vont signaler, à propos du kiosque.', projet: slug });
    await writer.leave();
    await publish(owner, server, target);
    for (let i = 1; i <= 3; i++) {
      const page = await person(browser, { js: i !== 2 });
      await page.goto(`${server.base}/idees/${target}`);
      await page.locator('.after details.more summary').last().click();
      await page.locator('form[action*="/signaler"] input[name=raison]').first().check({ force: true });
      await press(page, 'form[action*="/signaler"] button');
      await page.locator('[role=status]:visible, h1').first().waitFor();
      quiet(page);
      const shown = /kiosque/.test(await (await fetch(`${server.base}/idees/${target}`)).text());
      assert.equal(shown, i < 3, `after ${i} reports the text is ${i < 3 ? 'still shown' : 'hidden'}`);
      await page.leave();
    }
    await owner.goto(`${server.base}/equipe/contributions/${target}`);
    await press(owner, 'button[name=faire][value=remettre]');
    const again = await person(browser);
    await again.goto(`${server.base}/idees/${target}`);
    assert.match(await again.locator('main').innerText(), /kiosque/, 'back once the team decided');
    await again.leave();
  });

  await test('journey 12: the official answer, on one screen with its preview, and its undo', async () => {
    const moderator = await as(browser, server, 'administrator');
    await moderator.goto(`${server.base}/equipe/contributions/${mine}`);
    const count = countScreens(moderator);
    await press(moderator, `a[href="/equipe/contributions/${mine}/repondre"]`);
    assert.deepEqual(await requiredFields(moderator), ANSWER, 'what an answer can’t do without');
    const preview = moderator.locator('#apercu');
    await moderator.fill('textarea[name=texte]', 'Oui, nous le ferons avant la rentrée. Les plots arrivent en juillet, la peinture suit.');
    await moderator.locator('input[name=statut][value=accepted]').check({ force: true });
    await moderator.fill('input[name=decision]', 'Retenue');
    await moderator.fill('input[name=cout]', '12 000 €');
    await until(async () => /Les plots arrivent/.test(await preview.innerText()), 'the preview to follow the text');
    assert.match(await preview.locator('strong, b').first().innerText(), /Oui, nous le ferons/, 'the first sentence is in bold');
    await until(async () => /Brouillon gardé à/.test(await preview.innerText()), 'the draft to be kept');
    await moderator.reload();
    assert.match(await moderator.inputValue('textarea[name=texte]'), /Les plots arrivent/, 'the draft is back after a reload');
    count.screens.pop(); // The reload was this test's own.
    assert.match(await moderator.locator('.actbar .btn-primary').innerText(), /\d/, 'the button counts the people told');
    await press(moderator, '.actbar .btn-primary');
    assert.deepEqual(count.screens.map(s => s.replace(/\?.*/, '').replace(/^.*\/contributions/, '')), [`/${mine}/repondre`, `/${mine}`], 'one screen to answer, then back at the idea');
    await moderator.locator('[role=status]:visible').first().waitFor();
    const reader = await person(browser);
    await reader.goto(`${server.base}/idees/${mine}`);
    assert.match(await reader.locator('section.answer').innerText(), /Les plots arrivent/);
    const told = await mailTo(owner, server, mail, /Les plots arrivent/);
    assert.doesNotMatch(told.state, /^envoyé/i, 'not sent before ten minutes');
    // Undone: the words come back in the form, the page and the mail forget them.
    await press(moderator, 'form[action$="/repondre/annuler"] button');
    assert.match(await moderator.inputValue('textarea[name=texte]'), /Les plots arrivent/, 'the words are back in the form');
    await reader.reload();
    assert.equal(await reader.locator('section.answer').count(), 0, 'the page has no answer any more');
    await until(async () => {
      const left = (await outbox(owner, server)).filter(m => m.to.includes(mail));
      for (const m of left) if (/Les plots arrivent/.test(await (await owner.context().request.get(server.base + m.href)).text())) return false;
      return true;
    }, 'the mail to be taken back');
    quiet(moderator);
    await reader.leave();
    await moderator.leave();
  });

  await test('journey 12 without JavaScript: previewed, then published; the author is told once', async () => {
    // Who undid it has it open: anybody else would be told so first.
    const moderator = await as(browser, server, 'administrator', { js: false });
    await moderator.goto(`${server.base}/equipe/contributions/${mine}/repondre`);
    const count = countScreens(moderator);
    assert.deepEqual(await requiredFields(moderator), ANSWER);
    await moderator.fill('textarea[name=texte]', 'Oui, avant la rentrée. Les plots arrivent en juillet.');
    await moderator.locator('input[name=statut][value=accepted]').check({ force: true });
    await press(moderator, '.actbar button[formaction]');
    assert.match(await moderator.locator('#apercu').innerText(), /Les plots arrivent/);
    assert.match(await moderator.inputValue('textarea[name=texte]'), /Les plots arrivent/, 'the text stays in the form');
    await press(moderator, '.actbar .btn-primary');
    assert.equal(count.screens.length, 2, `the preview, then back at the idea:\n${count.screens.join('\n')}`);
    const told = await mailTo(owner, server, mail, /Les plots arrivent/);
    const copies = (await outbox(owner, server)).filter(m => m.to.includes(mail) && m.subject === told.subject);
    assert.equal(copies.length, 1, 'one mail');
    quiet(moderator);
    await moderator.leave();
  });

  await test('journey 12 by keyboard alone: one screen, decided, written, published', async () => {
    const moderator = await as(browser, server, 'administrator');
    await publish(owner, server, made[2]);
    await moderator.goto(`${server.base}/equipe/contributions/${made[2]}/repondre`);
    const count = countScreens(moderator);
    assert.deepEqual(await requiredFields(moderator), ANSWER);
    await tabTo(moderator, 'input[name=statut]', 120);
    await moderator.keyboard.press('Space');
    assert.ok(await moderator.locator('input[name=statut]:checked').count(), 'a decision is chosen');
    await tabTo(moderator, 'textarea[name=texte]');
    await moderator.keyboard.type('Oui, au printemps. Les arceaux sont commandés.');
    await tabTo(moderator, '.actbar .btn-primary');
    await Promise.all([moderator.waitForURL(new RegExp(`/contributions/${made[2]}\\?`)), moderator.keyboard.press('Enter')]);
    assert.equal(count.screens.length, 1, 'one screen, then back at the idea');
    assert.match(await (await fetch(`${server.base}/idees/${made[2]}`)).text(), /Les arceaux sont commandés/);
    quiet(moderator);
    await moderator.leave();
  });

  await test('journey 12: an empty answer is refused beside the field', async () => {
    const other = made[0];
    await publish(owner, server, other);
    await owner.goto(`${server.base}/equipe/contributions/${other}/repondre`);
    await owner.fill('textarea[name=texte]', ' \u200b ');
    await press(owner, '.actbar .btn-primary');
    const refused = await owner.locator('main [aria-invalid=true]').evaluateAll(all => [...new Set(all.map(e => e.name || e.querySelector('input').name))].sort());
    assert.deepEqual(refused, REQUIRED, 'each required field says so');
  });

  await test('journey 3: from the mail of the answer, one click, no sign-in', async () => {
    const told = await mailTo(owner, server, mail, /Les plots arrivent/);
    const links = [...told.text.matchAll(/http:\/\/\S+/g)].map(m => m[0]);
    const to = links.find(l => /\/idees\/\d+/.test(l));
    assert.ok(to, `the mail leads to the idea: ${links.join(' ')}`);
    const page = await person(browser, { js: false, viewport: PHONE });
    const count = countScreens(page);
    await page.goto(to);
    assert.equal(count.screens.length, 1, 'one click, no sign-in');
    assert.match(await page.locator('section.answer').innerText(), /Les plots arrivent/);
    assert.deepEqual(await requiredFields(page, 'main section.answer'), [], 'nothing to fill in');
    assert.match(told.text, /recevez/, 'the mail says why it came');
    const leave = links.find(l => /\/desabonnement\//.test(l));
    assert.ok(leave, 'and how to stop');
    // Another rhythm, then none: one press each, by keyboard, without signing in. Whoever only looks changes nothing.
    const weekly = links.filter(l => /\/rythme\//.test(l))[1];
    assert.ok(weekly, 'and how to hear less often');
    for (const way of [weekly, leave]) {
      for (let looks = 0; looks < 2; looks++) await page.goto(way);
      assert.deepEqual(await requiredFields(page), [], 'nothing to fill in');
      await tabTo(page, 'main form button');
      await Promise.all([page.waitForEvent('framenavigated', f => f === page.mainFrame()), page.keyboard.press('Enter')]);
      await page.locator('main [role=status]').waitFor();
    }
    quiet(page);
    await page.leave();
  });

  await weekly(browser, server);

  await test('sign-in by code, with a wrong one before', async () => {
    const page = await person(browser, { js: false, viewport: PHONE });
    const who = address('nadia');
    await page.goto(`${server.base}/connexion`);
    await page.fill('input[name=courriel]', 'nadia');
    await page.evaluate(() => { document.querySelector('main form').noValidate = true; });
    await press(page, 'main form button.btn-primary');
    await page.locator('input[name=courriel][aria-invalid=true]').waitFor();
    assert.equal(await page.inputValue('input[name=courriel]'), 'nadia', 'what was typed is kept');
    await page.fill('input[name=courriel]', who);
    await press(page, 'main form button.btn-primary');
    const letter = await mailTo(owner, server, who);
    const wrong = letter.code === '123456' ? '654321' : '123456';
    await page.fill('input[name=code]', wrong);
    await press(page, 'main form button.btn-primary');
    await page.locator('input[name=code][aria-invalid=true]').waitFor();
    await page.fill('input[name=code]', `${letter.code.slice(0, 3)} ${letter.code.slice(3)}`);
    await press(page, 'main form button.btn-primary');
    assert.match(page.url(), /\/mon-espace/);
    quiet(page);
    await page.leave();
  });

  await test('sign-in by link; used, it says so and offers another', async () => {
    const page = await person(browser);
    const who = address('omar');
    await page.goto(`${server.base}/connexion?retour=/idees`);
    await page.fill('input[name=courriel]', who);
    await press(page, 'main form button.btn-primary');
    const { link: key } = await mailTo(owner, server, who);
    const scanner = await person(browser, { js: false });
    await scanner.goto(key);
    await signIn(page, key);
    assert.match(page.url(), /\/idees/, 'back where the person was');
    const used = await scanner.goto(key);
    assert.equal(used.status(), 410, 'a used link signs nobody in');
    assert.ok(await scanner.locator('main form button[name=renvoyer]').count(), 'another one is offered');
    quiet(page);
    await scanner.leave();
    await page.leave();
  });

  await test('own space: everything as a ZIP with its README, then erased', async () => {
    const page = await person(browser);
    const who = address('rose');
    const text = 'Un composteur au jardin partagé, près du puits.';
    const number = await post(page, server, { text, name: 'Rose', mail: who, projet: slug });
    await confirm(page, owner, server, who);
    await publish(owner, server, number);
    await page.goto(`${server.base}/mon-espace`);
    assert.match(await page.locator('main').innerText(), /composteur/);
    assert.match(await page.locator('main').innerText(), /accord|J’accepte|recevoir/i, 'the consent, with its words');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('form[action="/mon-espace/donnees"] button').click()]);
    const files = unzip(await readFile(await download.path()));
    assert.ok(Object.keys(files).some(n => /readme|lisez/i.test(n)), `a README: ${Object.keys(files).join(', ')}`);
    assert.match(Object.values(files).join('\n'), /composteur/, 'the texts');
    assert.ok(Object.values(files).join('\n').includes(who), 'the address');
    await press(page, 'main a[href="/mon-espace/effacer"]');
    await page.locator('label.radio-card', { has: page.locator('input[value=effacer]') }).click();
    await page.check('input[name=compris]');
    await press(page, 'form[action="/mon-espace/effacer"] button');
    assert.equal((await page.context().cookies()).filter(c => c.name === 'parvis_session').length, 0, 'signed out');
    const gone = await fetch(`${server.base}/idees/${number}`);
    assert.doesNotMatch(await gone.text(), /composteur|Rose/, 'the text and the name are gone');
    assert.ok(!(await outbox(owner, server)).some(m => m.to.includes(who)), 'no mail keeps the address');
    quiet(page);
    await page.leave();
  });

  await test('refusals have a page: unknown, foreign link, team only, expired form', async () => {
    const page = await as(browser, server, 'citizen');
    for (const [path, status] of [['/nulle-part', 404], ['/idees/99999999', 404], ['/equipe', 403], ['/connexion/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 410], ['/i/zzzzzz', 404]]) {
      const answer = await page.goto(server.base + path);
      assert.equal(answer.status(), status, path);
      assert.equal(await page.locator('h1').count(), 1, `${path} has a title`);
      assert.ok(await page.locator('main a.btn').count(), `${path} shows a way on`);
    }
    const stranger = await person(browser, { js: false });
    await stranger.goto(`${server.base}/deposer?projet=${slug}`);
    await stranger.context().clearCookies();
    await stranger.fill('textarea[name=idee]', 'Un texte écrit sur un formulaire trop vieux');
    await press(stranger, 'main button.btn-primary');
    assert.match(await stranger.content(), /Un texte écrit sur un formulaire trop vieux/, 'what was typed is offered again');
    await press(stranger, 'main form button');
    assert.match(stranger.url(), /\/deposer\/[0-9a-f-]{36}/, 'sent again, it goes on');
    quiet(stranger);
    await stranger.leave();
    await page.leave();
  });

  await author?.leave();
  await owner.leave();
}
