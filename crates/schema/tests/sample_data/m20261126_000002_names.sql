INSERT INTO person_name (id, person_id, unit_id, name, used, reading, sound, joined, initials) VALUES
  (uuid '01a00000-0045-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', uuid '01a00000-0004-7000-8000-000000000001', '示例甲', TRUE, 0, 'shi li jia', 'shilijia', 'slj'),
  (uuid '01a00000-0045-7000-8000-000000000002', uuid '01a00000-0005-7000-8000-000000000001', uuid '01a00000-0004-7000-8000-000000000001', '示范甲', FALSE, 0, 'shi fan jia', 'shifanjia', 'sfj');
