CREATE TABLE inventory.product_prices (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id bigint NOT NULL REFERENCES inventory.products (id) ON DELETE CASCADE,
    price      billing.money_amount NOT NULL,
    valid      daterange NOT NULL,
    CONSTRAINT one_price_at_a_time
        EXCLUDE USING gist (int8range(product_id, product_id, '[]') WITH &&, valid WITH &&)
);

COMMENT ON TABLE inventory.product_prices IS 'Prices that hold for a while, in place of the list price';
