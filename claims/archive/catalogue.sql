-- What is dropped or disabled while rows are copied in, so that it can be restored as it was.

-- name: foreign_keys
SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid)
  FROM pg_constraint AS c
 WHERE c.connamespace = 'claims'::regnamespace AND c.contype = 'f'
 ORDER BY 1, 2;

-- name: uniques
SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid)
  FROM pg_constraint AS c
 WHERE c.connamespace = 'claims'::regnamespace AND c.contype = 'u'
 ORDER BY 1, 2;

-- name: indexes
SELECT i.indexrelid::regclass::text, '', pg_get_indexdef(i.indexrelid)
  FROM pg_index AS i
  JOIN pg_class AS t ON t.oid = i.indrelid
 WHERE t.relnamespace = 'claims'::regnamespace AND t.relkind = 'r' AND NOT i.indisprimary
   AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = i.indexrelid)
 ORDER BY 1;

-- name: triggers
SELECT g.tgrelid::regclass::text, g.tgname, g.tgenabled::text
  FROM pg_trigger AS g
  JOIN pg_class AS t ON t.oid = g.tgrelid
 WHERE t.relnamespace = 'claims'::regnamespace AND NOT g.tgisinternal
 ORDER BY 1, 2;
