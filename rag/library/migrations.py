"""The schema of the library's file, as the steps that lead from each version to the next.

`reports` holds what a report is about, in columns that are searched by; `contents` its long texts, which only those who
read it load. Sentences, figures and defects have rows of their own. `place_names` and `place_forms` are the places that
reports are of or lie in, by all the names that people give them.
"""

import sqlite3
from collections.abc import Callable

from rag.library.columns import METADATA_COLUMNS, metadata_values
from rag.library.place_rows import note_places
from rag.library.rows import corrected, load
from rag.parsing.report import Metadata

APPLICATION = 0x5A424C31
"""SQLite's `application_id` of our files, "ZBL1": tells a library from any other database."""

Step = str | Callable[[sqlite3.Connection], None]


def _fill_metadata(connection: sqlite3.Connection) -> None:
    """Columns and places from the metadata of every report, corrections included."""
    rows = connection.execute("SELECT position, metadata, corrections FROM reports").fetchall()
    settings = ", ".join(f"{name} = ?" for name in METADATA_COLUMNS)
    for position, found, by_hand in rows:
        metadata = corrected(load(found, Metadata), load(by_hand, Metadata))
        connection.execute(f"UPDATE reports SET {settings} WHERE position = ?", (*metadata_values(metadata), position))
        note_places(connection, position, metadata)


MIGRATIONS: tuple[tuple[Step, ...], ...] = (
    (
        """CREATE TABLE reports (
            position INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            changed INTEGER NOT NULL,
            metadata TEXT NOT NULL,
            corrections TEXT NOT NULL DEFAULT '{}',
            text TEXT NOT NULL,
            headings TEXT NOT NULL,
            sentences TEXT NOT NULL,
            chunks TEXT NOT NULL,
            is_sample INTEGER NOT NULL DEFAULT 0)""",
        """CREATE TABLE sources (
            position INTEGER PRIMARY KEY,
            report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL UNIQUE,
            encoding TEXT NOT NULL,
            text TEXT NOT NULL,
            page_starts TEXT NOT NULL,
            offsets TEXT NOT NULL,
            defects TEXT NOT NULL)""",
        "CREATE INDEX sources_by_report ON sources(report_id)",
        "CREATE INDEX sources_by_name ON sources(name)",
        """CREATE TABLE aliases (
            alias TEXT PRIMARY KEY,
            report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE)""",
        "CREATE TABLE pending (report_id TEXT PRIMARY KEY, action TEXT NOT NULL, generation INTEGER NOT NULL)",
        "CREATE TABLE state (generation INTEGER NOT NULL)",
        "INSERT INTO state VALUES (0)",
    ),
    (
        # by which state of the program a source was cleaned; unknown for what the first release stored
        "ALTER TABLE sources ADD COLUMN pipeline TEXT NOT NULL DEFAULT ''",
        # the places of the file that state its metadata
        "ALTER TABLE sources ADD COLUMN statements TEXT NOT NULL DEFAULT '[[]]'",
        # tells this library's vectors from another's on one Chroma server
        "ALTER TABLE state ADD COLUMN library TEXT NOT NULL DEFAULT ''",
        "UPDATE state SET library = lower(hex(randomblob(6)))",
        f"PRAGMA application_id = {APPLICATION}",
    ),
    (
        # what the town is; until then a report was a township's
        """UPDATE reports SET metadata = json_set(metadata, '$[0].level', 'township')
            WHERE json_extract(metadata, '$[0].town') IS NOT NULL""",
    ),
    (
        """CREATE TABLE indexed_reports (
            position INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            changed INTEGER NOT NULL,
            metadata TEXT NOT NULL,
            corrections TEXT NOT NULL DEFAULT '{}',
            is_sample INTEGER NOT NULL DEFAULT 0,
            characters INTEGER NOT NULL,
            passages INTEGER NOT NULL,
            sentences INTEGER NOT NULL,
            warnings INTEGER NOT NULL DEFAULT 0,
            read_by TEXT NOT NULL DEFAULT '',
            town TEXT, level TEXT, county TEXT, city TEXT, province TEXT, year INTEGER, plan_year INTEGER,
            town_key TEXT NOT NULL DEFAULT '', county_key TEXT NOT NULL DEFAULT '')""",
        """INSERT INTO indexed_reports
            (position, id, changed, metadata, corrections, is_sample, characters, passages, sentences)
            SELECT position, id, changed, metadata, corrections, is_sample, length(text),
                json_array_length(chunks, '$[0]'), json_array_length(sentences, '$[0]') FROM reports""",
        """CREATE TABLE contents (
            report INTEGER PRIMARY KEY REFERENCES reports(position) ON DELETE CASCADE,
            text TEXT NOT NULL,
            headings TEXT NOT NULL,
            chunks TEXT NOT NULL)""",
        "INSERT INTO contents SELECT position, text, headings, chunks FROM reports",
        """CREATE TABLE sentences (
            report INTEGER NOT NULL REFERENCES reports(position) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            section TEXT NOT NULL,
            kind TEXT NOT NULL,
            role TEXT NOT NULL,
            year INTEGER,
            is_order INTEGER NOT NULL DEFAULT 0,
            heads TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (report, number)) WITHOUT ROWID""",
        """INSERT INTO sentences (report, number, start, end, section, kind, role)
            SELECT position, each.key, each.value ->> 'start', each.value ->> 'end', each.value ->> 'section',
                each.value ->> 'kind', each.value ->> 'role'
            FROM reports, json_each(reports.sentences, '$[0]') AS each""",
        """CREATE TABLE subjects (
            id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE, uses INTEGER NOT NULL DEFAULT 0)""",
        """CREATE TABLE figures (
            report INTEGER NOT NULL REFERENCES reports(position) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            sentence INTEGER NOT NULL,
            subject INTEGER NOT NULL REFERENCES subjects(id),
            topic TEXT NOT NULL,
            value TEXT NOT NULL,
            approx TEXT,
            unit TEXT NOT NULL,
            value_base TEXT,
            unit_base TEXT NOT NULL,
            year INTEGER,
            period TEXT,
            status TEXT NOT NULL,
            clean_start INTEGER NOT NULL,
            clean_end INTEGER NOT NULL,
            figure_start INTEGER NOT NULL,
            figure_end INTEGER NOT NULL,
            quote TEXT NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            page INTEGER,
            in_full TEXT,
            head TEXT NOT NULL,
            lent TEXT NOT NULL,
            quantity TEXT NOT NULL,
            whose TEXT,
            is_part INTEGER NOT NULL,
            is_base INTEGER NOT NULL,
            PRIMARY KEY (report, number)) WITHOUT ROWID""",
        "CREATE INDEX figures_by_subject ON figures(subject, year, status)",
        """CREATE TRIGGER figure_added AFTER INSERT ON figures
            BEGIN UPDATE subjects SET uses = uses + 1 WHERE id = NEW.subject; END""",
        """CREATE TRIGGER figure_removed AFTER DELETE ON figures
            BEGIN UPDATE subjects SET uses = uses - 1 WHERE id = OLD.subject; END""",
        """CREATE TABLE defects (
            source INTEGER NOT NULL REFERENCES sources(position) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            kind TEXT NOT NULL,
            detail TEXT NOT NULL,
            quote TEXT NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            others TEXT NOT NULL DEFAULT '[[]]',
            PRIMARY KEY (source, number)) WITHOUT ROWID""",
        """INSERT INTO defects
            SELECT position, each.key, each.value ->> 'kind', each.value ->> 'detail', each.value ->> 'quote',
                each.value ->> 'start', each.value ->> 'end', json_array(json(coalesce(each.value -> 'others', '[]')))
            FROM sources, json_each(sources.defects, '$[0]') AS each""",
        "ALTER TABLE sources DROP COLUMN defects",
        "DROP TABLE reports",
        "ALTER TABLE indexed_reports RENAME TO reports",
        "CREATE INDEX reports_in_order ON reports(county, town, year, position)",
        "CREATE INDEX reports_by_town ON reports(town_key, year)",
        "CREATE INDEX reports_by_county ON reports(county_key, year)",
        "CREATE INDEX reports_by_year ON reports(year DESC, county, town, position)",
        "CREATE INDEX reports_by_plan_year ON reports(plan_year)",
        "CREATE INDEX reports_not_read ON reports(position) WHERE read_by = ''",
        "CREATE INDEX reports_not_sample ON reports(position) WHERE NOT is_sample",
        "CREATE INDEX reports_sample ON reports(position) WHERE is_sample",
        "DROP INDEX sources_by_name",
        "CREATE INDEX sources_by_name ON sources(name, report_id)",
        """CREATE TABLE place_names (
            report INTEGER NOT NULL REFERENCES reports(position) ON DELETE CASCADE,
            role TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (report, role)) WITHOUT ROWID""",
        "CREATE INDEX place_names_by_name ON place_names(name, role)",
        """CREATE TABLE place_forms (
            way TEXT NOT NULL,
            form TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (way, form, name)) WITHOUT ROWID""",
        "CREATE INDEX place_forms_by_name ON place_forms(name)",
        # reports that say the same are found by fingerprints of their letters
        """CREATE TABLE letter_forms (
            report INTEGER NOT NULL REFERENCES reports(position) ON DELETE CASCADE,
            form INTEGER NOT NULL,
            is_whole INTEGER NOT NULL,
            PRIMARY KEY (report, form)) WITHOUT ROWID""",
        "CREATE INDEX letter_forms_by_form ON letter_forms(form, is_whole)",
        "CREATE INDEX reports_by_stated_town ON reports(json_extract(metadata, '$[0].town'))",
        # how much there is, without counting
        "ALTER TABLE state ADD COLUMN reports INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE state ADD COLUMN passages INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE state ADD COLUMN sentences INTEGER NOT NULL DEFAULT 0",
        """UPDATE state SET (reports, passages, sentences) =
            (SELECT count(*), coalesce(sum(passages), 0), coalesce(sum(sentences), 0) FROM reports)""",
        """CREATE TRIGGER report_added AFTER INSERT ON reports BEGIN UPDATE state SET
            reports = reports + 1, passages = passages + NEW.passages, sentences = sentences + NEW.sentences; END""",
        """CREATE TRIGGER report_removed AFTER DELETE ON reports BEGIN UPDATE state SET
            reports = reports - 1, passages = passages - OLD.passages, sentences = sentences - OLD.sentences; END""",
        """CREATE TRIGGER report_changed AFTER UPDATE OF passages, sentences ON reports BEGIN UPDATE state SET
            passages = passages - OLD.passages + NEW.passages,
            sentences = sentences - OLD.sentences + NEW.sentences; END""",
        _fill_metadata,
    ),
    (
        # what it takes to choose among the figures of a subject stands in one index, without their quotations
        "ALTER TABLE figures ADD COLUMN reached INTEGER NOT NULL DEFAULT 0",
        "UPDATE figures SET reached = 1 WHERE instr(quote, '达到')",
        "DROP INDEX figures_by_subject",
        """CREATE INDEX figures_by_subject ON figures
            (subject, report, year, status, unit_base, value_base, period, is_part, reached, start)""",
    ),
)
"""Steps that lead from each schema version to the next; the version is the file's `user_version`."""
