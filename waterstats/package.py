"""The whole data as one archive: every table as CSV and Parquet, the DuckDB file, a dictionary."""

import io
import zipfile

from waterstats import store


def package(connection: store.Connection) -> bytes:
    """A zip archive of the database behind `connection`, for people who want all of it.

    Holds csv/TABLE.csv (UTF-8 with a mark, so Excel reads it), parquet/TABLE.parquet,
    waterstats.duckdb and dictionary.csv, which names every column in both languages.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in store.tables(connection):
            frame = store.read(connection, table.name)
            parquet = io.BytesIO()
            frame.to_parquet(parquet, index=False)
            archive.writestr(f"parquet/{table.name}.parquet", parquet.getvalue())
            text = frame.to_csv(index=False, lineterminator="\n")
            archive.writestr(f"csv/{table.name}.csv", text.encode("utf-8-sig"))
        words = store.read(connection, "data_dictionary").to_csv(index=False, lineterminator="\n")
        archive.writestr("dictionary.csv", words.encode("utf-8-sig"))
        archive.write(store.path(connection), "waterstats.duckdb")
    return buffer.getvalue()
