CREATE TABLE sales.order_lines (
    order_id   bigint NOT NULL REFERENCES sales.orders (id) ON DELETE CASCADE,
    line_no    smallint NOT NULL,
    product_id bigint NOT NULL REFERENCES inventory.products (id),
    quantity   numeric(12, 3) NOT NULL,
    unit_price numeric(12, 2) NOT NULL,
    line_total numeric(16, 2) GENERATED ALWAYS AS (round(quantity * unit_price, 2)) STORED,
    PRIMARY KEY (order_id, line_no),
    CONSTRAINT quantity_is_positive CHECK (quantity > 0)
);

CREATE INDEX order_lines_product_id_idx ON sales.order_lines (product_id) INCLUDE (quantity);

COMMENT ON COLUMN sales.order_lines.unit_price IS 'Agreed when the order was confirmed; later price changes do not touch it';
