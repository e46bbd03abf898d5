-- schemadiff revision, the way back
-- id = "20261129050916_48tg"
-- message = "fines"
-- created = 2026-11-29T05:09:16Z
-- tool = "0.1.0"
-- postgres = 17
-- before = "0aa075045bd09bcd0aa075045bd09bcd"
-- after = "7b1ea6f4ad1f77557b1ea6f4ad1f7755"

SET check_function_bodies = off;
SET search_path = public;

BEGIN;

-- step 1: drop foreign key public.fines.fines_loan_id_fkey (expand, transaction 1)
--   lock: ACCESS EXCLUSIVE on public.fines: waits for and then stops all readers and writers, for an instant
--   lock: ACCESS EXCLUSIVE on public.loans: waits for and then stops all readers and writers, for an instant
ALTER TABLE public.fines DROP CONSTRAINT fines_loan_id_fkey;

-- step 2: drop table public.fines (contract, transaction 1)
--   lock: ACCESS EXCLUSIVE on public.fines, since step 1
--   hazard: data-loss: all rows of the table are lost
--   hazard: irreversible: only a backup brings them back
--   hazard: breaks-clients: clients that use the table fail
DROP TABLE public.fines;

COMMIT;

-- step 3: drop index public.loans.loans_by_due (contract, no transaction)
--   lock: SHARE UPDATE EXCLUSIVE on public.loans: readers and writers go on; holds up VACUUM and schema changes, for an instant
DROP INDEX CONCURRENTLY public.loans_by_due;

-- end of 20261129050916_48tg
