-- Makes a DuckDB file in which the queries of the dashboards run on the output folder, without PostgreSQL:
--   duckdb karat.duckdb < conf/dashboards/duckdb.sql
-- Views read the live night each time. Where the tool runs in another folder, make 'out/ an absolute path.
CREATE SCHEMA IF NOT EXISTS karat;
CREATE OR REPLACE VIEW karat.findings AS FROM 'out/current/findings/*.parquet';
CREATE OR REPLACE VIEW karat.key_accounts AS FROM 'out/current/key_accounts/*.parquet';
CREATE OR REPLACE VIEW karat.quality_results AS FROM 'out/current/quality_results/*.parquet';
CREATE OR REPLACE VIEW karat.segments AS FROM 'out/current/segments/*.parquet';
CREATE OR REPLACE VIEW karat.tiers AS FROM 'out/current/tiers/*.parquet';
CREATE OR REPLACE VIEW karat.transitions AS FROM 'out/current/transitions/*.parquet';
CREATE OR REPLACE VIEW karat.customer_value_history AS
FROM read_parquet('out/current/customer_value_history/*.parquet', union_by_name = true);
CREATE OR REPLACE VIEW karat.customers AS
FROM 'out/current/customer_indicators/*.parquet' JOIN 'out/current/customer_value/*.parquet' USING (as_of_date, run_id, customer_id);
