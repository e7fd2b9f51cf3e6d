// Every page of both sides, with the states reached by a click. Each is looked at by axe, and its first visit weighed.
//
// `name`; `side` (`public` or `team`: limits differ); `as` (role of the demo; nobody when absent); `on` (`demo` when
// absent, or `empty` before the set-up); then `path`, or `from` and `link` (the first link of a page that matches), and
// `query` to add; then `act`, what is done before looking. Without `act` the page's weight is measured too.
import { address, answer, as, confirm, mailTo, post, press, publish } from './acts.mjs';
import { person } from './browser.mjs';
import { enter, twice } from './people.mjs';
import { until } from './server.mjs';
import { OFFICE, bring } from './import.mjs';
import { desk as deskStates, signIn } from './states.mjs';

const js = page => page.evaluate(() => document.querySelectorAll('form').forEach(f => { f.noValidate = true; }));
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const project = { from: '/projets', link: 'main a[href^="/projets/"]' };
const idea = { from: '/idees', link: 'article.idea h3 a' };
const commented = { from: '/idees', link: 'article.idea a[href$="#commentaires"]' };

async function sign(page, text, mail) {
  await page.fill('textarea[name=idee]', text);
  await press(page, 'main button.btn-primary');
  if (mail !== undefined) await page.fill('input[name=courriel]', mail);
}

/** A mail of the outbox with a link to `part`, read by an owner in another window: the link's address. */
async function linkOfMail(browser, server, part) {
  const owner = await as(browser, server, 'owner');
  await owner.goto(`${server.base}/equipe/reglages/envois`);
  const hrefs = await owner.locator('ul.lines a[href*="/envois/"]').evaluateAll(all => all.map(a => a.href));
  for (const href of hrefs) {
    await owner.goto(href);
    const text = await owner.locator('pre').first().textContent({ timeout: 1_000 }).catch(() => '');
    const link = text.match(new RegExp(`http://\\S+${part}\\S+`))?.[0];
    if (link) {
      await owner.leave();
      return link;
    }
  }
  // None yet: somebody's idea gets its answer, and the mail that tells them.
  const author = await person(browser);
  const mail = address('suivi');
  const number = await post(author, server, { text: 'Des bacs à fleurs devant la gare.', name: 'Suzanne', mail });
  await confirm(author, owner, server, mail);
  await publish(owner, server, number);
  await answer(owner, server, number, 'Oui, dès le printemps. Les bacs viennent de la pépinière.');
  const { text } = await mailTo(owner, server, mail, new RegExp(part));
  await author.leave();
  await owner.leave();
  return text.match(new RegExp(`http://\\S+${part}\\S+`))[0];
}

/** The way to say "it was not me" of the newest mail to an address. */
async function notMeLink(browser, server, who) {
  const owner = await as(browser, server, 'owner');
  const { text } = await mailTo(owner, server, who);
  await owner.leave();
  return text.match(/http:\/\/\S+\/pas-moi/)[0];
}

async function notMe(page, server, browser) {
  const who = address('pas.moi');
  await page.fill('input[name=courriel]', who);
  await press(page, 'main form button.btn-primary');
  await page.goto(await notMeLink(browser, server, who));
}

/** An idea of this window, decided on by an owner in another one. */
async function decidedOn(page, server, browser, text, decide) {
  const number = await post(page, server, { text });
  const owner = await as(browser, server, 'owner');
  await owner.goto(`${server.base}/equipe/contributions/${number}`);
  await decide(owner);
  await owner.leave();
  return number;
}

async function refused(page, server, browser) {
  const number = await decidedOn(page, server, browser, 'Une idée qui sera refusée.', async owner => {
    if (!await owner.locator('#refuser').count()) await press(owner, 'button[value=masquer]');
    else await press(owner, '#refuser button');
  });
  await page.goto(`${server.base}/contributions/${number}/repondre`);
}

async function suspended(page, server, browser) {
  await decidedOn(page, server, browser, 'Des mots qui mènent à un blocage.', async owner => {
    await owner.locator('#blocage summary').click();
    await owner.fill('#f-blocage', 'Des insultes, malgré deux avertissements.');
    await press(owner, 'button[value=bloquer]');
  });
  await page.goto(`${server.base}/suspension`);
}

const citizens = [
  { name: 'accueil', path: '/' },
  { name: 'accueil-anglais', path: '/', act: page => press(page, 'footer button[name=langue][value=en]') },
  { name: 'projets', path: '/projets' },
  { name: 'donnees', path: '/donnees' },
  { name: 'projet', ...project },
  { name: 'suivre-consultation', ...project, act: page => press(page, '#suivre a') },
  { name: 'suivre-consultation-erreur', ...project, act: async page => {
    await press(page, '#suivre a');
    await js(page);
    await press(page, 'main form .btn-primary');
    await page.locator('[aria-invalid=true]').waitFor();
  } },
  { name: 'projet-suivi', as: 'citizen', ...project, act: async page => {
    if (await page.locator('#suivre button[aria-pressed=false]').count()) await press(page, '#suivre button');
    await page.locator('#suivre button[aria-pressed=true]').waitFor();
  } },
  { name: 'projet-deuxieme', ...project, nth: 1 },
  { name: 'projet-troisieme', ...project, nth: 2 },
  { name: 'projet-filtre', ...project, query: 'q=velo&tri=soutenues' },
  { name: 'projet-vide', ...project, query: 'q=zzzzzz' },
  { name: 'idees', path: '/idees' },
  { name: 'idees-page-2', path: '/idees?page=2' },
  { name: 'idees-soutenue', path: '/idees', act: async page => {
    await page.locator('article.idea button[data-support]').first().click();
    await page.locator('article.idea button[data-support][aria-pressed=true]').first().waitFor();
  } },
  { name: 'reponses', path: '/reponses' },
  { name: 'api', path: '/api' },
  { name: 'moderation', path: '/moderation' },
  { name: 'suspendu', path: '/deposer', act: suspended },
  { name: 'recours', path: '/deposer', act: refused },
  { name: 'recours-vide', path: '/deposer', act: async (page, server, browser) => {
    await refused(page, server, browser);
    await js(page);
    await press(page, 'main form button.btn-primary');
    await page.locator('[aria-invalid=true]').waitFor();
  } },

  { name: 'idee', ...idea },
  { name: 'idee-repondue', from: '/reponses', link: 'main a[href^="/idees/"]' },
  { name: 'idee-commentaires', ...commented },
  { name: 'idee-soutenue', ...commented, act: async page => {
    await page.locator('aside button[data-support]').first().evaluate(b => b.click());
    await page.locator('button[data-support][aria-pressed=true]').first().waitFor({ state: 'attached' });
  } },
  { name: 'idee-commentaire-poste', ...commented, act: async page => {
    await page.locator('form[action*="/commenter"] textarea').first().fill('Merci pour cette idée, elle servira à tout le quartier.');
    await press(page, 'form[action*="/commenter"] button.btn-primary');
  } },
  { name: 'idee-commentaire-vide', ...commented, act: async page => {
    await js(page);
    await press(page, 'form[action*="/commenter"] button.btn-primary');
    await page.locator('textarea[aria-invalid=true]').first().waitFor();
  } },
  { name: 'idee-reponse-vide', ...commented, act: async page => {
    await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
    await js(page);
    await press(page, 'article.comment details form[action*="/commenter"] button.btn-primary');
    await page.locator('article.comment textarea[aria-invalid=true]').first().waitFor();
  } },
  { name: 'idee-signalee', ...idea, act: async page => {
    await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
    await page.locator('.after form[action*="/signaler"] input[name=raison]').nth(2).evaluate(radio => radio.click());
    await press(page, '.after form[action*="/signaler"] button');
  } },
  { name: 'signaler', from: commented, link: 'a[href*="/signaler"]' },
  { name: 'signaler-sans-raison', from: commented, link: 'a[href*="/signaler"]', act: async page => {
    await js(page);
    await press(page, 'main form[action*="/signaler"] button');
    await page.locator('#e-raison').waitFor();
  } },
  { name: 'integrer', path: '/integrer' },
  { name: 'deposer', path: '/deposer' },
  { name: 'deposer-vide', path: '/deposer', act: async page => {
    await js(page);
    await press(page, 'main button.btn-primary');
    await page.locator('[aria-invalid=true]').waitFor();
  } },
  { name: 'deposer-ferme', path: '/deposer', closed: true, act: async () => {} },
  { name: 'deposer-2', path: '/deposer', act: page => sign(page, 'Une piste cyclable entre la gare et le collège, et une navette le jour du marché.') },
  { name: 'deposer-2-erreur', path: '/deposer', act: async page => {
    await sign(page, 'Des arbres place de l’Église.', 'pas-une-adresse');
    await js(page);
    await press(page, 'button[form=f].btn-primary');
    await page.locator('input[name=courriel][aria-invalid=true]').waitFor();
  } },
  { name: 'merci', path: '/deposer', act: async page => {
    await sign(page, 'Des arbres place de l’Église, trois suffiraient.', address('merci'));
    await press(page, 'button[form=f].btn-primary');
  } },
  { name: 'idee-mienne', path: '/deposer', act: async page => {
    await sign(page, 'Une fontaine au terrain de boules.', '');
    await press(page, 'button[form=f].btn-primary');
    await press(page, page.locator('main a[href*="/idees/"]').last());
  } },
  { name: 'idee-retiree', path: '/deposer', act: async page => {
    await sign(page, 'Une idée que je retire aussitôt.', '');
    await press(page, 'button[form=f].btn-primary');
    await press(page, page.locator('main a[href*="/idees/"]').last());
    await press(page, 'form[action*="/retirer"] button.btn-second');
  } },
  { name: 'suivre-sans-session', ...idea, act: page => press(page, 'a[href*="/suivre"]') },
  { name: 'suivre-sans-session-erreur', ...idea, act: async page => {
    await press(page, 'a[href*="/suivre"]');
    await js(page);
    await press(page, 'main form button.btn-primary');
    await page.locator('[aria-invalid=true]').waitFor();
  } },
  { name: 'idee-partager', ...idea, act: page => page.locator('summary[data-share]').click() },
  { name: 'idee-plus-recents', ...commented, query: 'ordre=recents' },
  { name: 'confirmer-soutiens', path: '/idees', act: async page => {
    await page.locator('article.idea button[data-support]').first().click();
    await press(page, page.locator('a[href^="/confirmer-mes-soutiens"]:visible').first());
  } },
  { name: 'confirmer-soutiens-erreur', path: '/idees', act: async page => {
    await page.locator('article.idea button[data-support]').first().click();
    await press(page, page.locator('a[href^="/confirmer-mes-soutiens"]:visible').first());
    await js(page);
    await press(page, 'main form button.btn-primary');
    await page.locator('[aria-invalid=true]').waitFor();
  } },
  { name: 'confirmer-soutiens-rien', path: '/confirmer-mes-soutiens' },
  { name: 'connexion', path: '/connexion' },
  { name: 'connexion-erreur', path: '/connexion', act: async page => {
    await page.fill('input[name=courriel]', 'lea');
    await js(page);
    await press(page, 'main form button.btn-primary');
    await page.locator('[aria-invalid=true]').waitFor();
  } },
  { name: 'connexion-code', path: '/connexion', act: async page => {
    await page.fill('input[name=courriel]', address('code'));
    await press(page, 'main form button.btn-primary');
  } },
  { name: 'connexion-code-faux', path: '/connexion', act: async page => {
    await page.fill('input[name=courriel]', address('faux'));
    await press(page, 'main form button.btn-primary');
    await page.fill('input[name=code]', '000000');
    await press(page, 'main form button.btn-primary');
    await page.locator('[aria-invalid=true]').waitFor();
  } },
  { name: 'connexion-code-mort', path: '/connexion', act: async page => {
    await page.fill('input[name=courriel]', address('mort'));
    await press(page, 'main form button.btn-primary');
    for (let i = 0; i < 5; i++) {
      await page.fill('input[name=code]', '000000');
      await press(page, 'main form button.btn-primary');
    }
    await page.locator('button[name=renvoyer].btn-primary').waitFor();
  } },
  { name: 'connexion-pas-moi', path: '/connexion', act: notMe },
  { name: 'connexion-pas-moi-fait', path: '/connexion', act: async (page, server, browser) => {
    await notMe(page, server, browser);
    await press(page, 'main form button.btn-primary');
  } },
  { name: 'adresse-effacer', path: '/deposer', act: async (page, server, browser) => {
    const who = address('efface');
    await post(page, server, { text: 'Un composteur derrière le gymnase.', name: 'Basile', mail: who });
    await page.goto(await notMeLink(browser, server, who));
  } },
  { name: 'connexion-lien', path: server => server.links.citizen },
  { name: 'connexion-lien-use', path: '/connexion', act: async (page, server, browser) => {
    const who = address('use');
    await page.fill('input[name=courriel]', who);
    await press(page, 'main form button.btn-primary');
    const owner = await as(browser, server, 'owner');
    const { link } = await mailTo(owner, server, who);
    await owner.leave();
    const elsewhere = await person(browser);
    await elsewhere.goto(link);
    await press(elsewhere, 'main form button.btn-primary');
    await elsewhere.leave();
    await page.goto(link);
    await page.locator('button[name=renvoyer]').waitFor();
  } },
  { name: 'mon-espace', as: 'citizen', path: '/mon-espace' },
  { name: 'mon-espace-effacer', as: 'citizen', path: '/mon-espace/effacer' },
  { name: 'mon-espace-effacer-erreur', as: 'citizen', path: '/mon-espace/effacer', act: async page => {
    await js(page);
    await page.evaluate(() => document.querySelectorAll('[required]').forEach(f => f.removeAttribute('required')));
    await press(page, 'form[action="/mon-espace/effacer"] .btn-bad');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'mon-espace-accord-retire', as: 'citizen', path: '/mon-espace', act: async page => {
    const take = page.locator('form[action="/mon-espace/accords"] button[value=retirer]').first();
    if (await take.count()) await press(page, take);
  } },
  { name: 'desabonnement', path: '/', act: async (page, server, browser) => { await page.goto(await linkOfMail(browser, server, '/desabonnement/')); } },
  { name: 'desabonnement-fait', path: '/', act: async (page, server, browser) => {
    await page.goto(await linkOfMail(browser, server, '/desabonnement/'));
    await press(page, 'main form button');
  } },
  { name: 'rythme', path: '/', act: async (page, server, browser) => { await page.goto(await linkOfMail(browser, server, '/rythme/')); } },
  { name: 'rythme-fait', path: '/', act: async (page, server, browser) => {
    await page.goto(await linkOfMail(browser, server, '/rythme/'));
    // Another page stopped these letters meanwhile: then there is nothing to press.
    if (await page.locator('main form button').count()) await press(page, 'main form button');
  } },
  ...['aide', 'facile-a-lire', 'participer-sur-papier', 'charte', 'accessibilite', 'donnees-personnelles', 'mentions-legales', 'parvis']
    .map(slug => ({ name: `page-${slug}`, path: `/pages/${slug}` })),
  { name: 'refus-inconnue', path: '/nulle-part' },
  { name: 'refus-role', as: 'citizen', path: '/equipe' },
  { name: 'refus-lien', path: '/connexion/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
  { name: 'refus-formulaire', path: '/deposer', act: async page => {
    await page.fill('textarea[name=idee]', 'Un texte gardé');
    await page.context().clearCookies();
    await press(page, 'main button.btn-primary');
  } },
  ...signIn,
];

const waiting = { from: '/equipe/contributions?file=a-publier', link: '.queue .t a' };
const toAnswer = { from: '/equipe/contributions', link: 'a[href*="/repondre"]' };
const desk = { from: '/equipe/projets', link: 'main a[href^="/equipe/projets/"]:not([href$="/nouveau"])' };
const settings = ['', '/couleur', '/langues', '/courriel', '/etats', '/pages', '/envois', '/equipe', '/quartiers', '/webhooks', '/recensement', '/moderation', '/sauvegardes', '/conservation', '/licence'];

const team = [
  { name: 'equipe', path: '/equipe' },
  { name: 'contributions', path: '/equipe/contributions' },
  ...[1, 2, 3, 4].map(nth => ({ name: `contributions-vue-${nth + 1}`, from: '/equipe/contributions', link: 'nav.seg a', nth })),
  { name: 'recherche', path: '/equipe/recherche?q=v%C3%A9lo' },
  { name: 'recherche-page', path: '/equipe/recherche?q=logo' },
  { name: 'recherche-rien', path: '/equipe/recherche?q=zzzzzz' },
  { name: 'contributions-toutes', path: '/equipe/contributions?file=toutes&q=v%C3%A9lo' },
  { name: 'projets-cherches', path: '/equipe/projets?q=rivemont' },
  { name: 'contributions-rien', path: '/equipe/contributions?q=zzzzzz' },
  { name: 'contributions-choisies', path: '/equipe/contributions?file=a-publier', act: async page => {
    await page.locator('.queue .box input').first().check({ force: true });
    await page.locator('.bulk').waitFor();
  } },
  { name: 'contributions-autres-actions', path: '/equipe/contributions?file=a-publier', act: async page => {
    await page.locator('.queue .box input').first().check({ force: true });
    await page.locator('.bulk details.pop summary').last().click();
  } },
  { name: 'contributions-raccourcis', path: '/equipe/contributions', act: async page => {
    await page.keyboard.press('?');
    await page.locator('#keys-help[open]').waitFor();
  } },
  { name: 'blocages', path: '/equipe/personnes/blocages' },
  { name: 'recus', path: '/equipe/personnes/recus' },
  { name: 'modeles', path: '/equipe/contributions/modeles' },
  { name: 'modeles-erreur', path: '/equipe/contributions/modeles', act: async page => {
    await js(page);
    await press(page, 'main form button.btn-primary');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'fusion', path: '/equipe/contributions?file=a-repondre', act: async page => {
    for (const n of [0, 1]) await page.locator('.queue .box input').nth(n).check({ force: true });
    await page.locator('.bulk details.pop summary').last().click();
    await press(page, '.bulk button[value=fusionner]');
  } },
  { name: 'lot-demande', path: '/equipe/contributions?file=a-repondre', act: async page => {
    await page.locator('.queue .box input').first().check({ force: true });
    await press(page, '.bulk button[value=repondre]');
    await page.locator('#rep-f').waitFor();
  } },
  { name: 'lot-fait', path: '/equipe/contributions?file=a-repondre', act: async page => {
    await page.locator('.queue .box input').first().check({ force: true });
    await page.locator('.bulk details.pop summary').last().click();
    await press(page, '.bulk button[value=confier]');
    await page.locator('[role=status]').first().waitFor();
  } },
  { name: 'contributions-publiee', path: '/equipe/contributions?file=a-publier', act: async page => {
    await press(page, '.queue button[name=publier]');
    await page.locator('[role=status]').first().waitFor();
  } },
  { name: 'contributions-gestes', path: '/equipe/contributions?file=a-publier&genre=idees', act: async page => {
    // Not the first, which another window publishes.
    await press(page, page.locator('.queue button[name=publier]').last());
    await press(page, '.seg a[href*="file=a-repondre"]');
    await page.locator('details.more:has(button[value=defaire]) > summary').first().click();
    await page.locator('details.more[open] button[value=defaire]').first().waitFor();
  } },
  { name: 'contributions-raccourcis-coupes', path: '/equipe/contributions', act: async page => {
    await page.keyboard.press('?');
    await press(page, '#keys-help button[value=off]');
  } },
  { name: 'contribution-attend', ...waiting },
  { name: 'contribution-en-ligne', from: '/equipe/contributions', link: '.queue li:has(a[href*="/repondre"]) .t a' },
  { name: 'contribution-blocage-vide', ...waiting, act: async page => {
    // A text that nobody signed blocks nobody: the next in the queue may have somebody.
    for (let i = 0; i < 12 && !await page.locator('#blocage').count(); i++) await press(page, 'a[data-key=j]');
    await page.locator('#blocage summary').click();
    await js(page);
    await press(page, 'button[value=bloquer]');
    await page.locator('#f-blocage[aria-invalid=true]').waitFor();
  } },
  { name: 'reglages-moderation-essai', path: '/equipe/reglages/moderation', act: async page => {
    await page.fill('#f-mots-fr', 'zigomar');
    await page.fill('#f-exemple', 'Quel z.1.g.o.m.a.r, ce zigomar.');
    await press(page, 'button[value=essayer]');
    await page.locator('#essai mark').first().waitFor();
  } },
  { name: 'reglages-moderation-erreur', path: '/equipe/reglages/moderation', act: async page => {
    await page.fill('#f-heures', '0');
    await js(page);
    await press(page, 'button[value=enregistrer]');
    await page.locator('#f-heures[aria-invalid=true]').waitFor();
  } },
  { name: 'contribution-refus-vide', ...waiting, act: async page => {
    await page.locator('#refuser select').selectOption({ index: 0 });
    await press(page, '#refuser button');
  } },
  { name: 'repondre', ...toAnswer },
  { name: 'repondre-vide', ...toAnswer, act: async page => {
    await js(page);
    await press(page, '.actbar .btn-primary');
    await page.locator('textarea[aria-invalid=true]').waitFor();
  } },
  { name: 'repondre-relecture-vide', ...toAnswer, act: async page => {
    await press(page, 'button[formaction*="/relecture"]');
    await page.locator('#f-relecture[aria-invalid=true]').waitFor();
  } },
  { name: 'repondre-autre-signataire', ...toAnswer, act: async page => {
    await page.selectOption('#f-qui', '');
    await page.locator('details:has(#f-signataire) summary').click();
  } },
  { name: 'repondu', ...toAnswer, act: async page => {
    await page.locator('input[name=statut][value=accepted]').check({ force: true });
    await page.fill('textarea[name=texte]', 'Oui, au printemps. Nous vous dirons la date.');
    await press(page, '.actbar .btn-primary');
    await page.locator('form[action$="/repondre/annuler"]').waitFor();
  } },
  { name: 'equipe-projets', path: '/equipe/projets' },
  { name: 'equipe-projet', ...desk },
  { name: 'equipe-projet-deuxieme', ...desk, nth: 1 },
  { name: 'equipe-projet-phase-montee', ...desk, act: async page => {
    await page.locator('details.phase summary').nth(1).click();
    await press(page, 'button[name=haut][value="1"]');
    await page.locator('#deplacee').waitFor();
  } },
  { name: 'equipe-projet-retrait', ...desk, act: async page => {
    await page.locator('input[name=etat][value=draft]').check({ force: true });
    await press(page, '.actbar .btn-primary');
    await page.locator('#retrait').waitFor();
  } },
  { name: 'equipe-projet-copie', ...desk, act: page => press(page, 'a[href*="?copie="]') },
  { name: 'equipe-projet-fichiers', ...desk, act: async page => {
    await press(page, 'a[href$="/fichiers"]');
    await page.setInputFiles('input[name=fichier]', { name: 'Place.png', mimeType: 'image/png', buffer: PIXEL });
    await page.fill('form[enctype] input[name=mots]', 'La place un jour de marché');
    await press(page, 'form[enctype] button');
    await page.locator('img.thumb').first().waitFor();
  } },
  { name: 'equipe-projet-fichier-refuse', ...desk, act: async page => {
    await press(page, 'a[href$="/fichiers"]');
    await page.setInputFiles('input[name=fichier]', { name: 'outil.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') });
    await press(page, 'form[enctype] button');
    await page.locator('#e-fichier').waitFor();
  } },
  { name: 'saisir', path: '/equipe/contributions/saisir' },
  { name: 'saisir-soutien', path: '/equipe/contributions/saisir?quoi=soutien' },
  { name: 'saisir-feuilles', path: '/equipe/contributions/saisir/feuilles' },
  { name: 'saisir-erreur', path: '/equipe/contributions/saisir/feuilles', act: async page => {
    await js(page);
    await press(page, '[data-key=save]');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'saisir-proches', path: '/equipe/contributions/saisir', act: async page => {
    const list = async what => (await (await page.context().request.get(new URL(`/api/v1/${what}`, page.url()).href)).json()).data;
    const [one] = await list('ideas?limit=1');
    const flat = text => text.replace(/[\s’']+/g, ' ').trim();
    const title = flat((await list('projects')).find(x => x.slug === one.project).title);
    const options = await page.locator('select[name=projet] option').allInnerTexts();
    await page.selectOption('select[name=projet]', { index: options.findIndex(t => flat(t) === title) });
    await page.fill('textarea[name=idee]', `${one.title}. ${one.text}`);
    await page.check('input[name=accord]');
    await press(page, '[data-key=save]');
    await page.locator('#proches').waitFor();
  } },
  { name: 'saisir-faite', path: '/equipe/contributions/saisir/feuilles', act: async page => {
    await page.fill('textarea[name=idee]', `Xylophone sur la place ${Math.random()}`);
    await page.check('input[name=accord]');
    await press(page, '[data-key=save]');
    if (await page.locator('[name=quand-meme]').count()) await press(page, '[name=quand-meme]');
    await page.locator('#dernieres form').first().waitFor();
  } },
  { name: 'equipe-projet-langues', ...desk, act: page => press(page, 'a[href$="/langues"]') },
  { name: 'equipe-projet-langues-faites', ...desk, act: async page => {
    await press(page, 'a[href$="/langues"]');
    await page.fill('input[name=en-title]', 'Getting around');
    await press(page, 'main form .btn-primary');
  } },
  { name: 'equipe-projet-apercu', ...desk, act: page => press(page, 'a[href$="/apercu/public"]') },
  { name: 'equipe-projet-apercu-anglais', ...desk, act: async page => {
    await press(page, 'a[href$="/apercu/public"]');
    await press(page, '#apercu a[href*="langue=en"]');
  } },
  { name: 'equipe-liens', path: '/equipe/liens' },
  { name: 'equipe-integrer', path: '/equipe/liens/integrer' },
  { name: 'equipe-integrer-erreur', path: '/equipe/liens/integrer', act: async page => {
    await page.fill('textarea[name=sites]', 'http://rivemont.fr; script-src *');
    await press(page, 'form[method=post] .btn-primary');
    await page.locator('[aria-invalid=true]').waitFor();
  } },
  { name: 'equipe-liens-erreur', path: '/equipe/liens', act: async page => {
    await page.fill('input[name=nom]', 'é'.repeat(90));
    await press(page, '#nouveau form button.btn-primary');
    await page.locator('[aria-invalid=true]').waitFor();
  } },
  { name: 'equipe-lien', path: '/equipe/liens', act: async page => {
    await page.fill('input[name=lieu]', 'Gare');
    await press(page, '#nouveau form button.btn-primary');
  } },
  { name: 'equipe-lien-arrete', path: '/equipe/liens', act: async page => {
    await page.fill('input[name=lieu]', 'Halles');
    await press(page, '#nouveau form button.btn-primary');
    await press(page, 'button[value=arreter]');
    await page.locator('button[value=reprendre]').waitFor();
  } },
  { name: 'equipe-projet-nouveau', path: '/equipe/projets/nouveau' },
  { name: 'equipe-projet-erreurs', path: '/equipe/projets/nouveau', act: async page => {
    await js(page);
    const add = page.locator('button[name=ajouter]');
    if (await add.count()) await press(page, add);
    await js(page);
    await press(page, '.actbar .btn-primary');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'analyse', path: '/equipe/analyse' },
  { name: 'analyse-textes', from: '/equipe/analyse', link: 'a[href^="/equipe/analyse/themes/"]' },
  ...settings.map(path => ({ name: `reglages${path.replace('/', '-')}`, path: `/equipe/reglages${path}` })),
  { name: 'reglages-erreur', path: '/equipe/reglages', act: async page => {
    await page.fill('input[name=name]', '');
    await page.fill('input[name=contact]', 'pas une adresse');
    await js(page);
    await press(page, 'main form .btn-primary');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'reglages-couleur-essayee', path: '/equipe/reglages/couleur', act: async page => {
    await page.fill('input[name=couleur]', '#FFD400');
    await until(async () => /FFD400/i.test(await page.locator('#apercu').innerText()), 'the preview of the colour');
  } },
  { name: 'reglages-gestes', path: '/equipe/reglages/couleur', act: async page => {
    await page.fill('input[name=couleur]', '#1F5FA8');
    await press(page, 'form[action="/equipe/reglages/couleur"] > .row .btn-primary');
    await page.locator('#gestes').waitFor();
  } },
  // After the other one: of two changes of the colour only the newer can be taken back.
  { name: 'reglages-geste-annule', last: 1, path: '/equipe/reglages/couleur', act: async page => {
    await page.fill('input[name=couleur]', '#7A3E9D');
    await press(page, 'form[action="/equipe/reglages/couleur"] > .row .btn-primary');
    await press(page, '#gestes li:first-child button');
    await until(async () => !/7A3E9D/i.test(await page.inputValue('input[name=couleur]')), 'the colour of before');
  } },
  { name: 'reglages-courriel-erreur', path: '/equipe/reglages/courriel', act: async page => {
    await page.fill('input[name=host]', 'mail.example');
    await page.fill('input[name=from]', '');
    await page.fill('input[name=port]', 'beaucoup');
    await js(page);
    await press(page, 'form[action="/equipe/reglages/courriel"] .btn-second');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'reglages-heures-erreur', path: '/equipe/reglages/courriel', act: async page => {
    await page.fill('input[name=debut]', '21:00');
    await page.fill('input[name=fin]', '21:00');
    await js(page);
    await press(page, 'form[action$="/heures"] button');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'reglages-courriel-domaine', path: '/equipe/reglages/courriel', act: async page => {
    await press(page, 'form[action$="/domaine"] button');
    await page.locator('#domaine li').first().waitFor();
  } },
  { name: 'reglages-licence-erreur', path: '/equipe/reglages/licence', act: async page => {
    await page.check('input[value=own]');
    await press(page, 'form[action$="/licence"] button.btn-primary');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'reglages-page', from: '/equipe/reglages/pages', link: 'td a[href*="/equipe/reglages/pages/"]' },
  { name: 'reglages-envoi', path: '/equipe/reglages/envois', act: async (page, server, browser) => {
    const somebody = await person(browser);
    await somebody.goto(`${server.base}/connexion`);
    await somebody.fill('input[name=courriel]', address('envoi'));
    await press(somebody, 'main form button.btn-primary');
    await somebody.leave();
    await page.reload();
    await press(page, 'ul.lines a[href*="/envois/"]');
  } },
  { name: 'reglages-envoi-lu', path: '/equipe/reglages/envois', act: async (page, server, browser) => {
    const somebody = await person(browser);
    await somebody.goto(`${server.base}/connexion`);
    await somebody.fill('input[name=courriel]', address('lu'));
    await press(somebody, 'main form button.btn-primary');
    await somebody.leave();
    await page.reload();
    await press(page, 'ul.lines a[href*="/envois/"]');
    await press(page, 'form[action$="/lire"] button');
    await page.locator('pre.plain').waitFor();
  } },
  { name: 'reglages-administration', as: 'administrator', path: '/equipe/reglages' },
  { name: 'reglages-courriel-administration', as: 'administrator', path: '/equipe/reglages/courriel' },
  { name: 'reglages-conservation-erreur', path: '/equipe/reglages/conservation', act: async page => {
    await page.fill('input[name=journal]', '3');
    await press(page, 'form .btn-second[name=essayer]');
  } },
  { name: 'reglages-sauvegarde-demandee', path: '/equipe/reglages/sauvegardes', act: page => press(page, 'form[action$="/maintenant"] button, form[action$="/maintenant"] a') },
  { name: 'reglages-equipe-erreur', path: '/equipe/reglages/equipe', act: async page => {
    await js(page);
    await press(page, 'form[action$="/inviter"] button');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'reglages-equipe-invitee', path: '/equipe/reglages/equipe', act: async page => {
    await page.fill('form[action$="/inviter"] input[name=courriel]', address('equipe'));
    await page.fill('form[action$="/inviter"] input[name=nom]', 'Inès Martin');
    await page.locator('form[action$="/inviter"] input[value=analyst]').check({ force: true });
    await press(page, 'form[action$="/inviter"] button');
    await page.locator('[role=status]').first().waitFor();
  } },
  { name: 'reglages-quartiers-erreur', path: '/equipe/reglages/quartiers', act: async page => {
    await js(page);
    await press(page, 'form[action*="/quartiers/fichier"] button');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'reglages-webhook-erreur', path: '/equipe/reglages/webhooks', act: async page => {
    await page.fill('input[name=adresse]', 'https://169.254.169.254/latest');
    await js(page);
    await press(page, 'form[action="/equipe/reglages/webhooks"] .btn-primary');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'reglages-webhook-fait', path: '/equipe/reglages/webhooks', act: async page => {
    await page.fill('input[name=adresse]', 'https://crochet.invalid/parvis');
    await page.locator('input[name=quoi]').first().check({ force: true });
    await press(page, 'form[action="/equipe/reglages/webhooks"] .btn-primary');
    await page.locator('#secret').waitFor();
    await press(page, 'li:has-text("crochet.invalid") button[value=essayer]');
    await page.locator('li:has-text("crochet.invalid") details summary').click();
    await page.locator('.badge-bad').first().waitFor();
  } },
  { name: 'reglages-jetons', path: '/equipe/reglages/jetons' },
  { name: 'reglages-jetons-erreur', path: '/equipe/reglages/jetons', act: async page => {
    await js(page);
    await press(page, 'form[action="/equipe/reglages/jetons"] .btn-primary');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'reglages-jeton-fait', path: '/equipe/reglages/jetons', act: async page => {
    await page.fill('input[name=nom]', 'Tableau de bord');
    await page.locator('input[name=droits]').first().check({ force: true });
    await press(page, 'form[action="/equipe/reglages/jetons"] .btn-primary');
    await page.locator('#jeton').waitFor();
  } },
  { name: 'personnes-importer', path: '/equipe/personnes/importer' },
  { name: 'personnes-importer-erreur', path: '/equipe/personnes/importer', act: async page => {
    await js(page);
    await press(page, 'form[action*="/personnes/importer"] button');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'personnes-importer-essai', path: '/equipe/personnes/importer', act: async page => {
    const people = 'Prénom;Nom;mail;tel;ok newsletter;Religion\nOdile;Faure;odile.faure@courriel.example;06 12 34 56 90;oui 12/03/2025;x\nYann;R;yann@courriel;;oui;x';
    await page.setInputFiles('input[name=fichier]', { name: 'adherents.csv', mimeType: 'text/csv', buffer: Buffer.from(people) });
    await press(page, 'form[action*="/personnes/importer"] button');
    await page.locator('.tally').waitFor();
    await press(page, 'button[value=importer]');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'personnes-importer-fini', path: '/equipe/personnes/importer', act: async page => {
    const people = 'Prénom;Nom;mail;ok newsletter\nRose;Faure;rose.faure@courriel.example;oui 12/03/2025\nPaul;R;paul.r@courriel.example;oui';
    await page.setInputFiles('input[name=fichier]', { name: 'autres-adherents.csv', mimeType: 'text/csv', buffer: Buffer.from(people) });
    await press(page, 'form[action*="/personnes/importer"] button');
    await page.fill('input[name=origine]', 'Adhésions 2025, bulletins papier');
    await page.locator('input[name=pas-officiel]').check({ force: true });
    await press(page, 'button[value=importer]');
    await page.locator('#t-fini').waitFor({ timeout: 30_000 });
  } },
  { name: 'personnes-importer-annuler', path: '/equipe/personnes/importer', act: async page => {
    const people = 'Prénom;Nom;mail;ok newsletter\nMona;Faure;mona.faure@courriel.example;oui 12/03/2025\nRose;Faure;rose.faure@courriel.example;non';
    await page.setInputFiles('input[name=fichier]', { name: 'a-annuler.csv', mimeType: 'text/csv', buffer: Buffer.from(people) });
    await press(page, 'form[action*="/personnes/importer"] button');
    await page.fill('input[name=origine]', 'Adhésions 2025, bulletins papier');
    await page.locator('input[name=pas-officiel]').check({ force: true });
    await press(page, 'button[value=importer]');
    await page.locator('#t-fini').waitFor({ timeout: 30_000 });
    await press(page, 'main a[href$="/annuler"]');
  } },
  { name: 'personnes', path: '/equipe/personnes' },
  { name: 'personnes-filtre', path: '/equipe/personnes?q=zoe&accord=courriel' },
  { name: 'personnes-attente', path: '/equipe/personnes?accord=attente' },
  { name: 'personne-attente', path: '/equipe/personnes/nouvelle', act: (page, server) => enter(page, server, { name: 'Sans Accord', phone: '01 99 00 12 36' }) },
  { name: 'personnes-rien', path: '/equipe/personnes?q=zzzzzz' },
  { name: 'personne', from: '/equipe/personnes?accord=courriel', link: '.plist a' },
  { name: 'personne-accord-erreur', from: '/equipe/personnes?accord=courriel', link: '.plist a', act: async page => {
    await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
    await js(page);
    await press(page, ':is(form[action$="/accords"], form[action*="/accords?"]) button');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'personne-modifier', from: '/equipe/personnes?accord=courriel', link: '.plist a', act: page => press(page, 'a[href*="/modifier"]') },
  { name: 'personne-nouvelle', path: '/equipe/personnes/nouvelle' },
  { name: 'personne-nouvelle-erreur', path: '/equipe/personnes/nouvelle', act: async page => {
    await page.fill('input[name=courriel]', 'suzanne');
    await js(page);
    await press(page, 'main form .btn-primary');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'recensement-pris', path: '/equipe/reglages/recensement', act: async page => {
    const head = 'CODGEO;LIBGEO;SEXE;AGEPYR10;NB\n';
    const code = (await page.locator('[data-commune]').getAttribute('data-commune')) ?? '';
    await page.setInputFiles('input[name=fichier]', { name: 'pop1a.csv', mimeType: 'text/csv', buffer: Buffer.from(`${head}${code};Rivemont;1;00;512,5\n${code};Rivemont;2;00;498`) });
    await press(page, 'form[action*="/recensement"] button');
    await page.locator('.tally, [aria-invalid=true]').first().waitFor();
  } },
  { name: 'quartiers-essai', path: '/equipe/reglages/quartiers', act: async page => {
    const feature = (name, ring) => ({ type: 'Feature', properties: { name }, geometry: { type: 'Polygon', coordinates: [ring] } });
    const square = [[0, 47], [0.01, 47], [0.01, 47.01], [0, 47.01], [0, 47]];
    const bow = [[0, 47], [0.01, 47.01], [0.01, 47], [0, 47.01], [0, 47]];
    const all = { type: 'FeatureCollection', features: [feature('Bois-Joli', square), feature('Le Nœud', bow)] };
    await page.setInputFiles('input[name=fichier]', { name: 'quartiers.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(all)) });
    await press(page, 'form[action*="/quartiers/fichier"] button');
    await page.locator('.tally').waitFor();
  } },
  { name: 'importer', path: '/equipe/importer' },
  { name: 'importer-erreur', path: '/equipe/importer', act: async page => {
    await js(page);
    await press(page, 'form[action*="/equipe/importer"] button');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'importer-fichier', path: '/equipe/importer', act: async page => {
    await bring(page, 'avis.csv', OFFICE);
    await page.locator('.tally').waitFor();
  } },
  { name: 'importer-reprendre', path: '/equipe/importer', act: async page => {
    await bring(page, 'a-reprendre.csv', OFFICE);
    await press(page, 'button[value=importer]');
    const here = page.url();
    await until(async () => { await page.goto(here); return (await page.locator('main a[href$="/annuler"]').count()) > 0; }, 'the import is done');
    await press(page, 'main a[href$="/annuler"]');
  } },
  { name: 'importer-fini', path: '/equipe/importer', act: async page => {
    await bring(page, 'autres-avis.csv', OFFICE);
    await press(page, 'button[value=importer]');
    await page.locator('#t-fini').waitFor({ timeout: 30_000 });
  } },
  { name: 'exports', path: '/equipe/exports' },
  { name: 'exports-filtres', path: '/equipe/exports?liste=contributions&file=a-publier' },
  { name: 'personnes-doublons', path: '/equipe/personnes/doublons' },
  { name: 'personne-comparer', path: '/equipe/personnes/nouvelle', act: async (page, server) => {
    await twice(page, server, '01 99 00 12 34');
    await press(page, 'main a[href*="/fusionner?avec="]');
  } },
  { name: 'personne-fusionnee', path: '/equipe/personnes/nouvelle', act: async (page, server) => {
    await twice(page, server, '01 99 00 12 35');
    await press(page, 'main a[href*="/fusionner?avec="]');
    await press(page, 'button[value=fusionner]');
  } },
  { name: 'personne-effacer-erreur', from: '/equipe/personnes?accord=courriel', link: '.plist a', act: async page => {
    await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
    await press(page, 'form[action*="/effacer"] button');
    await page.locator('#e-demande').waitFor();
  } },
  { name: 'personne-effacee', path: '/equipe/personnes/nouvelle', act: async (page, server) => {
    await enter(page, server, { name: 'Qui s’en va' });
    await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
    await page.check('form[action*="/effacer"] input[value=effacer]');
    await page.check('input[name=demande]');
    await press(page, 'form[action*="/effacer"] button');
  } },
  { name: 'verification', side: 'public', as: 'analyst', path: '/mon-espace/verification' },
  { name: 'verification-commencee', side: 'public', as: 'analyst', path: '/mon-espace/verification', act: async page => {
    const begin = page.locator('button[value=commencer]');
    if (await begin.count()) await press(page, begin);
    await page.locator('svg.qr').waitFor();
  } },
  { name: 'verification-erreur', side: 'public', as: 'analyst', path: '/mon-espace/verification', act: async page => {
    const begin = page.locator('button[value=commencer]');
    if (await begin.count()) await press(page, begin);
    await press(page, 'button[value=confirmer]');
    await page.locator('[aria-invalid=true]').waitFor();
  } },
  { name: 'journal', path: '/equipe/journal' },
  { name: 'refus-equipe-inconnue', path: '/equipe/contributions/99999999' },
  ...deskStates,
].map(p => ({ as: 'owner', ...p }));

const reader = ['/equipe', '/equipe/contributions', '/equipe/projets', '/equipe/analyse']
  .map(path => ({ name: `lecture${path.replaceAll('/', '-')}`, as: 'analyst', path }))
  .concat({ name: 'lecture-contribution', as: 'analyst', from: '/equipe/contributions', link: '.queue .t a' }, { name: 'lecture-projet', as: 'analyst', ...desk });

const install = [
  { name: 'avant-installation', path: '/', stranger: true, says: 503 },
  { name: 'installation-1', path: '/installation' },
  { name: 'installation-2', path: '/installation/qui' },
  { name: 'installation-3', path: '/installation/commune' },
  { name: 'installation-3-trouvees', path: '/installation/commune?q=saint-denis' },
  { name: 'installation-3-rien', path: '/installation/commune?q=zzzzzz' },
  { name: 'installation-3-erreur', path: '/installation/commune?q=brest', act: async page => {
    await js(page);
    await page.locator('input[name=insee][value=autre]').check({ force: true });
    await press(page, 'main .btn-primary');
  } },
  { name: 'installation-4', path: '/installation/couleur' },
  { name: 'installation-4-foncee', path: '/installation/couleur', act: async page => {
    await page.fill('input[name=couleur]', '#FFD400');
    await until(async () => /FFD400/i.test(await page.locator('#apercu').innerText()), 'the preview of the colour');
  } },
  { name: 'installation-4-erreur', path: '/installation/couleur', act: async page => {
    await page.fill('input[name=couleur]', 'bleu');
    await js(page);
    await press(page, 'main .btn-primary.btn-l');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'installation-5', path: '/installation/compte' },
  { name: 'installation-5-erreur', path: '/installation/compte', act: async page => {
    await js(page);
    await press(page, 'main .btn-primary');
    await page.locator('[aria-invalid=true]').first().waitFor();
  } },
  { name: 'installation-plus-tard', path: '/installation/plus-tard' },
].map(p => ({ on: 'empty', ...p }));

export const pages = [
  ...citizens.map(p => ({ side: 'public', ...p })),
  ...[...team, ...reader, ...install].map(p => ({ side: 'team', ...p })),
];

/** Where a page is, on this server. */
export async function resolve(page, server, spec) {
  const { path, from, link, query, nth = 0, closed } = spec;
  let url = typeof path === 'function' ? path(server) : path;
  if (closed) {
    // A project where nothing can be posted now.
    await page.goto(`${server.base}/projets`);
    for (const href of await page.locator('main a[href^="/projets/"]').evaluateAll(all => [...new Set(all.map(a => a.pathname))])) {
      await page.goto(server.base + href);
      if (!await page.locator('a[href*="/deposer"]').count()) return `${server.base}/deposer?projet=${href.split('/').pop()}`;
    }
    throw new Error('every project is open');
  }
  if (!url) {
    await page.goto(typeof from === 'string' ? server.base + from : await resolve(page, server, from));
    const found = await page.locator(link).evaluateAll(all => [...new Set(all.map(a => a.getAttribute('href')))]);
    if (!found[nth]) throw new Error(`${page.url()}: no link ${nth + 1} like ${link}`);
    url = found[nth];
  }
  if (query) url += (url.includes('?') ? '&' : '?') + query;
  return new URL(url.split('#')[0], server.base).href;
}

/** Opens a page in the state it is to be looked at; at `url` when it is known. */
export async function open(page, server, spec, browser, url) {
  await page.goto(url ?? await resolve(page, server, spec), { waitUntil: 'load' });
  if (spec.act) await spec.act(page, server, browser);
  await page.evaluate(() => document.fonts.ready);
  await until(() => page.locator('h1').count(), `a title on ${page.url()}`, 5_000);
}

/** A window for a page: of its role, or holding the set-up link. */
export async function windowFor(browser, server, spec, options = {}) {
  if (spec.as) return as(browser, server, spec.as, options);
  if (spec.on !== 'empty' || spec.stranger || !server.setup) return person(browser, options);
  // The link works once: its cookie is kept for the windows to come.
  server.holder ??= (async () => {
    const first = await person(browser);
    await first.goto(server.setup);
    const state = await first.context().storageState();
    await first.leave();
    return state;
  })();
  return person(browser, { ...options, storageState: await server.holder });
}
