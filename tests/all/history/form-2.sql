-- A history of form 2, as touchstone made it before it kept what tells exception lists from others: two runs of a script
-- of four tests, one of which was edited, and fails since.
PRAGMA application_id = 1415800947;
PRAGMA user_version = 2;
BEGIN;
CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
INSERT INTO word VALUES(1,'module');
INSERT INTO word VALUES(2,'assert_return');
INSERT INTO word VALUES(3,'nothing_alive');
INSERT INTO word VALUES(4,'regression');
INSERT INTO word VALUES(5,'suite');
CREATE TABLE engine (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, features TEXT NOT NULL,
  judged_by TEXT NOT NULL, UNIQUE (name, version, features, judged_by)
);
INSERT INTO engine VALUES(1,'touchstone','0.1.0','["mutable-global","sign-extension-ops","nontrapping-float-to-int-conversions","multi-value","bulk-memory","reference-types","simd","relaxed-simd","tail-call","extended-const","multi-memory","memory64","threads","exceptions","function-references","gc","annotations","branch-hinting","custom-page-sizes","custom-descriptors","wide-arithmetic","compact-import-section"]','');
CREATE TABLE setup (
  id INTEGER PRIMARY KEY, flags TEXT NOT NULL, harness TEXT NOT NULL, UNIQUE (flags, harness)
);
INSERT INTO setup VALUES(1,'"--engine=touchstone"','{"version":"0.1.0","revision":"0123456789abcdef"}');
INSERT INTO setup VALUES(2,'"--engine=touchstone --timeout=7"','{"version":"0.1.0","revision":"0123456789abcdef"}');
CREATE TABLE suites (id INTEGER PRIMARY KEY, list TEXT NOT NULL UNIQUE);
INSERT INTO suites VALUES(1,'[{"name":"local","revision":"on disk"}]');
CREATE TABLE series (
  id INTEGER PRIMARY KEY, engine TEXT NOT NULL, host TEXT NOT NULL, corpus TEXT NOT NULL,
  state BLOB NOT NULL, UNIQUE (engine, host, corpus)
);
INSERT INTO series VALUES(1,'touchstone','x86_64-linux','c',X'020201040101020102');
CREATE TABLE roster (
  id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, tests INTEGER NOT NULL, places BLOB NOT NULL
);
INSERT INTO roster VALUES(1,X'386d6bc539d187bdbe410f73b57c4253',4,X'0204');
INSERT INTO roster VALUES(2,X'084b76c547ac29f6f2a3bf3fa530743f',4,X'020206010101');
CREATE TABLE links (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, pairs BLOB NOT NULL);
INSERT INTO links VALUES(1,X'7f64ee7c56e7f2413d33aab536288668',X'060a03');
CREATE TABLE counts (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE);
INSERT INTO counts VALUES(1,X'af20f7010a01cc03a1d731c37f529044');
INSERT INTO counts VALUES(2,X'37b8d993331e3545e062536fae2788d6');
CREATE TABLE tally (
  counts INTEGER NOT NULL REFERENCES counts, about TEXT NOT NULL, name TEXT NOT NULL,
  pass INTEGER NOT NULL, fail INTEGER NOT NULL, xfail INTEGER NOT NULL, xpass INTEGER NOT NULL,
  blocked INTEGER NOT NULL, unsupported INTEGER NOT NULL, skip INTEGER NOT NULL, crash INTEGER NOT NULL,
  timeout INTEGER NOT NULL, error INTEGER NOT NULL, text_parser INTEGER NOT NULL, weakened INTEGER NOT NULL,
  revoked INTEGER NOT NULL, PRIMARY KEY (counts, about, name)
) WITHOUT ROWID;
INSERT INTO tally VALUES(1,'all','',4,0,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO tally VALUES(1,'suite','local',4,0,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO tally VALUES(2,'all','',3,1,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO tally VALUES(2,'suite','local',3,1,0,0,0,0,0,0,0,0,0,0,0);
CREATE TABLE run (
  id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series, started TEXT NOT NULL,
  night TEXT NOT NULL, engine INTEGER NOT NULL REFERENCES engine, suites INTEGER NOT NULL REFERENCES suites,
  selection TEXT, selected INTEGER NOT NULL, roster INTEGER NOT NULL REFERENCES roster,
  tests INTEGER NOT NULL, partial TEXT,
  digest BLOB NOT NULL UNIQUE, counts INTEGER NOT NULL REFERENCES counts, duration_ns INTEGER,
  links INTEGER REFERENCES links, compared INTEGER, moved INTEGER, edited INTEGER, outside INTEGER,
  setup INTEGER REFERENCES setup, UNIQUE (series, started)
);
INSERT INTO run VALUES(1,1,'2026-01-01T02:00:00Z','2026-01-01',1,1,'{"paths":["script.wast"]}',4,1,4,NULL,X'4bf99158567385a5b44cd803da879a49',1,552127341,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO run VALUES(2,1,'2026-01-02T02:00:00Z','2026-01-02',1,1,'{"paths":["script.wast"]}',4,2,4,NULL,X'5b6951a7708f9d0c2d70d69d356e3265',2,91402101,1,4,0,1,0,2);
CREATE TABLE file (id INTEGER PRIMARY KEY, suite TEXT NOT NULL, path TEXT NOT NULL, UNIQUE (suite, path));
INSERT INTO file VALUES(1,'local','script.wast');
CREATE TABLE proposals (id INTEGER PRIMARY KEY, list TEXT NOT NULL UNIQUE);
INSERT INTO proposals VALUES(1,'[]');
CREATE TABLE place (
  id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES file, name TEXT NOT NULL, hash TEXT NOT NULL,
  proposals INTEGER NOT NULL REFERENCES proposals, line INTEGER NOT NULL, column INTEGER NOT NULL,
  kind INTEGER NOT NULL REFERENCES word, UNIQUE (file, name, hash, proposals, column)
);
INSERT INTO place VALUES(1,1,'1:module','b1d4d7eea0ed806412ca2afb322859b8',1,1,1,1);
INSERT INTO place VALUES(2,1,'4:assert_return:one','b094ae5ef624744b20406430b33af5cf',1,4,1,2);
INSERT INTO place VALUES(3,1,'5:assert_return:two','b6062595c2f6e08000515753dcdccc2c',1,5,1,2);
INSERT INTO place VALUES(4,1,'end:nothing_alive','',1,0,0,3);
INSERT INTO place VALUES(5,1,'5:assert_return:two','2f4b821f9d2b030c689def459e06e4a3',1,5,1,2);
CREATE TABLE verdict (
  id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, same INTEGER NOT NULL, outcome TEXT NOT NULL,
  class TEXT, feature TEXT, fingerprint TEXT, message TEXT, expected TEXT, actual TEXT, blocked_by TEXT,
  text_parser INTEGER NOT NULL, weakened TEXT, revoked_by TEXT
);
INSERT INTO verdict VALUES(1,X'4662d1462dc0a6164331b3dc5e1c6360',-3065904811461570922,'pass',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO verdict VALUES(2,X'355aba13e3532c2c8ac7846bbb9f6a14',8753989198035573758,'fail','value',NULL,'i32:2 (0x00000002)','expected i32:3 (0x00000003), got i32:2 (0x00000002)','i32:3 (0x00000003)','i32:2 (0x00000002)',NULL,0,NULL,NULL);
CREATE TABLE change (
  run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL REFERENCES place, kind INTEGER REFERENCES word,
  mover INTEGER REFERENCES word, old INTEGER REFERENCES verdict, new INTEGER REFERENCES verdict,
  before INTEGER REFERENCES run ON DELETE SET NULL, PRIMARY KEY (run, place)
) WITHOUT ROWID;
INSERT INTO change VALUES(2,5,4,5,1,2,1);
CREATE INDEX run_night ON run (night);
CREATE INDEX change_place ON change (place, run);
COMMIT;
