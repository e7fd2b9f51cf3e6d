// The team's queue: with the keyboard alone, several at once, two people on the same line.
import assert from 'node:assert/strict';
import { person, tabTo } from './browser.mjs';
import { test } from './check.mjs';
import { as, openProject, post, press, quiet } from './acts.mjs';

const list = file => `/equipe/contributions?file=${file}&tri=recentes`;
const said = async page => (await page.locator('.alert-ok [role=status]').first().innerText()).replace(/\u00a0|\u202f/g, ' ');

/** Presses a key that leads to another page. */
async function key(page, name) {
  await Promise.all([page.waitForEvent('framenavigated', f => f === page.mainFrame()), page.keyboard.press(name)]);
  await page.waitForLoadState('load');
}

export async function queue(browser, server) {
  const citizen = await person(browser);
  const projet = await openProject(citizen, server);
  const numbers = [];
  for (const what of ['place du marché', 'quai de la gare', 'rue des écoles', 'parc du château']) {
    numbers.push(await post(citizen, server, { text: `Un banc et de l’ombre ${what}, la montée est dure.`, projet }));
  }
  await citizen.leave();
  const team = await as(browser, server, 'administrator');

  await test('the queue is cleared with the keyboard alone', async () => {
    await team.goto(server.base + list('a-publier'));
    await team.keyboard.press('?');
    await team.locator('#keys-help[open]').waitFor();
    await team.keyboard.press('Escape');
    await team.keyboard.press('j');
    await key(team, 'p');
    assert.match(await said(team), /Une contribution publiée/);
    await key(team, 'u');
    assert.match(await said(team), /annulé/);
    for (const k of ['j', 'x', 'j', 'x', 'j', 'x']) await team.keyboard.press(k);
    assert.equal(await team.locator('.queue .box input:checked').count(), 3);
    await key(team, 'p');
    assert.match(await said(team), /3 contributions publiées/);
    assert.equal(await team.evaluate(() => document.activeElement.id), 'fait', 'the keyboard goes on from what was done');
    await key(team, 'u');
    assert.match(await said(team), /3 contributions sont comme avant/);
    for (const k of ['j', 'x', 'j', 'x', 'j', 'x']) await team.keyboard.press(k);
    await key(team, 'p');
    await team.keyboard.press('j');
    await team.keyboard.press('r');
    await team.keyboard.press('ArrowDown');
    await tabTo(team, '.queue details[open] textarea', 6);
    await key(team, 'Control+Enter');
    assert.match(await said(team), /Une contribution refusée/);
    quiet(team);
  });

  await test('the letters of the other actions answer once their panel is open, and Escape closes it', async () => {
    await team.goto(server.base + list('a-repondre'));
    const open = () => team.locator('.bulk details.pop[open]').count();
    const focused = () => team.evaluate(() => document.activeElement.id || document.activeElement.localName);
    await team.keyboard.press('j');
    for (const [letter, field] of [['h', 'lot-theme'], ['q', 'lot-quartier'], ['c', 'lot-personne'], ['e', 'lot-etat']]) {
      await team.keyboard.press('o');
      assert.deepEqual([await open(), await focused()], [1, 'summary'], 'no field takes the letters');
      await team.keyboard.press(letter);
      assert.equal(await focused(), field, letter);
      await team.keyboard.press('Escape');
      assert.deepEqual([await open(), await focused()], [0, 'summary'], 'Escape closes the panel');
    }
    await team.keyboard.press('o');
    await team.keyboard.press('e');
    await key(team, 'Control+Enter');
    assert.match(await said(team), /état/);
    await key(team, 'u');
    assert.match(await said(team), /comme avant/);
    quiet(team);
  });

  await test('several ideas get one answer, each its own', async () => {
    await team.goto(server.base + list('a-repondre'));
    for (const k of ['j', 'x', 'j', 'x']) await team.keyboard.press(k);
    await key(team, 'a');
    assert.match(await team.locator('h1').innerText(), /Répondre à 2 idées/);
    await press(team, '.actbar .btn-primary');
    await team.locator('textarea[aria-invalid=true]').waitFor();
    await team.locator('input[name=statut][value=accepted]').check({ force: true });
    await team.fill('textarea[name=texte]', 'Oui. Votre idée {numéro} est au programme du printemps.');
    await team.waitForFunction(() => /Votre idée \d+ est|Votre idée \{/.test(document.querySelector('#apercu').innerText));
    await press(team, '.actbar .btn-primary');
    assert.match(await team.locator('h1').innerText(), /2 réponses sont publiées/);
    const reader = await person(browser);
    await reader.goto(`${server.base}/reponses`);
    assert.match(await reader.locator('main').innerText(), /Votre idée \d+ est au programme/);
    await reader.leave();
    await press(team, 'button[value=defaire]');
    assert.match(await team.locator('main').innerText(), /2 contributions sont comme avant/);
    quiet(team);
  });

  await test('two people on one contribution: the second is told who came first', async () => {
    const owner = await as(browser, server, 'owner', { js: false });
    await owner.goto(`${server.base}/equipe/contributions/${numbers[3]}`);
    await team.goto(server.base + list('tout'));
    assert.match(await team.locator(`.queue li:has(a[href*="/${numbers[3]}?"]) .held`).first().innerText(), /l’a ouverte/);
    await team.goto(`${server.base}/equipe/contributions/${numbers[3]}`);
    const form = '.pair form:has(#f-statut)';
    if (await team.locator(form).count()) {
      await team.selectOption('#f-statut', 'under_consideration');
      await press(team, `${form} button`);
      assert.match(await team.locator('h1').innerText(), /deux sur cette contribution/);
      await press(team, 'button[name=quandmeme]');
      assert.match(await said(team), /L’état est changé/);
      await press(owner, `${form} button`);
      assert.match(await owner.locator('[role=alert]').innerText(), /l’a traitée à/);
    }
    quiet(team);
    await owner.leave();
  });

  await test('a template is written once and read by its author; a note reaches a colleague; filters are kept', async () => {
    await team.goto(`${server.base}/equipe/contributions/modeles`);
    await team.fill('input[name=titre]', 'Hors de la ville');
    await team.selectOption('select[name=motif]', 'off_topic');
    await team.fill('textarea[name=texte]', 'Bonjour {prénom}, la {numéro} parle d’une autre ville.');
    await press(team, 'main form button.btn-primary');
    assert.match(await team.locator('ul.lines').innerText(), /Bonjour Léa, la 1118/);
    await team.goto(`${server.base}/equipe/contributions/${numbers[3]}`);
    await team.fill('textarea[name=note]', '@Samira, qu’en dis-tu ?');
    await press(team, '#notes form:has(textarea) button');
    const owner = await as(browser, server, 'owner');
    await owner.goto(`${server.base}/equipe`);
    await press(owner, owner.locator('section[aria-labelledby=men] a').first());
    assert.match(await owner.locator('#notes').innerText(), /qu’en dis-tu/);
    await owner.goto(`${server.base}/equipe`);
    assert.equal(await owner.locator('section[aria-labelledby=men]').count(), 0, 'read, it goes');
    await owner.goto(`${server.base}/equipe/contributions?file=a-publier&confiee=personne`);
    await owner.locator('summary', { hasText: 'Enregistrer cette vue' }).click();
    await owner.fill('input[name=nom-vue]', 'Sans suivi');
    await owner.locator('input[name=partager]').check({ force: true });
    await press(owner, 'button:has-text("Enregistrer la vue")');
    await team.goto(`${server.base}/equipe/contributions`);
    await press(team, team.locator('a', { hasText: 'Sans suivi' }));
    assert.match(team.url(), /confiee=personne/);
    quiet(team);
    quiet(owner);
    await owner.leave();
  });

  await test('two ideas that say the same become one, and are two again', async () => {
    await team.goto(`${server.base}${list('a-repondre')}&projet=rivemont`);
    for (const k of ['j', 'x', 'j', 'x']) await team.keyboard.press(k);
    await team.locator('.bulk details.pop summary').last().click();
    await press(team, 'button[value=fusionner]');
    const ids = await team.locator('input[name=garde]').evaluateAll(all => all.map(e => e.value));
    const [kept, other] = ids;
    await press(team, 'main form button.btn-primary');
    assert.match(await said(team), /réunies/);
    const reader = await person(browser);
    await reader.goto(`${server.base}/idees/${other}`);
    assert.equal(new URL(reader.url()).pathname, `/idees/${kept}`, 'the old address leads to the idea kept');
    assert.equal(await reader.locator(`#n${other}`).count(), 1, 'its text and author are there');
    await key(team, 'u');
    assert.match(await said(team), /comme avant/);
    await reader.goto(`${server.base}/idees/${other}`);
    assert.equal(new URL(reader.url()).pathname, `/idees/${other}`);
    await reader.leave();
    quiet(team);
  });

  await test('decided, gone elsewhere, and taken back all the same, by keyboard', async () => {
    const writer = await person(browser);
    const texts = ['Un terrain de jeu au bord de l’eau.', 'Un terrain de jeu près de la rive.', 'Une piste de skate couverte.', 'Une piste de skate abritée.'];
    const four = [];
    for (const text of texts) four.push(await post(writer, server, { text, projet }));
    await writer.leave();
    for (const n of four) {
      await team.goto(`${server.base}/equipe/contributions/${n}?file=a-publier`);
      if (await team.locator('button[value=publier]').count()) await key(team, 'p');
    }
    // Two unions, from the page of one, with M, a number and Enter; the first is undone from the queue.
    for (const [kept, other] of [[four[0], four[1]], [four[2], four[3]]]) {
      await team.goto(`${server.base}/equipe/contributions/${kept}`);
      await team.keyboard.press('m');
      await team.keyboard.type(`n° ${other}`);
      await key(team, 'Enter');
      assert.match(await team.locator('h1').innerText(), /Fusionner 2 idées/);
      await team.locator(`input[name=garde][value="${kept}"]`).check({ force: true });
      await key(team, 'Control+Enter');
      assert.match(await said(team), /réunies/);
    }
    await team.goto(`${server.base}/equipe/contributions?file=traitees`);
    // Folded, so that the queue stays on the screen; beyond the newest three folded again.
    const folds = team.locator('details.more:has(button[value=defaire]) > summary');
    for (let i = 0; i < await folds.count(); i++) await folds.nth(i).click();
    const deeds = team.locator('details.more:has(form[action*="/fusion/"]) li');
    const first = deeds.filter({ hasText: 'terrain de jeu' }).filter({ has: team.locator('form[action*="/fusion/"]') });
    await first.locator('button').focus();
    await key(team, 'Enter');
    assert.match(await said(team), /comme avant/);
    const reader = await person(browser);
    await reader.goto(`${server.base}/idees/${four[1]}`);
    assert.equal(new URL(reader.url()).pathname, `/idees/${four[1]}`, 'the first is two again');
    await reader.goto(`${server.base}/idees/${four[3]}`);
    assert.equal(new URL(reader.url()).pathname, `/idees/${four[2]}`, 'the second stands');
    await reader.leave();
    // One status changed, the list visited, and taken back there with U; the way back keeps the filters.
    await team.goto(`${server.base}/equipe/contributions/${four[0]}?file=a-repondre&tri=recentes`);
    await team.selectOption('#f-statut', 'under_consideration');
    await press(team, 'form:has(#f-statut) button');
    assert.match(await said(team), /L’état est changé/);
    await press(team, 'a.back');
    assert.match(team.url(), /file=a-repondre&tri=recentes/);
    await key(team, 'u');
    assert.match(await said(team), /comme avant/);
    assert.match(team.url(), /file=a-repondre&tri=recentes/);
    // From one to the next and back, and the help of the page.
    await team.goto(`${server.base}${list('tout')}`);
    await press(team, team.locator('.queue .t a').first());
    const here = new URL(team.url()).pathname;
    await key(team, 'j');
    assert.notEqual(new URL(team.url()).pathname, here);
    await key(team, 'k');
    assert.equal(new URL(team.url()).pathname, here);
    await team.keyboard.press('?');
    assert.match(await team.locator('#keys-help[open]').innerText(), /réunir/);
    quiet(team);
  });

  await test('without a script: lines are ticked, given to somebody, and it is undone', async () => {
    const plain = await as(browser, server, 'administrator', { js: false });
    await plain.goto(server.base + list('tout'));
    await plain.locator('.queue .box input').first().check();
    await plain.locator('.bulk details.pop summary').last().click();
    await press(plain, 'button[value=confier]');
    assert.match(await said(plain), /est confiée/);
    await plain.goto(`${server.base}/equipe/contributions?confiee=moi`);
    assert.equal(await plain.locator('.queue > li').count(), 1);
    await plain.leave();
    await team.leave();
  });
}
