-- The indicators of one window, as an analyst would ask for them in SQL: one GROUP BY per input.
-- %T the as-of day, %W the first day of the window, %L and %F the last and first whole month in it;
-- ratio(a, b) stands for the division of each engine.
WITH sold AS (
  SELECT customer_id, type, amount, cost, CAST(transaction_time AS DATE) AS d, due_date
  FROM transactions WHERE CAST(transaction_time AS DATE) <= DATE '%T'),
firsts AS (
  SELECT customer_id, MIN(12 * YEAR(d) + MONTH(d)) AS first_month FROM sold GROUP BY customer_id),
t AS (
  SELECT sold.customer_id,
    COUNT(CASE WHEN type = 'SALE' AND d >= DATE '%W' THEN 1 END) AS transaction_count,
    SUM(CASE WHEN type = 'SALE' AND d >= DATE '%W' THEN amount ELSE 0 END) AS sales,
    SUM(CASE WHEN type = 'RETURN' AND d >= DATE '%W' THEN amount ELSE 0 END) AS returns,
    COUNT(CASE WHEN type = 'RETURN' AND d >= DATE '%W' THEN 1 END) AS return_count,
    MAX(CASE WHEN type = 'SALE' AND d >= DATE '%W' THEN amount END) AS largest,
    SUM(CASE WHEN type = 'SALE' AND d >= DATE '%W' THEN cost ELSE 0 END) AS sale_cost,
    SUM(CASE WHEN type = 'RETURN' AND d >= DATE '%W' THEN cost ELSE 0 END) AS return_cost,
    COUNT(CASE WHEN cost IS NULL AND d >= DATE '%W' THEN 1 END) AS uncosted,
    COUNT(DISTINCT CASE WHEN type = 'SALE' AND d >= DATE '%W' THEN d END) AS days,
    MIN(CASE WHEN type = 'SALE' AND d >= DATE '%W' THEN d END) AS first_in,
    MAX(CASE WHEN type = 'SALE' AND d >= DATE '%W' THEN d END) AS last_in,
    MIN(CASE WHEN type = 'SALE' THEN d END) AS first_sale,
    MAX(CASE WHEN type = 'SALE' THEN d END) AS last_sale,
    MIN(first_month) AS first_month,
    COUNT(DISTINCT CASE WHEN type = 'SALE'
      AND 12 * YEAR(d) + MONTH(d) BETWEEN GREATEST(%F, first_month + 1) AND %L
      THEN 12 * YEAR(d) + MONTH(d) END) AS sale_months,
    SUM(CASE WHEN 12 * YEAR(d) + MONTH(d) BETWEEN GREATEST(%F, first_month + 1) AND %L
      THEN CASE WHEN type = 'SALE' THEN amount ELSE -amount END ELSE 0 END) AS y,
    SUM(CASE WHEN 12 * YEAR(d) + MONTH(d) BETWEEN GREATEST(%F, first_month + 1) AND %L
      THEN CASE WHEN type = 'SALE' THEN amount ELSE -amount END * (12 * YEAR(d) + MONTH(d) - %F)
      ELSE 0 END) AS xy
  FROM sold JOIN firsts ON sold.customer_id = firsts.customer_id GROUP BY sold.customer_id),
paid AS (
  SELECT customer_id, type, amount, CAST(payment_time AS DATE) AS d
  FROM payments WHERE CAST(payment_time AS DATE) <= DATE '%T'),
p AS (
  SELECT customer_id,
    SUM(CASE WHEN type = 'PAYMENT' AND d >= DATE '%W' THEN amount ELSE 0 END) AS receipts,
    COUNT(CASE WHEN type = 'PAYMENT' AND d >= DATE '%W' THEN 1 END) AS receipt_count,
    MAX(CASE WHEN type = 'PAYMENT' AND d >= DATE '%W' THEN amount END) AS largest_receipt
  FROM paid GROUP BY customer_id),
met AS (
  SELECT customer_id, type, satisfaction, cost, CAST(contact_time AS DATE) AS d
  FROM contacts WHERE CAST(contact_time AS DATE) <= DATE '%T'),
c AS (
  SELECT customer_id,
    COUNT(CASE WHEN d >= DATE '%W' THEN 1 END) AS contacts,
    COUNT(CASE WHEN type = 'TASK' AND d >= DATE '%W' THEN 1 END) AS tasks,
    COUNT(CASE WHEN type = 'PROCESS' AND d >= DATE '%W' THEN 1 END) AS processes,
    COUNT(CASE WHEN type = 'PRAISE' AND d >= DATE '%W' THEN 1 END) AS praise,
    COUNT(CASE WHEN type = 'COMPLAINT' AND d >= DATE '%W' THEN 1 END) AS complaints,
    COUNT(CASE WHEN type = 'SUGGESTION' AND d >= DATE '%W' THEN 1 END) AS suggestions,
    SUM(CASE WHEN d >= DATE '%W' THEN satisfaction END) AS satisfied,
    COUNT(CASE WHEN d >= DATE '%W' THEN satisfaction END) AS asked,
    SUM(CASE WHEN d >= DATE '%W' THEN cost ELSE 0 END) AS service_cost,
    MAX(d) AS last_contact
  FROM met GROUP BY customer_id),
changes AS (
  SELECT customer_id, d, CASE WHEN type = 'SALE' THEN amount ELSE -amount END AS balance,
    CAST(0 AS DECIMAL(18,2)) AS due FROM sold
  UNION ALL
  SELECT customer_id, GREATEST(d, COALESCE(due_date, d)) AS d, CAST(0 AS DECIMAL(18,2)) AS balance,
    CASE WHEN type = 'SALE' THEN amount ELSE -amount END AS due
  FROM sold WHERE GREATEST(d, COALESCE(due_date, d)) <= DATE '%T'
  UNION ALL
  SELECT customer_id, d, CASE WHEN type = 'PAYMENT' THEN -amount ELSE amount END AS balance,
    CASE WHEN type = 'PAYMENT' THEN -amount ELSE amount END AS due FROM paid),
stretches AS (
  SELECT customer_id, d,
    SUM(balance) OVER (PARTITION BY customer_id ORDER BY d ROWS UNBOUNDED PRECEDING) AS balance,
    SUM(due) OVER (PARTITION BY customer_id ORDER BY d ROWS UNBOUNDED PRECEDING) AS due,
    LEAD(d) OVER (PARTITION BY customer_id ORDER BY d) AS next_day
  FROM changes),
spans AS (
  SELECT customer_id, balance, due, next_day,
    GREATEST(0, days_between(COALESCE(next_day, DATE '%U'), GREATEST(d, DATE '%W'))) AS days
  FROM stretches),
r AS (
  SELECT customer_id,
    SUM(balance * days) AS balance_days,
    SUM(GREATEST(balance, 0) * days) AS owed_days,
    SUM(GREATEST(due, 0) * days) AS overdue_days,
    SUM(CASE WHEN next_day IS NULL THEN GREATEST(due, 0) ELSE 0 END) AS overdue
  FROM spans GROUP BY customer_id)
SELECT COALESCE(t.customer_id, p.customer_id, c.customer_id) AS customer_id,
  COALESCE(transaction_count, 0) AS transaction_count_365d,
  COALESCE(sales, 0) AS sales_amount_365d,
  COALESCE(sales - returns, 0) AS net_sales_amount_365d,
  CASE WHEN COALESCE(uncosted, 0) = 0
    THEN COALESCE(sales - returns - (sale_cost - return_cost), 0) END AS profit_365d,
  CASE WHEN COALESCE(uncosted, 0) = 0
    THEN ratio(sales - returns - (sale_cost - return_cost), sales - returns) END
    AS gross_margin_365d,
  ratio(sales, transaction_count) AS average_transaction_amount_365d,
  largest AS maximum_transaction_amount_365d,
  COALESCE(returns, 0) AS return_amount_365d,
  COALESCE(return_count, 0) AS return_count_365d,
  ratio(returns, sales) AS return_rate_365d,
  COALESCE(days, 0) AS transaction_day_count_365d,
  days_between(DATE '%T', first_sale) AS tenure_days,
  first_sale AS first_sale_date,
  last_sale AS last_sale_date,
  ratio(days_between(last_in, first_in), days - 1) AS average_transaction_interval_days_365d,
  days_between(DATE '%T', last_sale) AS recency_days,
  CASE WHEN %L - GREATEST(%F, first_month + 1) >= 2 AND y > 0
    AND 2 * sale_months >= %L - GREATEST(%F, first_month + 1) + 1 THEN
    ratio(6 * (2 * (xy - (GREATEST(%F, first_month + 1) - %F) * y)
        - (%L - GREATEST(%F, first_month + 1)) * y),
      ((%L - GREATEST(%F, first_month + 1) + 1) * (%L - GREATEST(%F, first_month + 1) + 1) - 1) * y)
    END AS sales_trend_365d,
  COALESCE(receipts, 0) AS receipt_amount_365d,
  largest_receipt AS maximum_receipt_amount_365d,
  ratio(receipts, receipt_count) AS average_receipt_amount_365d,
  ratio(balance_days, sales - returns) AS average_collection_period_days_365d,
  ratio(COALESCE(overdue_days, 0), 365) AS average_arrears_amount_365d,
  ratio(overdue_days, owed_days) AS average_arrears_rate_365d,
  COALESCE(overdue, 0) AS arrears_amount,
  COALESCE(tasks, 0) AS task_count_365d,
  COALESCE(processes, 0) AS process_count_365d,
  COALESCE(contacts, 0) AS contact_count_365d,
  ratio(praise, contacts) AS praise_ratio_365d,
  ratio(complaints, contacts) AS complaint_ratio_365d,
  ratio(suggestions, contacts) AS suggestion_ratio_365d,
  ratio(satisfied, asked) AS satisfaction_365d,
  COALESCE(service_cost, 0) AS service_cost_365d,
  days_between(DATE '%T', last_contact) AS days_since_last_contact
FROM t FULL JOIN p ON t.customer_id = p.customer_id
  FULL JOIN c ON COALESCE(t.customer_id, p.customer_id) = c.customer_id
  LEFT JOIN r ON r.customer_id = COALESCE(t.customer_id, p.customer_id, c.customer_id)
