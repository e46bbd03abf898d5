-- schemadiff revision
-- id = "20261129050916_48tg"
-- parents = ["20261129050914_tpxg"]
-- message = "fines"
-- created = 2026-11-29T05:09:16Z
-- tool = "0.1.0"
-- postgres = 17
-- before = "7b1ea6f4ad1f77557b1ea6f4ad1f7755"
-- after = "0aa075045bd09bcd0aa075045bd09bcd"

SET check_function_bodies = off;
SET search_path = public;

BEGIN;

-- step 1: create table public.fines (expand, transaction 1)
--   from: schema/fines.sql:1
CREATE TABLE public.fines (
  loan_id bigint NOT NULL,
  amount numeric(8,2) NOT NULL,
  CONSTRAINT fines_pkey PRIMARY KEY (loan_id),
  CONSTRAINT fines_amount_check CHECK (amount > 0)
);

-- step 2: create foreign key public.fines.fines_loan_id_fkey (expand, transaction 1)
--   lock: SHARE ROW EXCLUSIVE on public.loans: readers go on; waits for and then stops all writers, for an instant
--   from: schema/fines.sql:2
ALTER TABLE public.fines ADD CONSTRAINT fines_loan_id_fkey FOREIGN KEY (loan_id) REFERENCES public.loans (id);

COMMIT;

-- step 3: create index public.loans.loans_by_due (expand, no transaction)
--   lock: SHARE UPDATE EXCLUSIVE on public.loans: readers and writers go on; holds up VACUUM and schema changes, while it is read whole
--   scans: public.loans
--   from: schema/fines.sql:5
--   before a retry, if this fails: DROP INDEX CONCURRENTLY IF EXISTS public.loans_by_due
CREATE INDEX CONCURRENTLY loans_by_due ON public.loans USING btree (due);

-- end of 20261129050916_48tg
