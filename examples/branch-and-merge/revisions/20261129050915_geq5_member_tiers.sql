-- schemadiff revision
-- id = "20261129050915_geq5"
-- parents = ["20261129050914_tpxg"]
-- message = "member tiers"
-- created = 2026-11-29T05:09:15Z
-- tool = "0.1.0"
-- postgres = 17
-- before = "7b1ea6f4ad1f77557b1ea6f4ad1f7755"
-- after = "abac4353c5e2198fabac4353c5e2198f"

SET check_function_bodies = off;
SET search_path = public;

BEGIN;

-- step 1: create column public.members.tier (expand, transaction 1)
--   lock: ACCESS EXCLUSIVE on public.members: waits for and then stops all readers and writers, for an instant
--   from: schema/members.sql:5
ALTER TABLE public.members ADD COLUMN tier text DEFAULT 'basic' NOT NULL;

-- step 2: create check constraint public.members.members_tier_check (expand, transaction 1)
--   lock: ACCESS EXCLUSIVE on public.members, since step 1
--   from: schema/members.sql:5
ALTER TABLE public.members ADD CONSTRAINT members_tier_check CHECK (tier IN ('basic', 'gold')) NOT VALID;

COMMIT;

BEGIN;

-- step 3: alter check constraint public.members.members_tier_check (expand, transaction 2)
--   lock: SHARE UPDATE EXCLUSIVE on public.members: readers and writers go on; holds up VACUUM and schema changes, while it is read whole
--   scans: public.members
--   hazard: may-fail: every row has to satisfy the condition
--   from: schema/members.sql:5
ALTER TABLE public.members VALIDATE CONSTRAINT members_tier_check;

COMMIT;

-- end of 20261129050915_geq5
