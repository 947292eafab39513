-- Each change tells the state before it, so that who follows the feed knows a state that was entered from one that stayed.
ALTER TABLE changes ADD COLUMN was INTEGER NOT NULL DEFAULT 0;
