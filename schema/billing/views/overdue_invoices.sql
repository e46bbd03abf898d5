CREATE VIEW billing.overdue_invoices AS
SELECT i.id,
       i.invoice_number,
       i.customer_id,
       c.display_name AS customer_name,
       i.total,
       i.total - coalesce(sum(p.amount), 0) AS open_amount,
       CURRENT_DATE - i.due_on AS days_overdue
FROM billing.invoices i
JOIN sales.customers c ON c.id = i.customer_id
LEFT JOIN billing.payments p ON p.invoice_id = i.id
WHERE i.status = 'issued' AND i.due_on < CURRENT_DATE
GROUP BY i.id, c.id;
