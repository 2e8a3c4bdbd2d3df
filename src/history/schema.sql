-- A history of runs, form 3. Words, tests, verdicts and lists are kept once; of runs, only what changed.

-- Words that stand in many rows: kinds of directives, kinds of changes, what changed beside a verdict.
CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);

-- An engine, in one version and set up in one way. `features` is a list in JSON.
CREATE TABLE engine (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, features TEXT NOT NULL,
  judged_by TEXT NOT NULL, UNIQUE (name, version, features, judged_by)
);

-- How an engine was started, and the harness that judged it, in the JSON of reports; a part that the report does not
-- have is ''.
CREATE TABLE setup (
  id INTEGER PRIMARY KEY, flags TEXT NOT NULL, harness TEXT NOT NULL, UNIQUE (flags, harness)
);

-- The suites of a run with their revisions, in the JSON of reports.
CREATE TABLE suites (id INTEGER PRIMARY KEY, list TEXT NOT NULL UNIQUE);

-- Runs that are compared with each other: of one engine, on one kind of machine, of one corpus. `state` has the
-- tests that are there after the last run, with their verdicts (coding.rs, `write_verdicts`).
CREATE TABLE series (
  id INTEGER PRIMARY KEY, engine TEXT NOT NULL, host TEXT NOT NULL, corpus TEXT NOT NULL,
  state BLOB NOT NULL, UNIQUE (engine, host, corpus)
);

-- The tests of a run (coding.rs, `write_places`), by ascending name.
CREATE TABLE roster (
  id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, tests INTEGER NOT NULL, places BLOB NOT NULL
);

-- Tests that are named, placed or written otherwise than in the run before (coding.rs, `write_links`).
CREATE TABLE links (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, pairs BLOB NOT NULL);

-- Numbers of a run: one row for all tests, for each suite and for each proposal.
CREATE TABLE counts (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE);
CREATE TABLE tally (
  counts INTEGER NOT NULL REFERENCES counts, about TEXT NOT NULL, name TEXT NOT NULL,
  pass INTEGER NOT NULL, fail INTEGER NOT NULL, xfail INTEGER NOT NULL, xpass INTEGER NOT NULL,
  blocked INTEGER NOT NULL, unsupported INTEGER NOT NULL, skip INTEGER NOT NULL, crash INTEGER NOT NULL,
  timeout INTEGER NOT NULL, error INTEGER NOT NULL, text_parser INTEGER NOT NULL, weakened INTEGER NOT NULL,
  revoked INTEGER NOT NULL, PRIMARY KEY (counts, about, name)
) WITHOUT ROWID;

-- A run. `partial` says why it is not whole. `setup` and `exception_lists` are
-- NULL where the report says nothing of them. The four numbers are those of its comparison with the runs
-- before it (`compared` and the three after it) are NULL in the first run of a series.
CREATE TABLE run (
  id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series, started TEXT NOT NULL,
  night TEXT NOT NULL, engine INTEGER NOT NULL REFERENCES engine, suites INTEGER NOT NULL REFERENCES suites,
  selection TEXT, selected INTEGER NOT NULL, roster INTEGER NOT NULL REFERENCES roster,
  tests INTEGER NOT NULL, partial TEXT,
  digest BLOB NOT NULL UNIQUE, counts INTEGER NOT NULL REFERENCES counts, duration_ns INTEGER,
  links INTEGER REFERENCES links, compared INTEGER, moved INTEGER, edited INTEGER, outside INTEGER,
  setup INTEGER REFERENCES setup, exception_lists TEXT, UNIQUE (series, started)
);
CREATE INDEX run_night ON run (night);

-- A script, the proposals of a test, and a test with its name, place and content. `name` is what follows
-- `SUITE/PATH:` in the name of the test; where that does not begin so, it is `/` and the whole name.
CREATE TABLE file (id INTEGER PRIMARY KEY, suite TEXT NOT NULL, path TEXT NOT NULL, UNIQUE (suite, path));
CREATE TABLE proposals (id INTEGER PRIMARY KEY, list TEXT NOT NULL UNIQUE);
CREATE TABLE place (
  id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES file, name TEXT NOT NULL, hash TEXT NOT NULL,
  proposals INTEGER NOT NULL REFERENCES proposals, line INTEGER NOT NULL, column INTEGER NOT NULL,
  kind INTEGER NOT NULL REFERENCES word, UNIQUE (file, name, hash, proposals, column)
);

-- A verdict, with what was said. Two with the same number in `same` are no change.
CREATE TABLE verdict (
  id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, same INTEGER NOT NULL, outcome TEXT NOT NULL,
  class TEXT, feature TEXT, fingerprint TEXT, message TEXT, expected TEXT, actual TEXT, blocked_by TEXT,
  text_parser INTEGER NOT NULL, weakened TEXT, revoked_by TEXT
);

-- A test of which the verdict is another one than in the last run before that had it (`before`). Where it is new,
-- `old` is NULL, and where it vanished, `new` is. `kind` and `mover` are NULL where the change is none that
-- `touchstone diff` would speak of.
CREATE TABLE change (
  run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL REFERENCES place, kind INTEGER REFERENCES word,
  mover INTEGER REFERENCES word, old INTEGER REFERENCES verdict, new INTEGER REFERENCES verdict,
  before INTEGER REFERENCES run ON DELETE SET NULL, PRIMARY KEY (run, place)
) WITHOUT ROWID;
CREATE INDEX change_place ON change (place, run);
