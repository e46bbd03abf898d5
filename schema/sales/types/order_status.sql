CREATE TYPE sales.order_status AS ENUM (
    'draft',
    'confirmed',
    'picking',
    'shipped',
    'delivered',
    'cancelled'
);

COMMENT ON TYPE sales.order_status IS 'The way of an order, from first to last';
