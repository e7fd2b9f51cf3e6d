// States of pages that take two people, a device or a long work to reach. Same form as in pages.mjs, which they join;
// `last` for those after which others can't be looked at: they come one by one at the end, in this order.
import { person } from './browser.mjs';
import { address, as, invited, mailTo, post, press } from './acts.mjs';
import { appCode } from './people.mjs';

/** The key of the app as the page shown gives it, in letters. */
async function letters(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
  return page.locator('details code').first().innerText();
}

/** Gives the window's own access an app, and its codes of recovery. */
async function protect(page, server) {
  await page.goto(`${server.base}/mon-espace/verification`);
  await press(page, 'button[value=commencer]');
  await page.fill('#f-code', appCode(await letters(page)));
  await press(page, 'button[value=confirmer]');
  await page.locator('li code').first().waitFor();
}

/** The second half of a sign-in, in the window `page`. */
async function half(page, server, browser) {
  const owner = await as(browser, server, 'owner');
  const mail = address('deuxieme');
  await invited(owner, page, server, 'analyst', mail);
  await protect(page, server);
  await page.goto(`${server.base}/mon-espace`);
  await press(page, 'form[action="/deconnexion"] button');
  await page.goto(`${server.base}/connexion`);
  await page.fill('input[name=courriel]', mail);
  await press(page, 'main form button.btn-primary');
  await page.goto((await mailTo(owner, server, mail, /6/)).link);
  await press(page, 'main form button.btn-primary');
  await page.locator('form[action="/connexion/verification"] #f-code').waitFor();
  await owner.leave();
}

/** The instance asks everybody who runs it for an app: somebody new gets theirs while signing in. */
async function codes(page, server, browser) {
  const [owner, second] = [await as(browser, server, 'owner'), await person(browser)];
  await invited(owner, second, server, 'owner', address('proprietaire'));
  await protect(second, server);
  await second.goto(`${server.base}/equipe/reglages/equipe`);
  await press(second, 'button[name=exiger][value=oui]');
  await invited(second, page, server, 'administrator', address('nouvelle'));
  await page.fill('#f-code', appCode(await letters(page)));
  await press(page, 'form[action="/connexion/verification"] button');
  await page.locator('li code').first().waitFor();
  await second.leave();
  await owner.leave();
}

export const signIn = [
  { name: 'connexion-verification', path: '/connexion', act: half },
  { name: 'connexion-verification-erreur', path: '/connexion', act: async (page, server, browser) => {
    await half(page, server, browser);
    await page.fill('#f-code', '000 000');
    await press(page, 'form[action="/connexion/verification"] button');
    await page.locator('#f-code[aria-invalid=true]').waitFor();
  } },
  { name: 'connexion-codes', path: '/connexion', last: 2, act: codes },
];

const analysis = 'form[action="/equipe/analyse"]';

export const desk = [
  { name: 'contribution-conflit', path: '/equipe', act: async (page, server, browser) => {
    const writer = await person(browser);
    const number = await post(writer, server, { text: 'Une rampe devant la médiathèque, à deux personnes.' });
    await writer.leave();
    // Whoever opened it first has it.
    const colleague = await as(browser, server, 'administrator');
    await colleague.goto(`${server.base}/equipe/contributions/${number}`);
    await colleague.leave();
    await page.goto(`${server.base}/equipe/contributions/${number}`);
    await press(page, 'button[name=faire][value=publier]');
    await page.locator('[role=alert]').first().waitFor();
  } },
  { name: 'projet-cache', path: '/equipe/projets/nouveau', act: async page => {
    await page.fill('input[name=titre]', `Entre nous ${Math.random()}`);
    await page.fill('textarea[name=resume]', 'Ce que l’équipe prépare.');
    await page.locator('input[name=visibilite][value=team]').check({ force: true });
    for (const [i, field] of ['titre', 'debut'].entries()) {
      const input = page.locator(`input[name=p0-${field}]`);
      if (await input.count()) await input.fill(i ? '2026-01-01' : 'Préparation');
    }
    await press(page, '.actbar .btn-primary');
    await press(page, 'a[href$="/apercu/public"]');
  } },
  { name: 'analyse-filtree', path: '/equipe/analyse', act: async page => {
    await page.selectOption('#f-projet', { index: 1 });
    await press(page, `${analysis} button`);
    await page.locator('table.bars').first().waitFor();
  } },
  { name: 'analyse-textes-tous', path: '/equipe/analyse/contributions' },
  { name: 'analyse-trop-peu', path: '/equipe/analyse', act: async page => {
    const areas = await page.locator('#f-quartier option').count();
    for (let i = 1; i < areas && !await page.locator('.empty').count(); i++) {
      await page.selectOption('#f-projet', { index: await page.locator('#f-projet option').count() - 1 });
      await page.selectOption('#f-periode', { index: await page.locator('#f-periode option').count() - 1 });
      await page.selectOption('#f-quartier', { index: i });
      await press(page, `${analysis} button`);
    }
    await page.locator('.empty').waitFor();
  } },
  { name: 'lot-en-cours', path: '/equipe/contributions?file=traitees', last: 1, act: async page => {
    await page.locator('input[name=ensemble]').check({ force: true });
    await page.evaluate(() => document.querySelectorAll('.bulk details').forEach(d => { d.open = true; }));
    await press(page, '.bulk button[value=confier]');
    // How far it is gets no answer: the work would end, and the page with it, while it is looked at.
    await page.route('**/equipe/**', route => (route.request().headers()['x-parvis-fragment'] ? undefined : route.continue()));
    await press(page, 'button[value=demarrer]');
    await page.locator('[data-poll]').waitFor({ state: 'attached' });
  } },
];
