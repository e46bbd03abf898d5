CREATE TABLE sales.customers (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_number text NOT NULL UNIQUE,
    -- schemadiff:renamed-from name
    display_name    text NOT NULL,
    email           sales.email,
    region          text NOT NULL DEFAULT 'north',
    country         sales.country_code NOT NULL DEFAULT 'DE',
    delivery        sales.address,
    credit_limit    numeric(14, 2) NOT NULL DEFAULT 0,
    loyalty_points  integer NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT credit_limit_is_not_negative CHECK (credit_limit >= 0),
    CONSTRAINT region_is_known CHECK (region IN ('north', 'south', 'east', 'west', 'export'))
);

CREATE INDEX customers_region_idx ON sales.customers (region);
CREATE INDEX customers_lower_email_idx ON sales.customers (lower(email));

CREATE TRIGGER customers_touch BEFORE UPDATE ON sales.customers
    FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

ALTER TABLE sales.customers ENABLE ROW LEVEL SECURITY;

CREATE POLICY region_of_the_clerk ON sales.customers
    USING (region = current_setting('erp.region', true) OR current_setting('erp.region', true) IS NULL)
    WITH CHECK (region = current_setting('erp.region', true) OR current_setting('erp.region', true) IS NULL);

COMMENT ON TABLE sales.customers IS 'Whom we sell to';
COMMENT ON COLUMN sales.customers.display_name IS 'As it is printed on invoices';
COMMENT ON COLUMN sales.customers.credit_limit IS 'Open invoices may not exceed this, in euro';
