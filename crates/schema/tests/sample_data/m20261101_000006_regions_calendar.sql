INSERT INTO region (code, name, parent, level, valid_from, valid_to, successors) VALUES
  ('33', '浙江省', NULL, 1, '1900-01-01', NULL, ''),
  ('3301', '杭州市', '33', 2, '1900-01-01', NULL, ''),
  ('330102', '上城区', '3301', 3, '1900-01-01', '2021-04-09', '330102'),
  ('330102', '上城区', '3301', 3, '2021-04-09', NULL, '');
INSERT INTO calendar_day (date, off, name, notice) VALUES ('2026-10-01', TRUE, '国庆节', '2026'), ('2026-10-10', FALSE, '国庆节调休', '2026');
