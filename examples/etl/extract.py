"""Reads daily weather observations and keeps them as a table. Needs the standard library only."""

import csv

from digitalhub_runtime_python import handler

NUMBERS = ("precipitation", "temp_max", "temp_min", "wind")


@handler(outputs=["weather", "rows", "refused"])
def extract(project, path):
    """Keep the rows of the CSV file at ``path`` whose figures can be read."""
    refused = 0
    with open(path, newline="", encoding="utf-8") as source, open("weather.csv", "w", newline="", encoding="utf-8") as kept:
        reader = csv.DictReader(source)
        writer = csv.DictWriter(kept, reader.fieldnames)
        writer.writeheader()
        rows = 0
        for row in reader:
            try:
                for name in NUMBERS:
                    row[name] = float(row[name])
            except ValueError:
                refused += 1
                continue
            writer.writerow(row)
            rows += 1
            if rows % 1000 == 0:
                print(f"{rows} rows read")
    print(f"{rows} rows kept, {refused} refused")
    return project.log_table(name="weather", source="weather.csv"), rows, refused
