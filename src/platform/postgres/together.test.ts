import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from './connect.ts';
import { ConnectionLost } from './lane.ts';
import { together } from './together.ts';

const database = (): Pick<Database, 'app'> => ({ app: {} as Database['app'] });

test('what many ask at one moment is asked once, and each gets their own answer', async () => {
  const asked: (readonly number[])[] = [];
  const begun = Promise.withResolvers<void>();
  const may = Promise.withResolvers<void>();
  const double = together(async (_db, _organisation, numbers: readonly number[]) => {
    asked.push(numbers);
    if (asked.length === 2) begun.resolve();
    await may.promise;
    return numbers.map((number) => number * 2);
  });
  const db = database();
  const first = Promise.all([1, 2, 3].map((number) => double(db, 'kerlann', number)));
  const elsewhere = double(db, 'argentique', 7);
  await begun.promise;
  const later = Promise.all([4, 5].map((number) => double(db, 'kerlann', number)));
  may.resolve();
  assert.deepEqual(await first, [2, 4, 6]);
  assert.deepEqual(await later, [8, 10]);
  assert.equal(await elsewhere, 14);
  assert.deepEqual(asked, [[1, 2, 3], [7], [4, 5]]);
});

test('as many as are under way leave before these are back; fewer wait for them', async () => {
  const asked: (readonly number[])[] = [];
  const back = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const left = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const same = together(async (_db, _organisation, numbers: readonly number[]) => {
    const nth = asked.push(numbers) - 1;
    left[nth]?.resolve();
    await back[nth]?.promise;
    return numbers;
  });
  const db = database();
  const ask = (numbers: readonly number[]) =>
    Promise.all(numbers.map((number) => same(db, 'kerlann', number)));
  const first = ask([1, 2]);
  await left[0]?.promise;
  const fewer = ask([3]);
  await new Promise(setImmediate);
  assert.deepEqual(asked, [[1, 2]]);
  const asMany = ask([4]);
  await left[1]?.promise;
  const more = ask([5, 6, 7, 8]);
  await new Promise(setImmediate);
  assert.deepEqual(asked.slice(1), [[3, 4]], 'two groups at most are under way');
  for (const { resolve } of back) resolve();
  assert.deepEqual(await Promise.all([first, fewer, asMany, more]), [[1, 2], [3], [4], [5, 6, 7, 8]]);
  assert.deepEqual(asked, [
    [1, 2],
    [3, 4],
    [5, 6, 7, 8],
  ]);
});

test('an answer is never older than its question', async () => {
  let value = 'before';
  const begun = Promise.withResolvers<void>();
  const may = Promise.withResolvers<void>();
  const read = together(async (_db, _organisation, questions: readonly null[]) => {
    const seen = value;
    begun.resolve();
    await may.promise;
    return questions.map(() => seen);
  });
  const db = database();
  const early = read(db, 'kerlann', null);
  await begun.promise;
  value = 'after';
  const late = read(db, 'kerlann', null);
  may.resolve();
  assert.equal(await late, 'after');
  assert.equal(await early, 'before');
});

test('a question that is refused spoils no other', async () => {
  const check = together(async (_db, _organisation, questions: readonly string[]) => {
    if (questions.includes('bad')) throw new Error('refused');
    return questions.map((question) => `${question} is fine`);
  });
  const db = database();
  const ends = await Promise.allSettled(['good', 'bad', 'better'].map((one) => check(db, 'kerlann', one)));
  assert.deepEqual(
    ends.map((end) => (end.status === 'fulfilled' ? end.value : String(end.reason))),
    ['good is fine', 'Error: refused', 'better is fine'],
  );
});

test('when PostgreSQL is away nothing is asked again: nobody knows what was done', async () => {
  let times = 0;
  const write = together(async () => {
    times += 1;
    throw new ConnectionLost('gone');
  });
  const db = database();
  const ends = await Promise.allSettled([1, 2, 3].map((one) => write(db, 'kerlann', one)));
  assert.equal(times, 1);
  assert.ok(ends.every((end) => end.status === 'rejected' && end.reason instanceof ConnectionLost));
});
