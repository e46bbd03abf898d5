-- plan: 2 to create, 1 to alter, 1 to replace, 1 to drop, in 5 steps; 4 hazards: 1 data-loss, 1 blocks-reads, 1 table-rewrite, 1 opaque (1 accepted by annotation)
-- note: 2 views were compared by syntax tree, since the role lacks TEMP
-- made for database shop, PostgreSQL 17.6, schema 00ff
-- run with: psql -X -f FILE

\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = off;
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET lock_timeout = 0;
SET search_path = "";

BEGIN;
SET LOCAL lock_timeout = '1500ms';

-- step 1: create column public.orders.note (expand, transaction 1)
--   lock: ACCESS EXCLUSIVE on public.orders: waits for and then stops all readers and writers, for an instant
--   from: schema/orders.sql:12
ALTER TABLE public.orders ADD COLUMN note text DEFAULT 'a | `b`';

-- step 2: replace function public.total(integer) (expand, transaction 1)
--   accepted hazard: opaque: the body changes
--     because: reviewed, 100% "fine"
--   from: schema/total.sql:1
CREATE OR REPLACE FUNCTION public.total(integer) RETURNS integer
LANGUAGE sql AS $$
  SELECT $1 -- as it was
$$
;

COMMIT;

-- step 3: create index public.orders_note_idx (expand, no transaction)
--   lock: SHARE UPDATE EXCLUSIVE on public.orders: readers and writers go on; holds up VACUUM and schema changes, while it is read whole
--   scans: public.orders
--   estimate: about 1,200,000 rows, 340 MB
--   note: built without stopping writers
--   from: schema/orders.sql:20
--   before a retry, if this fails: DROP INDEX CONCURRENTLY IF EXISTS public.orders_note_idx
CREATE INDEX CONCURRENTLY orders_note_idx ON public.orders (note);

BEGIN;
SET LOCAL lock_timeout = '1500ms';

-- step 4: alter column public.orders.amount (contract, transaction 3)
--   lock: ACCESS EXCLUSIVE on public.orders: waits for and then stops all readers and writers, while it is rewritten
--   rewrites: public.orders
--   estimate: about 1,200,000 rows, 340 MB
--   hazard: table-rewrite: the table is written anew
--   hazard: blocks-reads: readers wait while it is written anew
--   from: schema/orders.sql:7
ALTER TABLE public.orders ALTER COLUMN amount TYPE bigint;

COMMIT;

BEGIN;
SET LOCAL lock_timeout = '1500ms';

-- step 5: drop table public."Old things" (contract, transaction 4)
--   lock: ACCESS EXCLUSIVE on public."Old things": waits for and then stops all readers and writers, for an instant
--   estimate: about 3 rows, 8.0 kB
--   hazard: data-loss: about 3 rows go away
DROP TABLE public."Old things";

COMMIT;
