import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AppDefinition, type Demo, defineApp, defineDemo } from '../define.ts';
import { checkDemo } from './demo.ts';

const club = defineApp({
  app: 'club',
  title: 'Club',
  noun: { one: 'loan', many: 'loans' },
  reference: 'L-{seq}',
  classification: 'internal',
  keep: '1 years',
  holds: { app: 'part', label: 'Parts' },
  fields: {
    size: { is: 'choice', label: 'Size', of: { small: 'Small' }, required: true },
    who: { is: 'contact', label: 'Who', sealed: true },
    until: { is: 'date', label: 'Until' },
    papers: { is: 'files', label: 'Papers', max: 2, accept: ['image/*', 'text/csv'] },
  },
  roles: {
    keeper: { label: 'Keeper', sees: 'all', reveals: ['who'], opens: true },
    helper: { label: 'Helper', sees: 'all' },
  },
  steps: {
    lent: { label: 'Lent', start: true },
    back: { label: 'Back' },
    filed: { label: 'Filed', end: true },
  },
  moves: {
    take: { label: 'Take', from: 'lent', to: 'back', by: 'helper', held: 'then' },
    file: { label: 'File', from: 'back', to: 'filed', by: 'keeper' },
  },
});
const part: AppDefinition = {
  ...club,
  app: 'part',
  holds: { app: 'screw', label: 'Screws' },
  moves: { file: { label: 'File', from: 'lent', to: 'filed', by: 'helper' } },
};

type Ticket = Demo['tickets'][number];

const told = (ticket: Partial<Ticket>): readonly string[] =>
  checkDemo(
    defineDemo({
      organisation: { slug: 'club', name: 'Club', locale: 'en' },
      apps: ['club', 'part'],
      sites: {
        here: { name: 'Here', openingHours: 'Mo-Fr 09:00-17:00', timeZone: 'Europe/Paris', holidays: 'FR' },
      },
      members: {
        ann: {
          name: 'Ann',
          email: 'ann@example.org',
          roles: [
            { app: 'club', role: 'keeper' },
            { app: 'part', role: 'keeper' },
          ],
        },
        bob: {
          name: 'Bob',
          email: 'bob@example.org',
          roles: [
            { app: 'club', role: 'helper' },
            { app: 'part', role: 'helper' },
          ],
        },
      },
      contacts: { zoe: { name: 'Zoe' } },
      tickets: [
        {
          app: 'club',
          site: 'here',
          opened: { daysAgo: 3, at: '10:00' },
          by: 'ann',
          fields: { size: 'small' },
          ...ticket,
        } as never,
      ],
    }),
    { club, part },
  ).map(({ path, message }) => `${path}: ${message}`);

const take = { by: 'bob', move: 'take', when: { daysAgo: 2, at: '10:00' } } as const;

test('a story that hangs together has nothing wrong', () => {
  assert.deepEqual(told({ acts: [take, { by: 'ann', move: 'file', when: { openAgo: '2h' } }] }), []);
});

test('the frame makes its own move when all that is held has ended', () => {
  const file = { by: 'bob', held: 'all', move: 'file', when: { daysAgo: 2, at: '10:00' } } as const;
  const holds = [{ size: 'small' }, { size: 'small' }];
  assert.deepEqual(told({ holds, acts: [file, { by: 'ann', move: 'file', when: { openAgo: '2h' } }] }), []);
});

test('names that do not exist are told, with what was meant', () => {
  assert.match(
    told({ fields: { size: 'smal', wo: 1 } }).join('\n'),
    /did you mean `small`[^]*did you mean `who`/u,
  );
  assert.match(
    told({ fields: { size: 'small', who: 'zoé' } })[0] ?? '',
    /no contact `zoé`: did you mean `zoe`/u,
  );
  assert.match(told({ acts: [{ ...take, move: 'tak' }] })[0] ?? '', /did you mean `take`/u);
  assert.match(told({ acts: [{ ...take, held: [3] }] })[0] ?? '', /no held ticket 3/u);
});

test('whoever does something must have the role at the site', () => {
  assert.match(told({ by: 'bob' })[0] ?? '', /`bob` may not open a ticket of `club` at `here`/u);
  assert.match(told({ acts: [{ ...take, by: 'ann' }] })[0] ?? '', /`ann` may not `take`/u);
});

test('a move leads from where the ticket stands', () => {
  assert.match(
    told({ acts: [take, { ...take, when: { daysAgo: 1, at: '10:00' } }] })[0] ?? '',
    /stands on `back`/u,
  );
});

test('a ticket is opened with what is required', () => {
  assert.match(told({ fields: {} })[0] ?? '', /`size` is required/u);
});

test('nothing is told that, at some hour of some day, has not come yet or comes too early', () => {
  assert.match(told({ opened: { daysAgo: 0, at: '10:00' } })[0] ?? '', /may not have come yet/u);
  assert.match(told({ opened: { inDays: 1, at: '10:00' } })[0] ?? '', /has not happened yet/u);
  assert.match(
    told({ opened: { daysAgo: 1, at: '10:00' }, acts: [{ ...take, when: { openAgo: '2h' } }] })[0] ?? '',
    /may come before/u,
  );
  assert.match(told({ acts: [{ ...take, when: { daysAgo: 4, at: '10:00' } }] })[0] ?? '', /may come before/u);
});

test('a fixed date would not stay believable', () => {
  assert.match(told({ fields: { size: 'small', until: '2026-03-01' } })[0] ?? '', /no longer believable/u);
});

const csv = { name: 'plate.csv', is: 'csv', text: 'well;value' } as const;
const papers = (...files: readonly unknown[]): string =>
  told({ fields: { size: 'small', papers: files } }).join('\n');

test('a story may bring files, made when it is told', () => {
  assert.equal(papers(csv, { name: 'us.jpg', is: 'photo', about: 'Us', place: { lat: 1, lng: 2 } }), '');
});

test('a file that could not be made, or that the field would not take, is told', () => {
  assert.match(papers({ ...csv, text: '' }), /no file of a story/u);
  assert.match(papers({ ...csv, about: 'x' }), /no file of a story/u);
  assert.match(papers({ ...csv, name: 'plate.pdf' }), /ends with `.csv`/u);
  assert.match(papers({ ...csv, name: '../plate.csv' }), /without folders/u);
  assert.match(
    papers({ name: 'note.pdf', is: 'pdf', text: 'x' }),
    /application\/pdf, which this field does not/u,
  );
  assert.match(papers(csv, csv), /`plate.csv` is there twice/u);
  assert.match(papers(csv, csv, csv), /3 files, and the field takes 2/u);
  assert.match(told({ fields: { size: 'small', papers: 'plate.csv' } }).join(), /Write a list of files/u);
});

test('the guard stops files, and nothing else', () => {
  const act = { by: 'ann', when: { openAgo: '2h' }, stopped: 'guard' } as const;
  assert.deepEqual(told({ acts: [{ ...act, edit: { papers: [csv] } }] }), []);
  assert.match(told({ acts: [{ ...act, edit: { size: 'small' } }] })[0] ?? '', /`size` is none/u);
});
