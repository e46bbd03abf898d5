CREATE TABLE fines (
    loan_id bigint PRIMARY KEY REFERENCES loans,
    amount  numeric(8, 2) NOT NULL CHECK (amount > 0)
);
CREATE INDEX loans_by_due ON loans (due);
