"""Makes monthly figures of daily weather observations. Needs the standard library only."""

import csv
from collections import defaultdict

from digitalhub_runtime_python import handler


@handler(outputs=["climate", "months", "warmest"])
def transform(project, weather):
    """Consume the table ``weather``: one row per place and month, kept as the table climate."""
    days = defaultdict(list)
    path = weather.as_file()
    with open(path if isinstance(path, str) else path[0], newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            days[row["location"], row["date"][:7]].append(row)

    with open("climate.csv", "w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f)
        writer.writerow(["location", "month", "mean_temp", "rain_days", "precipitation"])
        warmest = ("", "", float("-inf"))
        for (location, month), rows in sorted(days.items()):
            mean = sum((float(r["temp_max"]) + float(r["temp_min"])) / 2 for r in rows) / len(rows)
            rain = sum(float(r["precipitation"]) for r in rows)
            wet = sum(float(r["precipitation"]) > 0 for r in rows)
            writer.writerow([location, month, round(mean, 2), wet, round(rain, 1)])
            if mean > warmest[2]:
                warmest = (location, month, mean)
    print(f"{len(days)} months; the warmest was {warmest[1]} in {warmest[0]} with {warmest[2]:.1f} °C")
    return project.log_table(name="climate", source="climate.csv"), len(days), f"{warmest[0]} {warmest[1]}"
