import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { connect, type News, type Vigie, VigieProblem } from '../../client/index.ts';
import { keyFor } from '../harness/cast.ts';
import { stage, type Stage } from '../harness/vigie.ts';

const HERE = { lat: 47.62, lng: -3.01, address: 'rue du Port' };

/** A server, and programs with a clerk's and a crew's key. */
const programs = async (
  t: TestContext,
): Promise<
  Stage & { readonly clerk: Vigie; readonly crew: Vigie; readonly address: string; readonly key: string }
> => {
  const on = await stage(t);
  const address = `${on.vigie.url}/kerlann`;
  const keyOf = (role: string) =>
    keyFor(on.db, on.cast.maelle.organisationId, { app: 'voirie', role, site: null }, on.clock.now());
  const key = await keyOf('clerk');
  return {
    ...on,
    address,
    key,
    clerk: connect(address, { key, locale: 'en' }),
    crew: connect(address, { key: await keyOf('crew') }),
  };
};

test('a program opens a ticket in three lines', async (t) => {
  const { address, key } = await programs(t);
  // The import is the first.
  const vigie = connect(address, { key });
  const ticket = await vigie.app('voirie').open({ kind: 'pothole', place: HERE, note: 'Devant l’école' });
  assert.deepEqual([ticket.reference, ticket.step, ticket.version], ['V-2026-0001', 'received', 1]);
});

test('a program moves, edits, comments, assigns and reads back what happened', async (t) => {
  const { clerk, cast } = await programs(t);
  const voirie = clerk.app('voirie');
  const opened = await voirie.open(
    {},
    { text: { kind: 'Graffiti', place: '47.6, -3.0 quai', note: 'Sur le phare' }, site: 'mairie' },
  );
  const edited = await voirie.edit(opened, { note: 'Sur la tour' });
  assert.equal(edited.fields['note'], 'Sur la tour');
  const stale = await voirie.edit(opened, { note: 'Ailleurs' }).catch((error: unknown) => error);
  assert.ok(stale instanceof VigieProblem);
  assert.deepEqual([stale.status, stale.code], [409, 'version_conflict']);
  await voirie.comment(opened, 'Vu ce matin');
  const moved = await voirie.move(opened, 'sort', { fields: { needs: 'hands' } });
  assert.equal(moved.step, 'sorted');
  assert.ok(moved.undo);
  assert.equal((await voirie.undo(opened)).step, 'received');
  const given = await voirie.assign(opened, cast.yann.id);
  assert.equal(given.assignee?.name, 'Yann Kervadec');
  assert.deepEqual(
    (await voirie.history(opened)).map(({ type }) => type),
    ['opened', 'edited', 'commented', 'moved', 'undone', 'assigned'],
  );
});

test('the same key again gives the same ticket, another command under it is refused', async (t) => {
  const { clerk } = await programs(t);
  const voirie = clerk.app('voirie');
  const fields = { kind: 'tree', place: HERE, note: 'Chêne' };
  const twice = await Promise.all([1, 2, 3].map(() => voirie.open(fields, { idempotencyKey: 'the-oak' })));
  assert.equal(new Set(twice.map(({ reference }) => reference)).size, 1);
  await assert.rejects(voirie.open({ ...fields, note: 'Hêtre' }, { idempotencyKey: 'the-oak' }), {
    status: 422,
  });
  assert.equal((await Array.fromAsync(voirie.list())).length, 1);
});

test('lists go on page after page; boards and searches answer; every program sees what its role does', async (t) => {
  const { clerk, crew, vigie } = await programs(t);
  const voirie = clerk.app('voirie');
  for (let n = 0; n < 7; n += 1)
    await voirie.open({ kind: n === 3 ? 'water' : 'tree', place: HERE, note: `Chêne ${n}` });
  const all = await Array.fromAsync(voirie.list({ limit: 3, sort: 'oldest' }));
  assert.deepEqual(
    all.map(({ reference }) => reference),
    [1, 2, 3, 4, 5, 6, 7].map((n) => `V-2026-000${n}`),
  );
  assert.deepEqual(
    (await Array.fromAsync(voirie.list({ fields: { kind: 'water' } }))).map(({ reference }) => reference),
    ['V-2026-0004'],
  );
  assert.equal((await voirie.board({ limit: 2 })).steps.find(({ step }) => step === 'received')?.count, 7);
  await vigie.settled();
  assert.ok((await clerk.search('chene', { app: 'voirie' })).length > 0);

  // The crew sees what was sorted, and what it opened itself.
  assert.deepEqual(await Array.fromAsync(crew.list()), []);
  await voirie.move('V-2026-0002', 'sort');
  assert.deepEqual(
    (await Array.fromAsync(crew.list())).map(({ reference }) => reference),
    ['V-2026-0002'],
  );
  await assert.rejects(crew.app('voirie').get('V-2026-0001'), { status: 404, code: 'not_found' });
});

test('a stream tells what happens as it happens, and takes up where another stopped', async (t) => {
  const { clerk } = await programs(t);
  const voirie = clerk.app('voirie');
  const told: News[] = [];
  const following = (async () => {
    for await (const news of clerk.stream({ app: 'voirie' })) {
      told.push(news);
      if (news.event === 'hello') void voirie.open({ kind: 'tree', place: HERE, note: 'Chêne' });
      if (news.event === 'ticket') return;
    }
  })();
  await following;
  assert.deepEqual(
    told.map((news) => (news.event === 'ticket' ? [news.reference, news.type] : news.event)),
    ['hello', ['V-2026-0001', 'opened']],
  );
  const seq = told.at(-1)?.seq ?? 0;
  await voirie.comment('V-2026-0001', 'Vu');
  for await (const news of clerk.stream({ after: seq })) {
    if (news.event !== 'ticket') continue;
    assert.deepEqual([news.seq, news.type], [seq + 1, 'commented']);
    break;
  }
});
