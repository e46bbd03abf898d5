CREATE TABLE billing.payments (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_id  bigint NOT NULL REFERENCES billing.invoices (id),
    amount      billing.money_amount NOT NULL,
    received_on date NOT NULL DEFAULT CURRENT_DATE,
    bank_reference text,
    CONSTRAINT amount_is_positive CHECK (amount > 0)
);

CREATE INDEX payments_invoice_id_idx ON billing.payments (invoice_id);

COMMENT ON TABLE billing.payments IS 'Money that came in; an invoice may be paid in parts';
