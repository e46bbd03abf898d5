-- schemadiff revision, the way back
-- id = "20261129050914_tpxg"
-- message = "members and loans"
-- created = 2026-11-29T05:09:14Z
-- tool = "0.1.0"
-- postgres = 17
-- before = "7b1ea6f4ad1f77557b1ea6f4ad1f7755"
-- after = "e7e5f11aa0bb3380e7e5f11aa0bb3380"

SET check_function_bodies = off;
SET search_path = public;

BEGIN;

-- step 1: drop foreign key public.loans.loans_member_id_fkey (expand, transaction 1)
--   lock: ACCESS EXCLUSIVE on public.loans: waits for and then stops all readers and writers, for an instant
--   lock: ACCESS EXCLUSIVE on public.members: waits for and then stops all readers and writers, for an instant
ALTER TABLE public.loans DROP CONSTRAINT loans_member_id_fkey;

-- step 2: drop table public.loans (contract, transaction 1)
--   lock: ACCESS EXCLUSIVE on public.loans, since step 1
--   hazard: data-loss: all rows of the table are lost
--   hazard: irreversible: only a backup brings them back
--   hazard: breaks-clients: clients that use the table fail
DROP TABLE public.loans;

-- step 3: drop table public.members (contract, transaction 1)
--   lock: ACCESS EXCLUSIVE on public.members, since step 1
--   hazard: data-loss: all rows of the table are lost
--   hazard: irreversible: only a backup brings them back
--   hazard: breaks-clients: clients that use the table fail
DROP TABLE public.members;

COMMIT;

-- end of 20261129050914_tpxg
