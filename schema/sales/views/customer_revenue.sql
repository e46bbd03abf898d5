CREATE VIEW sales.customer_revenue AS
SELECT customer_id,
       customer_name,
       date_trunc('month', ordered_at) AS month,
       sum(net_total) AS revenue
FROM sales.order_summary
WHERE status NOT IN ('draft', 'cancelled')
GROUP BY customer_id, customer_name, date_trunc('month', ordered_at);
