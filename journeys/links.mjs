// Every link of every page of the demo leads somewhere real, whoever reads, and in the other language.
import assert from 'node:assert/strict';
import { as } from './acts.mjs';
import { test } from './check.mjs';
import { crawl } from './crawl.mjs';

// Who walks, from where, how far at the least, and, for those who see parts of what another one saw whole, how far at most.
const SHORT = { each: 1, most: 70 };
const walks = [
  { who: null, from: ['/'], least: 40 },
  { who: 'owner', from: ['/', '/equipe'], least: 40 },
  { who: 'analyst', from: ['/equipe'], least: 15 },
  { who: 'administrator', from: ['/equipe/reglages', '/equipe'], least: 30, ...SHORT },
  { who: 'moderator', from: ['/equipe', '/equipe/contributions'], least: 15, ...SHORT },
  { who: 'citizen', from: ['/mon-espace', '/'], least: 20, ...SHORT },
  { who: null, from: ['/'], least: 20, lang: 'en', ...SHORT },
  { who: 'moderator', from: ['/equipe'], least: 15, lang: 'en', ...SHORT },
];

export async function links(browser, server) {
  const cookies = async role => {
    const page = await as(browser, server, role);
    const all = (await page.context().cookies()).map(c => `${c.name}=${c.value}`).join('; ');
    await page.leave();
    return all;
  };
  for (const { who, from, least, lang = 'fr', ...how } of walks) {
    await test(`every link leads somewhere: ${who ?? 'nobody signed in'}${lang === 'fr' ? '' : `, in ${lang}`}`, async () => {
      // The choice of a language is a cookie: it holds for whoever is signed in too.
      const cookie = [who ? await cookies(who) : '', `parvis_lang=${lang}`].filter(c => c).join('; ');
      const { seen, wrong } = await crawl(server.base, from, cookie, { lang, ...how });
      assert.ok(seen.length > least, `pages were found: ${seen.length}`);
      assert.deepEqual(wrong, []);
    }, 120);
  }
}
