-- replies under a comment that is offline are shown nowhere: they leave the count of their idea
UPDATE contribution SET comments = comments - (SELECT count(*) FROM contribution r JOIN contribution o ON o.id = r.reply_to
    WHERE r.idea_id = contribution.id AND r.visible AND NOT o.visible)
    WHERE id IN (SELECT r.idea_id FROM contribution r JOIN contribution o ON o.id = r.reply_to WHERE r.visible AND NOT o.visible);
