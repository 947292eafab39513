-- Facts about the installation as a whole, JSON by name.
CREATE TABLE settings (
  name  text COLLATE "C" PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);
