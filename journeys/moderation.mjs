// A listed word waits and says why, without JavaScript; a number is masked; a refused author replies once, one whose text
// three reports hid reads so; somebody is blocked, replies, and
// comes back; the public log waits for the end of the month and names nobody.
import assert from 'node:assert/strict';
import { as, post, press, publish } from './acts.mjs';
import { person } from './browser.mjs';
import { test } from './check.mjs';

const text = (page, what = 'main') => page.locator(what).first().innerText();

export async function moderation(browser, server) {
  const at = path => `${server.base}${path}`;
  const owner = await as(browser, server, 'owner', { js: false });
  const author = await person(browser, { js: false });
  let number;

  const list = async words => {
    await owner.goto(at('/equipe/reglages/moderation'));
    await owner.fill('#f-mots-fr', words);
    await press(owner, 'button[value=enregistrer]');
  };

  await test('a word list is tried, kept, and holds a text in disguise', async () => {
    await owner.goto(at('/equipe/reglages/moderation'));
    await owner.fill('#f-mots-fr', 'zigomar');
    await owner.fill('#f-exemple', 'Quel Z.1.G.O.M.A.R !');
    await press(owner, 'button[value=essayer]');
    assert.equal(await owner.locator('#essai mark').innerText(), 'Z.1.G.O.M.A.R');
    assert.equal(await owner.inputValue('#f-mots-fr'), 'zigomar', 'what was typed is kept');
    await press(owner, 'button[value=enregistrer]');
    number = await post(author, server, { text: 'Ce z i g 0 m @ r gare son camion devant l’école.' });
    await owner.goto(at(`/equipe/contributions/${number}`));
    assert.match(await text(owner), /mot de la liste.: zigomar/);
  });

  await test('a refused author replies once, and the team changes its mind', async () => {
    await owner.locator('#refuser select').selectOption('hurtful');
    await press(owner, '#refuser button');
    await author.goto(at(`/idees/${number}`));
    await press(author, `a[href="/contributions/${number}/repondre"]`);
    await author.fill('#f-reponse', 'C’est le nom du magasin.');
    await press(author, 'main form button.btn-primary');
    assert.match(await text(author), /Vous avez répondu/);
    assert.equal(await author.locator('textarea').count(), 0, 'one reply');
    await owner.goto(at('/equipe/contributions?file=signalees'));
    assert.match(await text(owner, `.queue li:has(a[href^="/equipe/contributions/${number}?"])`), /nom du magasin/);
    await publish(owner, server, number);
    await author.goto(at(`/idees/${number}`));
    assert.match(await text(author, 'main article'), /camion/);
  });

  await test('a text with a number waits, goes online without it, and its author reads that', async () => {
    await list('');
    const held = await post(author, server, { text: 'Des trottinettes partout. Appelez-moi au 06 00 00 00 00.' });
    await owner.goto(at('/equipe/contributions?file=a-verifier'));
    const line = `.queue li:has(a[href^="/equipe/contributions/${held}?"])`;
    assert.match(await text(owner, line), /À vérifier[\s\S]*Publier sans les coordonnées/);
    await press(owner, `button[name=sans-numero][value="${held}"]`);
    await author.goto(at(`/idees/${held}`));
    assert.match(await text(author), /Appelez-moi au \[téléphone\][\s\S]*sans le numéro/);
  });

  await test('three reports hide a text: its author reads that it will be read again, then why it stays hidden', async () => {
    for (let n = 0; n < 3; n += 1) {
      const reader = await person(browser, { js: false });
      await reader.goto(at(`/contributions/${number}/signaler`));
      await reader.locator('input[name=raison][value=hurtful]').check();
      await press(reader, 'main form[action*="/signaler"] button');
      await reader.leave();
    }
    await author.goto(at(`/idees/${number}`));
    assert.match(await text(author), /Trois personnes ont signalé ce texte/);
    await owner.goto(at(`/equipe/contributions/${number}`));
    await owner.locator('#masquer select').selectOption('recognisable');
    await owner.fill('#f-pourquoi', 'On y reconnaît un commerçant.');
    await press(owner, '#masquer button[value=masquer]');
    await author.goto(at(`/idees/${number}`));
    assert.match(await text(author), /On y reconnaît un commerçant/);
    await press(owner, 'button[value=remettre]');
  });

  await test('somebody blocked reads why, replies, keeps the text, and comes back', async () => {
    await list('');
    await owner.goto(at(`/equipe/contributions/${number}`));
    await owner.locator('#blocage summary').click();
    await owner.fill('#f-blocage', 'Des insultes dans trois textes.');
    await press(owner, 'button[value=bloquer]');
    await author.goto(at('/deposer'));
    await author.fill('textarea[name=idee]', 'Encore une idée.');
    await press(author, 'main button.btn-primary');
    assert.match(await text(author), /Des insultes dans trois textes[\s\S]*Encore une idée/);
    await author.fill('#f-reponse', 'Je présente mes excuses.');
    await press(author, 'main form button.btn-primary');
    await owner.goto(at(`/equipe/contributions/${number}`));
    assert.match(await text(owner, '#blocage'), /mes excuses/);
    await owner.goto(at('/equipe/personnes'));
    await press(owner, 'main a[href="/equipe/personnes/blocages"]');
    assert.match(await text(owner), /Réponse à lire[\s\S]*mes excuses/);
    await owner.goto(at(`/equipe/contributions/${number}`));
    await press(owner, 'button[value=lever]');
    await post(author, server, { text: 'Une autre idée, plus aimable.' });
  });

  await test('the public log shows no month that still runs, and names nobody', async () => {
    const nobody = await person(browser);
    await nobody.goto(at('/'));
    await press(nobody, 'footer a[href="/moderation"]');
    const shown = await text(nobody);
    assert.match(shown, /Le mois en cours se lit quand il est terminé/);
    assert.doesNotMatch(shown, /zigomar|camion|magasin/i);
    const file = await nobody.context().request.get(at('/moderation.csv'));
    assert.equal(file.status(), 200);
    assert.doesNotMatch(await file.text(), /;Réponses d’auteurs;/, 'the replies are of this month');
    await nobody.leave();
  });
  await author.leave();
  await owner.leave();
}
