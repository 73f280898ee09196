INSERT INTO aid_notice_view (notice_id, on_day, views) VALUES
  (uuid '01a00000-0026-7000-8000-000000000001', '2026-11-06', 12);
