import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { tablesWith } from '../harness/lab.ts';
import { codeIn, scannedOrder, shareFiles, visitor } from '../harness/shares.ts';
import { pictureWorkers } from '../harness/workers.ts';

const PASSPHRASE = 'trois bobines';

test('a customer opens their scans with a code sent to the address that was named, and takes them all at once', async (t) => {
  const { lab, post, camille, path, scans, order } = await scannedOrder(t);
  const { links } = await shareFiles(camille, path, {
    to: ['Claire@Example.org'],
    message: 'Belles photos !',
  });
  assert.deepEqual(
    links.map(({ to, sent }) => [to, sent]),
    [['claire@example.org', true]],
  );
  const [notice] = await post.arrived(1);
  assert.equal(notice?.to?.[0]?.address, 'claire@example.org');
  assert.ok(notice?.text?.includes(links[0]?.url ?? '!'));
  const claire = visitor(lab, 'argentique', links[0] ?? { id: '', url: '' });
  const closed = (await (await claire.ask('GET', '/share')).json()) as { open: unknown; to: string };
  assert.equal(closed.open, null);
  assert.equal(closed.to, 'c•••@example.org');
  assert.equal((await claire.get('/files.zip')).status, 401);
  assert.equal((await claire.ask('POST', '/share/code')).status, 204);
  const code = codeIn((await post.arrived(2))[1]?.text);
  assert.match(code, /^\d{4} \d{4}$/u);
  assert.equal((await claire.open({ code })).status, 204);
  // It served.
  assert.equal((await claire.open({ code })).status, 403);
  const shown = (await (await claire.ask('GET', '/share')).json()) as {
    open: { files: { id: string; name: string; folder: string; preview: boolean }[]; message: string };
  };
  assert.deepEqual(
    shown.open.files.map(({ id, name, folder }) => [id, name, folder]),
    [
      [scans[0], 'vue-01.jpg', 'Film 1'],
      [scans[1], 'vue-02.jpg', 'Film 1'],
      [scans[2], 'planche.jpg', ''],
    ],
  );
  assert.equal(shown.open.message, 'Belles photos !');
  const zip = await claire.get('/files.zip');
  assert.equal(zip.status, 200);
  assert.match(zip.headers.get('content-disposition') ?? '', new RegExp(`${order}\\.zip`, 'u'));
  const whole = Buffer.from(await zip.arrayBuffer());
  assert.equal(String(whole.length), zip.headers.get('content-length'));
  const part = await claire.get('/files.zip', { range: `bytes=${whole.length - 100}-` });
  assert.equal(part.status, 206);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), whole.subarray(-100));
});

test('a customer without a mail address gets the link and the code by short message', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-sms-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const phone = join(folder, 'phone');
  const smsCommand = `{ printf '%s ' "$SMS_TO"; cat; echo; } >> ${phone}`;
  const { lab, post, camille, path } = await scannedOrder(t, { smsCommand });
  const { links } = await shareFiles(camille, path, { to: ['06 12 34 56 78'] });
  assert.deepEqual(
    links.map(({ to, sent }) => [to, sent]),
    [['0612345678', true]],
  );
  const messages = () => readFileSync(phone, 'utf8').trimEnd().split('\n');
  assert.match(messages()[0] ?? '', /^0612345678 Argentique/u);
  assert.ok(messages()[0]?.endsWith(links[0]?.url ?? '!'));
  const claire = visitor(lab, 'argentique', links[0] ?? { id: '', url: '' });
  assert.equal(((await (await claire.ask('GET', '/share')).json()) as { to: string }).to, '••• 78');
  assert.equal((await claire.ask('POST', '/share/code')).status, 204);
  const [, code = ''] = /^0612345678 (\d{4} \d{4})/u.exec(messages()[1] ?? '') ?? [];
  assert.equal((await claire.open({ code })).status, 204);
  assert.equal((await claire.get('/files.zip')).status, 200);
  assert.equal(post.delivered.length, 0);
  const { body } = await camille.ask<{ shares: { links: { to: string }[] }[] }>('GET', path);
  assert.equal(body.shares[0]?.links[0]?.to, '0612345678');
});

test('who names a number where no message can be sent is told what to do instead, and nothing is shared', async (t) => {
  const { camille, path } = await scannedOrder(t);
  const ask = async (to: string) => {
    const { status, body } = await camille.ask<{ code?: string }>('POST', path, { to: [to] });
    return `${status} ${body.code}`;
  };
  assert.equal(await ask('+33 6 12 34 56 78'), '409 no_sms');
  assert.equal(await ask('12 34'), '400 malformed');
  assert.equal(await ask('06 12; reboot'), '400 malformed');
  assert.deepEqual((await camille.ask<{ shares: unknown[] }>('GET', path)).body.shares, []);
});

test('who asks for a code that cannot be sent is told so', async (t) => {
  const { lab, camille, path } = await scannedOrder(t, { smsCommand: 'exit 1' });
  const { links } = await shareFiles(camille, path, { to: ['06 12 34 56 78'] });
  assert.equal(links[0]?.sent, false);
  const claire = visitor(lab, 'argentique', links[0]);
  const answer = await claire.ask('POST', '/share/code');
  const { code } = (await answer.json()) as { code: string };
  assert.deepEqual([answer.status, code], [503, 'not_sent']);
});

test('what is internal is not shared with whoever has the link: a code or a passphrase opens it', async (t) => {
  const { lab, camille, path, scans } = await scannedOrder(t);
  const refused = async (asked: object) => {
    const { status, body } = await camille.ask<{ code?: string }>('POST', path, asked);
    return `${status} ${body.code}`;
  };
  assert.equal(await refused({}), '422 too_open');
  assert.equal(await refused({ to: ['claire@example.org'], passphrase: PASSPHRASE }), '422 one_proof');
  assert.equal(await refused({ passphrase: 'court' }), '400 malformed');
  assert.equal(await refused({ passphrase: PASSPHRASE, folder: 'Film' }), '422 nothing_to_share');
  assert.equal(await refused({ passphrase: PASSPHRASE, field: 'note' }), '422 nothing_to_share');
  assert.equal(await refused({ passphrase: PASSPHRASE, file: crypto.randomUUID() }), '404 not_found');
  assert.equal(await refused({ to: ['claire@example.org\r\nBcc: tous@example.org'] }), '400 malformed');
  const { links } = await shareFiles(camille, path, { passphrase: PASSPHRASE, folder: 'Film 1' });
  assert.equal(links[0]?.sent, null);
  const held = visitor(lab, 'argentique', links[0] ?? { id: '', url: '' });
  assert.equal((await held.ask('POST', '/share/code')).status, 401);
  assert.equal((await held.open({ passphrase: 'autre chose' })).status, 403);
  assert.equal((await held.open({ code: '1234 5678' })).status, 403);
  assert.equal((await held.open({ passphrase: PASSPHRASE })).status, 204);
  const { open } = (await (await held.ask('GET', '/share')).json()) as { open: { files: { id: string }[] } };
  assert.deepEqual(
    open.files.map(({ id }) => id),
    scans.slice(0, 2),
  );
  // What is not of the share is not there, whatever one has opened.
  assert.equal((await held.get(`/files/${scans[2]}/content`)).status, 404);
  assert.equal((await held.get(`/files/${scans[2]}/preview`)).status, 404);
  assert.equal((await held.get(`/files/${scans[0]}/content`)).status, 200);
});

test('a picture leaves without what it says of where it was taken, unless its field keeps that and somebody chose so', async (t) => {
  const { lab, camille, path, scans } = await scannedOrder(t);
  const taken = async (metadata?: 'kept') => {
    const { links } = await shareFiles(camille, path, {
      passphrase: PASSPHRASE,
      ...(metadata && { metadata }),
    });
    const held = visitor(lab, 'argentique', links[0] ?? { id: '', url: '' });
    await held.open({ passphrase: PASSPHRASE });
    const one = Buffer.from(await (await held.get(`/files/${scans[0]}/content`)).arrayBuffer());
    const all = Buffer.from(await (await held.get('/files.zip')).arrayBuffer());
    return [one.includes('Argus'), all.includes('Argus')];
  };
  assert.deepEqual(await taken(), [false, false]);
  assert.deepEqual(await taken('kept'), [true, true]);
});

// asvs 2.3.4
test('of fifty who take the one download there is at once, one gets it, and goes on with it where it broke off', async (t) => {
  const { lab, camille, path, scans } = await scannedOrder(t);
  const { links, id } = await shareFiles(camille, path, { passphrase: PASSPHRASE, downloads: 1 });
  const link = links[0] ?? { id: '', url: '' };
  const others = Array.from({ length: 5 }, () => visitor(lab, 'argentique', link));
  for (const one of others) assert.equal((await one.open({ passphrase: PASSPHRASE })).status, 204);
  const looked = await fetch(
    `${lab.vigie.url}/api/v1/argentique/shared/${link.id}/files/${scans[0]}/content`,
    { method: 'HEAD' },
  );
  assert.equal(looked.status, 401);
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, nth) => {
      const one = others[nth % others.length];
      const answer = await one?.get(`/files/${scans[0]}/content`);
      return {
        one,
        status: answer?.status,
        body: Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer()),
      };
    }),
  );
  const won = answers.filter(({ status }) => status === 200);
  assert.equal(won.length, 1);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 409]));
  const [{ one, body }] = won as [(typeof won)[0]];
  for (const from of [0, 100, body.length - 10]) {
    const rest = await one?.get(`/files/${scans[0]}/content`, { range: `bytes=${from}-` });
    assert.equal(rest?.status, 206);
    assert.deepEqual(Buffer.from((await rest?.arrayBuffer()) ?? new ArrayBuffer()), body.subarray(from));
  }
  // Another file, the zip, another browser: that is another download.
  assert.equal((await one?.get(`/files/${scans[1]}/content`, { range: 'bytes=1-' }))?.status, 409);
  assert.equal((await one?.get('/files.zip', { range: 'bytes=1-' }))?.status, 409);
  const other = others.find((candidate) => candidate !== one);
  assert.equal((await other?.get(`/files/${scans[0]}/content`, { range: 'bytes=1-' }))?.status, 409);
  // Used up, it opens to nobody more, and says the same as what never was.
  const late = visitor(lab, 'argentique', link);
  assert.equal((await late.open({ passphrase: PASSPHRASE })).status, 401);
  const { body: listed } = await camille.ask<{ shares: { id: string; downloads: number; state: string }[] }>(
    'GET',
    path,
  );
  assert.deepEqual(
    listed.shares.map((share) => [share.id === id, share.downloads, share.state]),
    [[true, 1, 'used_up']],
  );
});

test('files that are to be looked at are not given', async (t) => {
  const { lab, camille, path, scans } = await scannedOrder(t);
  const { links } = await shareFiles(camille, path, {
    passphrase: PASSPHRASE,
    downloads: 0,
    watermark: true,
  });
  const held = visitor(lab, 'argentique', links[0] ?? { id: '', url: '' });
  await held.open({ passphrase: PASSPHRASE });
  assert.equal((await held.get(`/files/${scans[0]}/preview?size=large`)).status, 200);
  for (const path_ of [`/files/${scans[0]}/content`, '/files.zip'])
    for (const headers of [{}, { range: 'bytes=0-' }] as Record<string, string>[])
      assert.equal((await held.get(path_, headers)).status, 409);
});

test('a picture that is looked at bears who looks at it, each their own', async (t) => {
  const { lab, post, camille, path, scans } = await scannedOrder(t);
  const { links } = await shareFiles(camille, path, {
    to: ['claire@example.org', 'denis@example.org'],
    watermark: true,
  });
  const seen: Buffer[] = [];
  for (const [nth, link] of links.entries()) {
    const held = visitor(lab, 'argentique', link);
    await held.ask('POST', '/share/code');
    await held.open({ code: codeIn((await post.arrived(3 + nth)).at(-1)?.text) });
    const answer = await held.get(`/files/${scans[0]}/preview?size=large`);
    assert.equal(answer.headers.get('content-type'), 'image/webp');
    seen.push(Buffer.from(await answer.arrayBuffer()));
    // The same, looked at again.
    const again = await held.get(`/files/${scans[0]}/preview?size=large`);
    assert.deepEqual(Buffer.from(await again.arrayBuffer()), seen[nth]);
  }
  const plain = await camille.ask<string>(
    'GET',
    `${path.replace(/shares$/u, 'files')}/${scans[0]}/preview?size=large`,
  );
  assert.equal(plain.status, 200);
  assert.equal(seen[0]?.equals(seen[1] ?? Buffer.alloc(0)), false);
  // Flat colour weighs little; letters over it weigh more.
  assert.ok((seen[0]?.length ?? 0) > 2 * Number(plain.headers.get('content-length')));
});

test('a picture over which nothing can be drawn is not shown without', async (t) => {
  if (process.platform !== 'linux') return t.skip('only Linux shows who draws');
  const { lab, camille, path, scans } = await scannedOrder(t);
  const { links } = await shareFiles(camille, path, { passphrase: PASSPHRASE, watermark: true });
  const held = visitor(lab, 'argentique', links[0] ?? { id: '', url: '' });
  await held.open({ passphrase: PASSPHRASE });
  const look = async (id = scans[0]) => {
    const answer = await held.get(`/files/${id}/preview?size=large`);
    const text = await answer.text();
    return answer.status === 200 ? 'seen' : `${answer.status} ${text}`;
  };
  assert.equal(await look(), 'seen');
  // Whoever draws is held where they wait, is asked, and ends; one that had ended before is only replaced.
  let told = 'seen';
  for (let wait = 300; told === 'seen'; wait *= 2) {
    const drawing = pictureWorkers();
    assert.notEqual(drawing.length, 0);
    for (const pid of drawing) process.kill(pid, 'SIGSTOP');
    const looking = look();
    await sleep(wait);
    for (const pid of drawing) process.kill(pid, 'SIGKILL');
    told = await looking;
  }
  assert.equal(told, await look(randomUUID()));
  assert.equal(await look(), 'seen');
});

// asvs 6.3.1 6.6.3
test('codes and passphrases are tried five times, then one waits, whoever tries', async (t) => {
  const { lab, post, camille, path } = await scannedOrder(t);
  const named = await shareFiles(camille, path, { to: ['claire@example.org'] });
  const worded = await shareFiles(camille, path, { passphrase: PASSPHRASE });
  const claire = visitor(lab, 'argentique', named.links[0] ?? { id: '', url: '' });
  await claire.ask('POST', '/share/code');
  // One code a minute.
  const again = await claire.ask('POST', '/share/code');
  assert.equal(again.status, 429);
  assert.ok(Number(again.headers.get('retry-after')) <= 60);
  const code = codeIn((await post.arrived(2))[1]?.text);
  const wrong = code === '0000 0000' ? '0000 0001' : '0000 0000';
  const tries = await Promise.all(Array.from({ length: 20 }, () => claire.open({ code: wrong })));
  assert.equal(tries.filter(({ status }) => status === 403).length, 5);
  assert.equal(tries.filter(({ status }) => status === 429).length, 15);
  assert.equal((await claire.open({ code })).status, 429);
  const held = visitor(lab, 'argentique', worded.links[0] ?? { id: '', url: '' });
  for (let nth = 0; nth < 5; nth += 1)
    assert.equal((await held.open({ passphrase: `essai ${nth}` })).status, 403);
  assert.equal((await held.open({ passphrase: PASSPHRASE })).status, 429);
  lab.clock.advance(16 * 60_000);
  assert.equal((await held.open({ passphrase: PASSPHRASE })).status, 204);
  // The code is too old by now.
  assert.equal((await claire.open({ code })).status, 403);
  await claire.ask('POST', '/share/code');
  assert.equal((await claire.open({ code: codeIn((await post.arrived(3))[2]?.text) })).status, 204);
});

test('nothing of a secret, a code, an address or a message stands in the database as it is', async (t) => {
  const { lab, post, camille, path } = await scannedOrder(t);
  const { links } = await shareFiles(camille, path, {
    to: ['zoe.unique@example.org'],
    message: 'Mot unique',
  });
  await shareFiles(camille, path, { passphrase: PASSPHRASE });
  const zoe = visitor(lab, 'argentique', links[0] ?? { id: '', url: '' });
  await zoe.ask('POST', '/share/code');
  const code = codeIn((await post.arrived(2))[1]?.text).replace(' ', '');
  for (const word of [zoe.secret, 'zoe.unique', 'Mot unique', PASSPHRASE, code])
    assert.deepEqual(await tablesWith(lab.db, word), [], word);
});
