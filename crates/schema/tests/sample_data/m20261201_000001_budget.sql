INSERT INTO ledger_year (year, freezes) VALUES (2025, 1);
INSERT INTO ledger_freeze (year, region, reference, frozen_at) VALUES
  (2025, '33', 'budget_order/01a0000000507000800000000000000a', '2026-01-04T08:00:00+00:00');
INSERT INTO budget_order (id, kind, region, year, category, amount, source, state, proposed_by, proposed_at, decided_by, decided_at) VALUES
  (uuid '01a00000-0050-7000-8000-000000000001', 'down', '3301', 2026, 'illness', 10000000, '示例〔2026〕1号', 'posted', 'li', '2026-01-05T01:00:00+00:00', 'chen', '2026-01-05T02:00:00+00:00'),
  (uuid '01a00000-0050-7000-8000-000000000002', 'freeze', '33', 2026, NULL, 0, '示例〔2026〕2号', 'proposed', 'li', '2026-12-31T01:00:00+00:00', NULL, NULL);
INSERT INTO budget_order_line (order_id, line, region, weight, amount) VALUES
  (uuid '01a00000-0050-7000-8000-000000000001', 0, '330106', 3, 10000000);
