-- No statistics on what search looks words up by. An organisation that came since the last ANALYZE would be
-- believed to have one row, and any index that begins with organisation_id to be as good as the right one.
alter table ticket_words
  alter organisation_id set statistics 0, alter ticket_id set statistics 0, alter words set statistics 0;
alter table word
  alter organisation_id set statistics 0, alter word set statistics 0,
  alter sound_fr set statistics 0, alter sound_en set statistics 0;
