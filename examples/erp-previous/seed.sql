-- Rows for the previous version of the example database: 297,000 of them, the same in every run.

INSERT INTO inventory.product_categories (id, parent_id, code, name)
SELECT n, CASE WHEN n > 4 THEN 1 + n % 4 END, chr(65 + n / 26) || chr(65 + n % 26), 'category ' || n
FROM generate_series(1, 20) AS n;

INSERT INTO inventory.warehouses (id, code, name, country)
SELECT n, 'W' || n, 'warehouse ' || n, (ARRAY['DE', 'FR', 'PL'])[1 + n % 3]
FROM generate_series(1, 5) AS n;

INSERT INTO inventory.products (sku, category_id, name, description, list_price, weight_grams, attributes, discontinued_on)
SELECT c.code || '-' || lpad(n::text, 5, '0'), c.id, 'product ' || n,
       'made of ' || (ARRAY['oak', 'steel', 'glass', 'wool'])[1 + n % 4],
       round((5 + n % 500 * 1.37)::numeric, 2), 100 + n % 9000,
       jsonb_build_object('colour', (ARRAY['red', 'green', 'blue'])[1 + n % 3], 'size', n % 10),
       CASE WHEN n % 40 = 0 THEN date '2025-10-01' END
FROM generate_series(1, 2000) AS n
JOIN inventory.product_categories c ON c.id = 1 + n % 20;

INSERT INTO sales.customers (customer_number, name, email, fax, region, country, credit_limit, created_at)
SELECT 'C' || lpad(n::text, 6, '0'), 'customer ' || n,
       CASE WHEN n % 7 > 0 THEN 'buyer' || n || '@customer' || n % 900 || '.example' END,
       CASE WHEN n % 50 = 0 THEN '+49 30 ' || n END,
       (ARRAY['north', 'south', 'east', 'west'])[1 + n % 4], (ARRAY['DE', 'FR', 'PL', 'AT'])[1 + n % 4],
       (n % 60) * 500, timestamptz '2024-01-01 00:00+00' + n * interval '97 minutes'
FROM generate_series(1, 5000) AS n;

INSERT INTO sales.orders (order_number, customer_id, status, discount_percent, ordered_at, note)
SELECT 'O' || lpad(n::text, 7, '0'), 1 + n * 7919 % 5000,
       (ARRAY['delivered', 'delivered', 'delivered', 'shipped', 'confirmed', 'draft', 'cancelled'])
           [1 + n % 7]::sales.order_status,
       CASE WHEN n % 10 = 0 THEN n % 50 ELSE 0 END, timestamptz '2025-01-01 00:00+00' + n * interval '15 minutes',
       CASE WHEN n % 100 = 0 THEN 'please ring the bell' END
FROM generate_series(1, 40000) AS n;

INSERT INTO sales.order_lines (order_id, line_no, product_id, quantity, unit_price)
SELECT o.id, l, 1 + (o.id * 31 + l * 17) % 2000, 1 + (o.id + l) % 9, round((5 + (o.id + l) % 400 * 1.11)::numeric, 2)
FROM sales.orders o
CROSS JOIN generate_series(1, 3) AS l;

INSERT INTO inventory.stock_movements (moved_at, product_id, warehouse_id, kind, quantity, reference)
SELECT timestamptz '2025-01-01 00:00+00' + n * interval '6 minutes', 1 + n * 613 % 2000, 1 + n % 5,
       CASE WHEN n % 3 = 0 THEN 'receipt' ELSE 'issue' END::inventory.movement_kind,
       CASE WHEN n % 3 = 0 THEN 20 ELSE -(1 + n % 8) END, 'M' || n
FROM generate_series(1, 100000) AS n;

INSERT INTO billing.invoices (invoice_number, order_id, customer_id, status, total, issued_on, due_on)
SELECT 'I' || lpad(o.id::text, 7, '0'), o.id, o.customer_id,
       CASE WHEN o.id % 5 = 0 THEN 'issued' ELSE 'paid' END::billing.invoice_status,
       sum(l.line_total), o.ordered_at::date + 1, o.ordered_at::date + 31
FROM sales.orders o
JOIN sales.order_lines l ON l.order_id = o.id
WHERE o.id % 4 > 0
GROUP BY o.id;

REFRESH MATERIALIZED VIEW inventory.stock_levels;
ANALYZE;
