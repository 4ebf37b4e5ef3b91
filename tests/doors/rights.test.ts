import assert from 'node:assert/strict';
import { test } from 'node:test';

import { testDatabase } from '../harness/database.ts';

test('the role that does the work has no right to change what happened, nor its order', async (t) => {
  const { owner } = await testDatabase(t);
  const rows = await owner<{ right: string }[]>`
    select t.name || ' ' || p.privilege as right
    from unnest(array['event', 'event_order', 'event_unordered', 'log_head']) as t (name),
      unnest(array['INSERT', 'UPDATE', 'DELETE']) as p (privilege)
    where has_table_privilege('vigie_app', t.name, p.privilege) order by 1`;
  assert.deepEqual(
    rows.map(({ right }) => right),
    ['event INSERT', 'event_unordered INSERT'],
  );
  const columns = await owner<{ column: string }[]>`
    select column_name as column from information_schema.column_privileges
    where grantee = 'vigie_app' and table_name = 'event' and privilege_type = 'UPDATE'`;
  assert.deepEqual([...columns], [{ column: 'sealed' }]);
});
