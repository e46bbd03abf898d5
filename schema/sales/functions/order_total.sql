CREATE FUNCTION sales.order_total(order_id bigint) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT round(coalesce(sum(l.line_total), 0) * (1 - o.discount_percent / 100), 2)
    FROM sales.orders o
    LEFT JOIN sales.order_lines l ON l.order_id = o.id
    WHERE o.id = order_total.order_id
    GROUP BY o.id
$$;

COMMENT ON FUNCTION sales.order_total(bigint) IS 'What an order comes to, after its discount';
