// Phases that change places, the areas of a project, an answer with its day that a colleague reads again.
import assert from 'node:assert/strict';
import { as, openProject, post, press, publish } from './acts.mjs';
import { person } from './browser.mjs';
import { test } from './check.mjs';

const titles = page => page.locator('input[name$="-titre"]').evaluateAll(all => all.map(f => f.value));
const days = page => page.locator('details.phase').evaluateAll(all => all.map(d => [...d.querySelectorAll('input[type=date]')].map(f => f.value).join('/')));

export async function projet(browser, server) {
  for (const js of [true, false]) await test(`project: phases change places ${js ? 'by the keyboard' : 'without JavaScript'}, and nothing is lost`, async () => {
    const owner = await as(browser, server, 'owner', { js });
    const slug = await openProject(owner, server);
    await owner.goto(`${server.base}/equipe/projets/${slug}`);
    const [names, spans] = [await titles(owner), await days(owner)];
    assert.ok(names.length >= 2, 'the demo has phases to exchange');
    await owner.fill('textarea[name=resume]', `Une phrase en cours d’écriture ${js}`);
    await owner.locator('details.phase summary').nth(1).click();
    await press(owner, 'button[name=haut][value="1"]');
    const swapped = [names[1], names[0], ...names.slice(2)];
    assert.deepEqual(await titles(owner), swapped, 'the names change places');
    assert.deepEqual(await days(owner), spans, 'the days stay in theirs');
    assert.match(await owner.inputValue('textarea[name=resume]'), /en cours d’écriture/, 'what is typed stays');
    assert.equal(await owner.evaluate(() => document.activeElement.name), 'bas', 'the keyboard goes on at the phase');
    await Promise.all([owner.waitForEvent('framenavigated'), owner.keyboard.press('Enter')]);
    await owner.waitForLoadState('load');
    assert.deepEqual(await titles(owner), names, 'and back');
    await owner.leave();
  });

  await test('project: the areas it is about are read by everybody, and offered first', async () => {
    const owner = await as(browser, server, 'owner');
    const slug = await openProject(owner, server);
    await owner.goto(`${server.base}/equipe/projets/${slug}`);
    const chosen = owner.locator('input[name=quartiers]').last();
    const name = (await owner.locator('label.chip:has(input[name=quartiers])').last().innerText()).trim();
    await chosen.check({ force: true });
    await press(owner, '.actbar .btn-primary');
    const visitor = await person(browser);
    await visitor.goto(`${server.base}/projets/${slug}`);
    assert.ok((await visitor.locator('#quartiers').innerText()).includes(name));
    await visitor.goto(`${server.base}/deposer?projet=${slug}`);
    await visitor.fill('textarea[name=idee]', 'Un banc près du lavoir');
    await press(visitor, 'main button.btn-primary');
    const first = await visitor.locator('select[name=quartier] optgroup').first().locator('option').allInnerTexts();
    assert.deepEqual(first.map(t => t.trim()), [name]);
    await visitor.leave();
    await owner.goto(`${server.base}/equipe/projets/${slug}`);
    await chosen.uncheck({ force: true });
    await press(owner, '.actbar .btn-primary');
    await owner.leave();
  });

  await test('answer: a day, a member who signs, a colleague who reads the draft again', async () => {
    const owner = await as(browser, server, 'owner');
    const author = await person(browser);
    const number = await post(author, server, { text: `Un portique pour les balançoires ${process.pid}` });
    await author.leave();
    await publish(owner, server, number);
    await owner.goto(`${server.base}/equipe/contributions/${number}/repondre`);
    assert.equal(await owner.locator('.checks .todo').count(), 2, 'neither a decision nor a day yet');
    await owner.locator('input[name=statut][value=accepted]').check({ force: true });
    await owner.fill('textarea[name=texte]', 'Oui, au printemps. Le portique est commandé.');
    await owner.fill('input[name=suite]', 'Pose du portique');
    await owner.fill('input[name=quand]', '2031-04-09');
    await owner.selectOption('select[name=qui]', { index: 1 });
    const signer = (await owner.locator('select[name=qui] option').nth(1).innerText()).split(',')[0].trim();
    const preview = owner.locator('#apercu');
    await preview.locator('b', { hasText: signer }).waitFor();
    assert.equal(await preview.locator('.checks .todo').count(), 0, await preview.innerText());
    assert.match(await preview.innerText(), /Pose du portique, 9\savril\s2031/);
    const reader = await owner.locator('select[name=relecture] option').allInnerTexts();
    await owner.selectOption('select[name=relecture]', { label: reader.find(t => t.trim() === signer) ?? reader.at(-1) });
    await press(owner, 'button[formaction*="/relecture"]');
    assert.match(await owner.locator('[role=status]').first().innerText(), /Votre collègue trouvera/);
    await owner.goto(`${server.base}/equipe/contributions/${number}`);
    assert.match(await owner.locator('#notes').innerText(), /pouvez-vous relire/);
    await press(owner, '#notes #brouillon a');
    assert.match(await owner.inputValue('textarea[name=texte]'), /Le portique est commandé/, 'the draft is there');
    await press(owner, '.actbar .btn-primary');
    await owner.goto(`${server.base}/idees/${number}`);
    const shown = await owner.locator('#reponse').innerText();
    assert.ok(shown.includes(signer) && /Pose du portique, 9\savril\s2031/.test(shown), shown);
    await owner.leave();
  });
}
