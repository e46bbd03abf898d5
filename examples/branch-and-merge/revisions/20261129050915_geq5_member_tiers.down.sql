-- schemadiff revision, the way back
-- id = "20261129050915_geq5"
-- message = "member tiers"
-- created = 2026-11-29T05:09:15Z
-- tool = "0.1.0"
-- postgres = 17
-- before = "abac4353c5e2198fabac4353c5e2198f"
-- after = "7b1ea6f4ad1f77557b1ea6f4ad1f7755"

SET check_function_bodies = off;
SET search_path = public;

BEGIN;

-- step 1: drop check constraint public.members.members_tier_check (expand, transaction 1)
--   lock: ACCESS EXCLUSIVE on public.members: waits for and then stops all readers and writers, for an instant
ALTER TABLE public.members DROP CONSTRAINT members_tier_check;

-- step 2: drop column public.members.tier (contract, transaction 1)
--   lock: ACCESS EXCLUSIVE on public.members, since step 1
--   hazard: breaks-clients: clients that use the column fail
--   hazard: data-loss: the column's values are lost
--   hazard: irreversible: only a backup brings them back
ALTER TABLE public.members DROP COLUMN tier;

COMMIT;

-- end of 20261129050915_geq5
