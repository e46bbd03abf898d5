-- schemadiff revision
-- id = "20261129050914_tpxg"
-- parents = []
-- message = "members and loans"
-- created = 2026-11-29T05:09:14Z
-- tool = "0.1.0"
-- postgres = 17
-- before = "e7e5f11aa0bb3380e7e5f11aa0bb3380"
-- after = "7b1ea6f4ad1f77557b1ea6f4ad1f7755"

SET check_function_bodies = off;
SET search_path = public;

BEGIN;

-- step 1: create table public.loans (expand, transaction 1)
--   from: schema/loans.sql:1
CREATE TABLE public.loans (
  id bigint GENERATED ALWAYS AS IDENTITY,
  member_id bigint NOT NULL,
  book text NOT NULL,
  due date NOT NULL,
  CONSTRAINT loans_pkey PRIMARY KEY (id)
);

-- step 2: create table public.members (expand, transaction 1)
--   from: schema/members.sql:1
CREATE TABLE public.members (
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  email text NOT NULL,
  CONSTRAINT members_pkey PRIMARY KEY (id),
  CONSTRAINT members_email_key UNIQUE (email)
);

-- step 3: create foreign key public.loans.loans_member_id_fkey (expand, transaction 1)
--   from: schema/loans.sql:3
ALTER TABLE public.loans ADD CONSTRAINT loans_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members (id);

COMMIT;

-- end of 20261129050914_tpxg
