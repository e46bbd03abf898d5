CREATE TABLE billing.invoices (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_number text NOT NULL UNIQUE,
    order_id       bigint REFERENCES sales.orders (id) ON DELETE SET NULL,
    customer_id    bigint NOT NULL REFERENCES sales.customers (id),
    status         billing.invoice_status NOT NULL DEFAULT 'draft',
    total          billing.money_amount NOT NULL,
    issued_on      date,
    due_on         date,
    updated_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT due_after_issue CHECK (due_on >= issued_on),
    CONSTRAINT issued_has_a_date CHECK (status = 'draft' OR issued_on IS NOT NULL)
);

CREATE INDEX invoices_order_id_idx ON billing.invoices (order_id);
CREATE INDEX invoices_customer_id_idx ON billing.invoices (customer_id);
CREATE INDEX invoices_open_idx ON billing.invoices (due_on) WHERE status = 'issued';

CREATE TRIGGER invoices_touch BEFORE UPDATE ON billing.invoices
    FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER invoices_guard BEFORE UPDATE OF total, customer_id OR DELETE ON billing.invoices
    FOR EACH ROW WHEN (OLD.status <> 'draft') EXECUTE FUNCTION billing.refuse_change();

ALTER TABLE billing.invoices ENABLE ROW LEVEL SECURITY;

CREATE POLICY drafts_are_private ON billing.invoices FOR SELECT
    USING (status <> 'draft' OR current_setting('erp.department', true) = 'billing');
CREATE POLICY billing_writes ON billing.invoices
    USING (current_setting('erp.department', true) = 'billing');

COMMENT ON TABLE billing.invoices IS 'Issued invoices never change: they are voided and written anew';
