-- A partition a month. The next ones are added here, in time, by a pull request.

CREATE TABLE inventory.stock_movements_2025_01 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-01-01 00:00+00') TO ('2025-02-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_02 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-02-01 00:00+00') TO ('2025-03-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_03 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-03-01 00:00+00') TO ('2025-04-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_04 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-04-01 00:00+00') TO ('2025-05-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_05 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-05-01 00:00+00') TO ('2025-06-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_06 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-06-01 00:00+00') TO ('2025-07-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_07 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-07-01 00:00+00') TO ('2025-08-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_08 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-08-01 00:00+00') TO ('2025-09-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_09 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-09-01 00:00+00') TO ('2025-10-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_10 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-10-01 00:00+00') TO ('2025-11-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_11 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-11-01 00:00+00') TO ('2025-12-01 00:00+00');

CREATE TABLE inventory.stock_movements_2025_12 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2025-12-01 00:00+00') TO ('2026-01-01 00:00+00');

CREATE TABLE inventory.stock_movements_2026_01 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');

CREATE TABLE inventory.stock_movements_2026_02 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2026-02-01 00:00+00') TO ('2026-03-01 00:00+00');

CREATE TABLE inventory.stock_movements_2026_03 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2026-03-01 00:00+00') TO ('2026-04-01 00:00+00');

CREATE TABLE inventory.stock_movements_2026_04 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2026-04-01 00:00+00') TO ('2026-05-01 00:00+00');

CREATE TABLE inventory.stock_movements_2026_05 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2026-05-01 00:00+00') TO ('2026-06-01 00:00+00');

CREATE TABLE inventory.stock_movements_2026_06 PARTITION OF inventory.stock_movements
    FOR VALUES FROM ('2026-06-01 00:00+00') TO ('2026-07-01 00:00+00');
