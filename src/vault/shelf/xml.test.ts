import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { childrenOf, escaped, readXml, textOf } from './xml.ts';

test('what a store says is read: declaration, attributes, entities, empty elements', () => {
  const read = readXml(
    `<?xml version='1.0' encoding='UTF-8'?>\n<List xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Key>a&amp;b&#x20;&#99;&lt;</Key>\n<Empty/><Key>two</Key></List>\n`,
  );
  assert.equal(read.name, 'List');
  assert.deepEqual(
    childrenOf(read, 'Key').map(({ text }) => text),
    ['a&b c<', 'two'],
  );
  assert.equal(textOf(read, 'Empty'), '');
  assert.equal(textOf(read, 'Missing'), '');
});

test('what was escaped is read as it was, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.equal(readXml(`<a>${escaped(text)}</a>`).text, text);
    }),
  );
});

test('what no store says is refused: entities of one’s own, CDATA, comments, crooked nesting, depth', () => {
  for (const text of [
    '',
    'words',
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a/>words',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<!DOCTYPE a><a/>',
    '<a>&x;</a>',
    '<a>&</a>',
    '<a>&#x110000;</a>',
    '<a>&constructor;</a>',
    '<a><![CDATA[x]]></a>',
    '<a><!-- x --></a>',
    '<a b=c/>',
    '<a',
    '<html><body>502<br></body></html>',
    `${'<a>'.repeat(50)}${'</a>'.repeat(50)}`,
  ])
    assert.throws(() => readXml(text), SyntaxError, text.slice(0, 60));
});

test('whatever is sent, it is read or refused, and soon', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('<a>', '</a>', '<', '>', '&', ' ', '="', "'", 'b', '<?', '?>', '/')),
      (parts) => {
        try {
          readXml(parts.join(''));
        } catch (error) {
          assert.ok(error instanceof SyntaxError);
        }
      },
    ),
  );
  const began = performance.now();
  for (const hostile of [
    '<a '.repeat(300_000),
    `<a${' b="c"'.repeat(200_000)}`,
    '&'.repeat(900_000),
    '<?'.repeat(400_000),
  ])
    assert.throws(() => readXml(hostile), SyntaxError);
  assert.ok(performance.now() - began < 5000);
});
