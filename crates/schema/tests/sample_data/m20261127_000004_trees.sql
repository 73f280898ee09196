INSERT INTO tree_node (id, tree, kind, name, valid_from, valid_to) VALUES
  (uuid '01a00000-004d-7000-8000-000000000001', 'organ', 'provincial', '示例省直', '1949-10-01', NULL),
  (uuid '01a00000-004d-7000-8000-000000000002', 'organ', 'body', '示例厅', '1955-01-01', NULL);
INSERT INTO tree_edge (id, child_id, parent_id, valid_from, valid_to) VALUES
  (uuid '01a00000-004e-7000-8000-000000000001', uuid '01a00000-004d-7000-8000-000000000002', uuid '01a00000-004d-7000-8000-000000000001', '1955-01-01', NULL);
INSERT INTO tree_join (id, node_id, unit_id, branch_id, region, valid_from, valid_to) VALUES
  (uuid '01a00000-004f-7000-8000-000000000001', uuid '01a00000-004d-7000-8000-000000000002', uuid '01a00000-0004-7000-8000-000000000001', NULL, NULL, '1955-01-01', NULL),
  (uuid '01a00000-004f-7000-8000-000000000002', uuid '01a00000-004d-7000-8000-000000000001', NULL, NULL, '33', '1949-10-01', '2020-01-01');
