"""Extracts rows of a text, transforms them, keeps the outcome as a table. Needs the standard library only."""

import csv
import io

from digitalhub_runtime_python import handler

SALES = """\
day,shop,pieces,price
2026-01-01,Trento,12,3.50
2026-01-01,Bolzano,7,3.80
2026-01-02,Trento,none,3.50
2026-01-02,Bolzano,9,3.80
2026-01-03,Trento,15,3.40
"""


@handler(outputs=["turnover", "rows", "refused"])
def main(project, text=SALES):
    """Keep the turnover of each shop as the table ``turnover``; rows without figures are refused."""
    turnover, rows, refused = {}, 0, 0
    for row in csv.DictReader(io.StringIO(text)):
        try:
            amount = int(row["pieces"]) * float(row["price"])
        except ValueError:
            refused += 1
            print(f"refused: {row}")
            continue
        turnover[row["shop"]] = turnover.get(row["shop"], 0) + amount
        rows += 1

    with open("turnover.csv", "w", newline="", encoding="utf-8") as kept:
        writer = csv.writer(kept)
        writer.writerow(["shop", "turnover"])
        for shop, amount in sorted(turnover.items()):
            writer.writerow([shop, round(amount, 2)])
    print(f"{rows} rows kept, {refused} refused")
    return project.log_table(name="turnover", source="turnover.csv"), rows, refused
