// Runs everything in Chromium against the program: journeys, links, accessibility, byte budgets, hostile strings.
//   node run.mjs [group …]     groups: journeys citizen offline entry texts exports running queue keyboard search import moderation api people ledger reach setup projet who links axe budget hostile
// On SQLite, or on PostgreSQL when PARVIS_DATABASE_URL names a server on which databases can be made.
import { api } from './api.mjs';
import { launch } from './browser.mjs';
import { finish, test } from './check.mjs';
import { citizen } from './citizen.mjs';
import { entry } from './entry.mjs';
import { exportsJourney } from './exports.mjs';
import { hostile } from './hostile.mjs';
import { imports } from './import.mjs';
import { keyboard } from './keyboard.mjs';
import { journeys } from './journeys.mjs';
import { ledger } from './ledger.mjs';
import { links } from './links.mjs';
import { allSeen, look } from './look.mjs';
import { moderation } from './moderation.mjs';
import { offline } from './offline.mjs';
import { people } from './people.mjs';
import { projet } from './projet.mjs';
import { queue } from './queue.mjs';
import { start } from './server.mjs';
import { reach } from './reach.mjs';
import { running } from './running.mjs';
import { search } from './search.mjs';
import { texts } from './texts.mjs';
import { setup } from './setup.mjs';
import { who } from './who.mjs';

const wanted = process.argv.slice(2);
const runs = group => wanted.length === 0 || wanted.includes(group);
const began = Date.now();
const servers = [];
const browser = await launch();

/** A server for a chain of tests; without it the chain is one failure. */
async function withServer(kind, chain) {
  let server;
  await test(`the program starts (${kind})`, async () => {
    server = await start(kind);
    servers.push(server);
  }, 150);
  if (!server) return;
  try {
    await chain(server);
  } catch (e) {
    await test(`the tests of the ${kind} go to their end`, async () => { throw e; });
  }
}

// Chains side by side, each with its own instance: what people do on the demo, each page of the demo, and an empty folder that
// gets set up.
await Promise.all([
  withServer('demo', async server => {
    if (runs('journeys')) await journeys(browser, server);
    if (runs('journeys') || runs('citizen')) await citizen(browser, server);
    if (runs('journeys') || runs('offline')) await offline(browser, server);
    if (runs('api')) await api(browser, server);
    if (runs('journeys') || runs('reach')) await reach(browser, server);
    if (runs('people')) await people(browser, server);
    if (runs('people') || runs('ledger')) await ledger(browser, server);
    if (runs('queue')) await queue(browser, server);
    if (runs('queue') || runs('keyboard')) await keyboard(browser, server);
    if (runs('queue') || runs('search')) await search(browser, server);
    if (runs('entry')) await entry(browser, server);
    if (runs('moderation')) await moderation(browser, server);
    if (runs('entry') || runs('texts')) await texts(browser, server);
    if (runs('import')) await imports(browser, server);
    if (runs('exports')) await exportsJourney(browser, server);
    if (runs('running')) await running(browser, server);
    if (runs('projet')) await projet(browser, server);
    if (runs('who')) await who(browser, server);
    if (runs('links')) await links(browser, server);
  }),
  (async () => {
    if (runs('axe') || runs('budget')) await withServer('demo', server => look(browser, server, 'demo', { axe: runs('axe'), budget: runs('budget') }));
  })(),
  (async () => {
    if (runs('axe') || runs('budget')) await withServer('empty', server => look(browser, server, 'empty', { axe: runs('axe'), budget: runs('budget') }));
    // What only a town of the census has is looked at there.
    if (runs('setup') || runs('axe') || runs('hostile')) await withServer('empty', async server => {
      const made = await setup(browser, server);
      if (runs('hostile') && made.owner) await hostile(browser, server, made);
    });
  })(),
]);
if (runs('axe')) await test('every page of the router was looked at', allSeen);
await browser.close();
for (const server of servers) await server.stop();
console.log(`${process.env.PARVIS_DATABASE_URL ? 'PostgreSQL' : 'SQLite'}, ${Math.round((Date.now() - began) / 1000)} s`);
process.exit(finish());
