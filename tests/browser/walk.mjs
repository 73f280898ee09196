// The ways through the retirees' pages. `seen(name)` is called at every state that somebody can come to.

export const ANSWERS = { since: 'earlier', elsewhere: 'unit', reach: 'on_file', pay: 'on_file' };

export async function chooseTextSize(page, size) {
  await page.visit('/text-size');
  await page.check(`input[value=${size.replace('-', '_')}]`);
  await page.press('button.primary');
}

// The six questions, from the first; `wrong` is called at pages that say what is missing.
export async function answer(page, category, wrong = async () => {}) {
  for (const question of ['what', 'words', 'since', 'elsewhere', 'reach', 'pay']) {
    await page.visit(`/aid/apply/${question}`);
    await wrong(question);
    if (question === 'what') {
      await page.check(`input[value=${category}]`);
      if (category === 'other') await page.fill('#text', '屋顶漏了');
    } else if (question === 'words') {
      await page.fill('textarea', '最近看病花得多，孩子们都在外地。');
    } else {
      await page.check(`input[value=${ANSWERS[question]}]`);
    }
    await page.press('button.primary');
  }
}

// Everything that 王秀英 can come to. Each text size asks for another kind of help: one live request of a kind is the rule.
export async function retiree(page, { category, notice }, seen) {
  const at = async (path, name) => { await page.visit(path); await seen(name); };
  await at('/home', 'home');
  await at('/me', 'me');
  await at('/outreach', 'outreach');
  await at('/text-size', 'text-size');
  await ownData(page, seen);
  await at('/branch/meetings', 'meetings');
  const meeting = await page.getAttribute('a.primary', 'href');
  const tomorrow = await page.getAttribute('a.row', 'href');
  await at(meeting, 'meeting');
  await page.press('form[action$="sign-in"] button');
  await seen('signed');
  await at(meeting, 'meeting-signed');
  await at(tomorrow, 'meeting-tomorrow');
  await page.visit(`${meeting}/signed`);
  await page.press('form[action$="undo"] button');
  await seen('undone');

  await at('/aid/apply', 'aid-start');
  await answer(page, category, async (question) => {
    await seen(`aid-${question}`);
    if (question === 'words') return;
    await page.evaluate(() => document.querySelectorAll('input:checked').forEach((box) => { box.checked = false; }));
    if (question === 'reach') await page.check('input[value=other]');
    await page.press('button.primary');
    await seen(`aid-${question}-mistake`);
  });
  await seen('aid-check');
  await papers(page, '/aid/apply/papers', seen);
  await at('/aid/apply', 'aid-start-again');
  await page.visit('/aid/apply/check');
  await page.press('button.primary');
  await seen('aid-received');
  const request = page.path().replace('/received', '');
  await at(request, 'aid-case');
  await at(`${request}/papers`, 'aid-case-papers');
  await at(`${request}/papers/other`, 'aid-case-paper');
  await at('/aid/cases', 'aid-cases');
  await at(`${request}/withdraw`, 'aid-withdraw');
  await page.press('button.destructive');
  await seen('aid-withdrawn');
  await at('/notices', 'notices');
  await at(notice, 'notice');
  await at('/aid/cases/018f0000-0000-7000-8000-000000000001', 'not-found');
  return meeting;
}

// A picture, as small as one can be.
export const PICTURE = {
  name: '材料.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGN4ducEVsQwtCQAhfmigQivX+cAAAAASUVORK5CYII=', 'base64'),
};

// A paper is sent, after none was and after one that is none; and taken back.
async function papers(page, list, seen) {
  await page.visit(list);
  await seen('aid-papers');
  await page.visit(`${list}/other`);
  await seen('aid-paper');
  await page.click('button.primary');
  await page.waitForSelector('.mistakes');
  await seen('aid-paper-mistake');
  await page.setInputFiles('input[name=file]', PICTURE);
  await page.press('button.primary');
  await seen('aid-papers-sent');
  await page.visit(`${list}/other`);
  await seen('aid-paper-sent');
  await page.press('form[action$="/back"] button');
  await seen('aid-paper-back');
}

// What belongs to whoever the data is about: who looked, what was agreed, what is asked, who may act.
async function ownData(page, seen) {
  const at = async (path, name) => { await page.visit(path); await seen(name); };
  await at('/me/looks', 'me-looks');
  await page.visit('/me');
  await page.press('form[action="/me/whole"] button');
  await seen('me-whole');
  await at('/me/wishes', 'me-wishes');
  await page.press('button.primary');
  await seen('me-wishes-mistake');
  await at('/consents', 'consents');
  await at('/consents/publicity', 'consent');
  await page.press('form button');
  await seen('consent-said');
  await at('/mandates', 'mandates');
  await at('/mandates/ask', 'mandate-ask');
  await page.press('button.primary');
  await seen('mandate-ask-mistake');
  await at('/mandates/asked', 'mandate-asked');
  await at('/using', 'using');
}

// Two people and one phone: the family asks, the person agrees, the phone says who uses it. Ends as it began.
export async function family(person, relative, name, seen) {
  await person.visit('/me');
  await person.press('form[action="/me/whole"] button');
  const phone = (await person.innerText('dl.answers dd')).replace(/\D/g, '');
  await relative.visit('/mandates/ask');
  await relative.fill('#name', name);
  await relative.fill('#phone', phone);
  await relative.press('button.primary');
  await person.visit('/mandates');
  await seen(person, 'mandates-asked');
  await person.press('main a.row');
  await seen(person, 'mandate-question');
  await person.press('button.primary');
  await seen(person, 'mandates-may');
  await relative.visit('/using');
  await seen(relative, 'using-choices');
  await relative.check('input[name=who] >> nth=1');
  await relative.press('button.primary');
  await seen(relative, 'acting-home');
  await relative.visit('/me');
  await seen(relative, 'acting-me');
  await person.visit('/mandates');
  await person.press('main a.row');
  await seen(person, 'mandate-end');
  await person.press('button.destructive');
  await seen(person, 'mandates-ended');
}

// What the secretary has besides.
export async function secretary(page, meeting, seen) {
  const at = async (path, name) => { await page.visit(path); await seen(name); };
  await at('/home', 'secretary-home');
  await at('/branch/meetings', 'secretary-meetings');
  await at(await page.getAttribute('a[href$="/duties"]', 'href'), 'duties');
  await at(`${meeting}/roster`, 'roster');
  await at(await page.getAttribute('main a.row', 'href'), 'roll-call');
  await page.press('button.primary');
  await seen('roll-call-mistake');
}
