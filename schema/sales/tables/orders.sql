CREATE TABLE sales.orders (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_number     text NOT NULL UNIQUE,
    customer_id      bigint NOT NULL REFERENCES sales.customers (id),
    status           sales.order_status NOT NULL DEFAULT 'draft',
    -- schemadiff:backfill 'phone'
    channel          text NOT NULL,
    currency         char(3) NOT NULL DEFAULT 'EUR',
    discount_percent numeric(5, 2) NOT NULL DEFAULT 0,
    ordered_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    note             text,
    CONSTRAINT discount_is_sane CHECK (discount_percent BETWEEN 0 AND 60),
    CONSTRAINT channel_is_known CHECK (channel IN ('phone', 'web', 'edi'))
);

CREATE INDEX orders_customer_id_ordered_at_idx ON sales.orders (customer_id, ordered_at DESC);
CREATE INDEX orders_in_the_warehouse_idx ON sales.orders (ordered_at) WHERE status IN ('confirmed', 'picking');

CREATE TRIGGER orders_touch BEFORE UPDATE ON sales.orders
    FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

COMMENT ON TABLE sales.orders IS 'One row for each order, whatever its state';
