-- Sets of transactions, in one row: of those that the primary has executed (@executed), which the archive lacks (@has) and which are in no file of its own
-- (@archived); of those that it has purged (@purged), which the archive lacks; of those that are in the store or on their way (@stored), and of those
-- that the archive had received before the primary was asked (@seen), which the primary lacks.
SELECT
  'compared',
  COALESCE(NULLIF(REPLACE(GTID_SUBTRACT(@executed, @has), '\n', ''), ''), '-'),
  COALESCE(NULLIF(REPLACE(GTID_SUBTRACT(@executed, @archived), '\n', ''), ''), '-'),
  COALESCE(NULLIF(REPLACE(GTID_SUBTRACT(@purged, @has), '\n', ''), ''), '-'),
  COALESCE(NULLIF(REPLACE(GTID_SUBTRACT(@stored, @executed), '\n', ''), ''), '-'),
  COALESCE(NULLIF(REPLACE(GTID_SUBTRACT(@seen, @executed), '\n', ''), ''), '-');
