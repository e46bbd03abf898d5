CREATE VIEW sales.order_summary AS
SELECT o.id,
       o.order_number,
       o.customer_id,
       c.display_name AS customer_name,
       o.status,
       o.channel,
       o.ordered_at,
       count(l.line_no) AS lines,
       coalesce(sum(l.line_total), 0) AS net_total
FROM sales.orders o
JOIN sales.customers c ON c.id = o.customer_id
LEFT JOIN sales.order_lines l ON l.order_id = o.id
GROUP BY o.id, c.id;

COMMENT ON VIEW sales.order_summary IS 'Orders as the sales desk lists them';
