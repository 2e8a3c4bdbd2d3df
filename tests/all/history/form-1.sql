-- A history of form 1, as touchstone made it before it kept how engines were started: two runs of a script of four tests,
-- one of which was edited, and fails since.
PRAGMA application_id = 1415800947;
PRAGMA user_version = 1;
BEGIN;
CREATE TABLE change (
  run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL REFERENCES place, kind INTEGER REFERENCES word,
  mover INTEGER REFERENCES word, old INTEGER REFERENCES verdict, new INTEGER REFERENCES verdict,
  before INTEGER REFERENCES run ON DELETE SET NULL, PRIMARY KEY (run, place)
) WITHOUT ROWID;
CREATE TABLE counts (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE);
CREATE TABLE engine (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, features TEXT NOT NULL,
  judged_by TEXT NOT NULL, UNIQUE (name, version, features, judged_by)
);
CREATE TABLE file (id INTEGER PRIMARY KEY, suite TEXT NOT NULL, path TEXT NOT NULL, UNIQUE (suite, path));
CREATE TABLE links (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, pairs BLOB NOT NULL);
CREATE TABLE place (
  id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES file, name TEXT NOT NULL, hash TEXT NOT NULL,
  proposals INTEGER NOT NULL REFERENCES proposals, line INTEGER NOT NULL, column INTEGER NOT NULL,
  kind INTEGER NOT NULL REFERENCES word, UNIQUE (file, name, hash, proposals, column)
);
CREATE TABLE proposals (id INTEGER PRIMARY KEY, list TEXT NOT NULL UNIQUE);
CREATE TABLE roster (
  id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, tests INTEGER NOT NULL, places BLOB NOT NULL
);
CREATE TABLE run (
  id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series, started TEXT NOT NULL,
  night TEXT NOT NULL, engine INTEGER NOT NULL REFERENCES engine, suites INTEGER NOT NULL REFERENCES suites,
  selection TEXT, selected INTEGER NOT NULL, roster INTEGER NOT NULL REFERENCES roster,
  tests INTEGER NOT NULL, partial TEXT,
  digest BLOB NOT NULL UNIQUE, counts INTEGER NOT NULL REFERENCES counts, duration_ns INTEGER,
  links INTEGER REFERENCES links, compared INTEGER, moved INTEGER, edited INTEGER, outside INTEGER,
  UNIQUE (series, started)
);
CREATE TABLE series (
  id INTEGER PRIMARY KEY, engine TEXT NOT NULL, host TEXT NOT NULL, corpus TEXT NOT NULL,
  state BLOB NOT NULL, UNIQUE (engine, host, corpus)
);
CREATE TABLE suites (id INTEGER PRIMARY KEY, list TEXT NOT NULL UNIQUE);
CREATE TABLE tally (
  counts INTEGER NOT NULL REFERENCES counts, about TEXT NOT NULL, name TEXT NOT NULL,
  pass INTEGER NOT NULL, fail INTEGER NOT NULL, xfail INTEGER NOT NULL, xpass INTEGER NOT NULL,
  blocked INTEGER NOT NULL, unsupported INTEGER NOT NULL, skip INTEGER NOT NULL, crash INTEGER NOT NULL,
  timeout INTEGER NOT NULL, error INTEGER NOT NULL, text_parser INTEGER NOT NULL, weakened INTEGER NOT NULL,
  revoked INTEGER NOT NULL, PRIMARY KEY (counts, about, name)
) WITHOUT ROWID;
CREATE TABLE verdict (
  id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, same INTEGER NOT NULL, outcome TEXT NOT NULL,
  class TEXT, feature TEXT, fingerprint TEXT, message TEXT, expected TEXT, actual TEXT, blocked_by TEXT,
  text_parser INTEGER NOT NULL, weakened TEXT, revoked_by TEXT
);
CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
CREATE INDEX run_night ON run (night);
CREATE INDEX change_place ON change (place, run);
INSERT INTO "word" VALUES(1,'module');
INSERT INTO "word" VALUES(2,'assert_return');
INSERT INTO "word" VALUES(3,'nothing_alive');
INSERT INTO "word" VALUES(4,'regression');
INSERT INTO "word" VALUES(5,'suite');
INSERT INTO "engine" VALUES(1,'touchstone','0.1.0','["mutable-global","sign-extension-ops","nontrapping-float-to-int-conversions","multi-value","bulk-memory","reference-types","simd","relaxed-simd","tail-call","extended-const","multi-memory","memory64","threads","exceptions","function-references","gc","annotations","branch-hinting","custom-page-sizes","custom-descriptors","wide-arithmetic","compact-import-section"]','');
INSERT INTO "suites" VALUES(1,'[{"name":"local","revision":"on disk"}]');
INSERT INTO "series" VALUES(1,'touchstone','some-host','c',X'020201040101020102');
INSERT INTO "roster" VALUES(1,X'8FE392D0D1D36261913F4659680FE445',4,X'0204');
INSERT INTO "roster" VALUES(2,X'BEBF82AFB087FA3C0548ADF734608844',4,X'020206010101');
INSERT INTO "links" VALUES(1,X'7F64EE7C56E7F2413D33AAB536288668',X'060A03');
INSERT INTO "counts" VALUES(1,X'AF20F7010A01CC03A1D731C37F529044');
INSERT INTO "counts" VALUES(2,X'37B8D993331E3545E062536FAE2788D6');
INSERT INTO "tally" VALUES(1,'all','',4,0,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO "tally" VALUES(1,'suite','local',4,0,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO "tally" VALUES(2,'all','',3,1,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO "tally" VALUES(2,'suite','local',3,1,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO "file" VALUES(1,'local','a.wast');
INSERT INTO "proposals" VALUES(1,'[]');
INSERT INTO "place" VALUES(1,1,'1:module','fde8b3d25dea382d853c288ec79fd5d2',1,1,1,1);
INSERT INTO "place" VALUES(2,1,'3:assert_return:one','d6e11619a5e93edc90f84ed4903dcb6e',1,3,1,2);
INSERT INTO "place" VALUES(3,1,'4:assert_return:two','0b89212cfb35ae59c710bff34fe2a224',1,4,1,2);
INSERT INTO "place" VALUES(4,1,'end:nothing_alive','',1,0,0,3);
INSERT INTO "place" VALUES(5,1,'4:assert_return:two','c6aca6468afeca899a7eb44f90b5b27d',1,4,1,2);
INSERT INTO "verdict" VALUES(1,X'4662D1462DC0A6164331B3DC5E1C6360',-3065904811461570922,'pass',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO "verdict" VALUES(2,X'355ABA13E3532C2C8AC7846BBB9F6A14',8753989198035573758,'fail','value',NULL,'i32:2 (0x00000002)','expected i32:3 (0x00000003), got i32:2 (0x00000002)','i32:3 (0x00000003)','i32:2 (0x00000002)',NULL,0,NULL,NULL);
INSERT INTO "run" VALUES(1,1,'2026-01-01T02:00:00Z','2026-01-01',1,1,'{"paths":["a.wast"]}',4,1,4,NULL,X'0D995E3B86C60B47B82B964354DC23C7',1,50843568,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(2,1,'2026-01-02T02:00:00Z','2026-01-02',1,1,'{"paths":["a.wast"]}',4,2,4,NULL,X'E26DE7561CC8DED93CC46CB95FDCE352',2,50553015,1,4,0,1,0);
INSERT INTO "change" VALUES(2,5,4,5,1,2,1);
COMMIT;
