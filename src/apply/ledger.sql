-- The ledger: what schemadiff ran in this database. A change of it is a new layout: count the number in the comment on
-- the schema up, together with kLedgerLayout.

CREATE SCHEMA schemadiff;
COMMENT ON SCHEMA schemadiff IS 'ledger of schemadiff, layout 1';

CREATE TABLE schemadiff.revision (
    id text NOT NULL,
    checksum text NOT NULL,
    message text NOT NULL,
    state text NOT NULL,
    steps integer NOT NULL,
    steps_done integer NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    applied_by text DEFAULT SESSION_USER NOT NULL,
    host text NOT NULL,
    tool_version text NOT NULL,
    CONSTRAINT revision_pkey PRIMARY KEY (id),
    CONSTRAINT revision_state_check CHECK (state IN ('applying', 'applied', 'reverting'))
);
COMMENT ON TABLE schemadiff.revision IS 'the revisions that this database has, wholly or in part';
COMMENT ON COLUMN schemadiff.revision.id IS 'as in the header of its file';
COMMENT ON COLUMN schemadiff.revision.checksum IS 'SHA-256 of its file in hex, line endings aside';
COMMENT ON COLUMN schemadiff.revision.message IS 'as in the header of its file';
COMMENT ON COLUMN schemadiff.revision.state IS
    'applying: an upgrade has begun; applied: all of it is done; reverting: a downgrade has begun';
COMMENT ON COLUMN schemadiff.revision.steps IS 'how many steps the file has that is run, or was run last';
COMMENT ON COLUMN schemadiff.revision.steps_done IS 'how many of them are done, from the first one on';
COMMENT ON COLUMN schemadiff.revision.started_at IS 'when its upgrade began';
COMMENT ON COLUMN schemadiff.revision.finished_at IS 'when its upgrade was done';
COMMENT ON COLUMN schemadiff.revision.applied_by IS 'the role that logged in to apply it';
COMMENT ON COLUMN schemadiff.revision.host IS 'the machine that schemadiff ran on';
COMMENT ON COLUMN schemadiff.revision.tool_version IS 'the version of schemadiff that applied it';

CREATE TABLE schemadiff.step (
    id bigint GENERATED ALWAYS AS IDENTITY,
    revision text NOT NULL,
    direction text NOT NULL,
    number integer NOT NULL,
    summary text NOT NULL,
    state text NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    executed_by text DEFAULT SESSION_USER NOT NULL,
    host text NOT NULL,
    address inet DEFAULT inet_client_addr(),
    error text,
    sqlstate text,
    CONSTRAINT step_pkey PRIMARY KEY (id),
    CONSTRAINT step_direction_check CHECK (direction IN ('upgrade', 'downgrade', 'stamp', 'accept', 'adopt')),
    CONSTRAINT step_state_check CHECK (state IN ('started', 'done', 'failed', 'interrupted'))
);
CREATE INDEX step_revision_idx ON schemadiff.step (revision, id);
COMMENT ON TABLE schemadiff.step IS 'the log: what was run and recorded, in order; nothing of it is ever deleted';
COMMENT ON COLUMN schemadiff.step.id IS 'in the order in which they began';
COMMENT ON COLUMN schemadiff.step.revision IS 'the revision that it is a step of, or that was recorded';
COMMENT ON COLUMN schemadiff.step.direction IS
    'upgrade and downgrade ran it; stamp, accept (a changed file) and adopt (a squashed revision) only recorded';
COMMENT ON COLUMN schemadiff.step.number IS 'its place in the file, from 1; 0 where nothing ran';
COMMENT ON COLUMN schemadiff.step.summary IS 'what it does to which object';
COMMENT ON COLUMN schemadiff.step.state IS
    'started: it runs, or was cut off; interrupted: it may have left something behind that the next run clears away';
COMMENT ON COLUMN schemadiff.step.started_at IS 'by the clock, not the beginning of the transaction';
COMMENT ON COLUMN schemadiff.step.finished_at IS 'when it was done, had failed, or was found interrupted';
COMMENT ON COLUMN schemadiff.step.executed_by IS 'the role that logged in';
COMMENT ON COLUMN schemadiff.step.host IS 'the machine that schemadiff ran on, or that wrote the script';
COMMENT ON COLUMN schemadiff.step.address IS 'where the connection came from; null for a local one';
COMMENT ON COLUMN schemadiff.step.error IS 'why it failed';
COMMENT ON COLUMN schemadiff.step.sqlstate IS 'the code of the error of PostgreSQL';
